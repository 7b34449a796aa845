import { redacted } from "./redacted.js";
import { soundsSecret } from "./secret-names.js";

/** The parameters of a query, as they are written between the ampersands. */
function pairsOf(target: string): string[] {
  const at = target.indexOf("?");
  return at < 0 ? [] : target.slice(at + 1).split("&");
}

/** A URL without its fragment, which is never sent. */
export function withoutFragment(url: string): string {
  return url.split("#", 1)[0] ?? "";
}

/** The query parameters of a URL, decoded and as they are written: a server may repeat them in either form. */
export function queryOf(url: string): [name: string, value: string][] {
  return pairsOf(withoutFragment(url)).flatMap((pair) =>
    [...new URLSearchParams(pair)].flatMap(([name, value]): [string, string][] => [
      [name, value],
      [name, pair.slice(pair.indexOf("=") + 1)],
    ]),
  );
}

/** A URL without the values of the query parameters whose names sound secret, and without its fragment. */
export function redactQuery(url: string): string {
  return redactTarget(withoutFragment(url));
}

/** The same for the target of a request, which has no fragment. */
export function redactTarget(target: string): string {
  const pairs = pairsOf(target);
  if (pairs.length === 0) return target;
  const shown = pairs.map((pair) => {
    const [written] = pair.split("=", 1);
    const [name = ""] = new URLSearchParams(pair).keys();
    return soundsSecret(name) ? `${written}=${redacted}` : pair;
  });
  return `${target.split("?", 1)[0]}?${shown.join("&")}`;
}
