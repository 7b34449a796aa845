import { sentences } from "./sentences.js";

/** What a message says in the place of a host that a URL does not have. */
const unnamedHost = "an unnamed host";

/** The host of a URL, which may be relative to another, in the words of a message. */
export function hostOf(location: string, base: string): string {
  if (location === "") return unnamedHost;
  try {
    return new URL(location, base).host || unnamedHost;
  } catch {
    return unnamedHost;
  }
}

/**
 * What a fetch of the caller's did that followed a redirect.
 * @param what what has left with it, which somebody else may have read
 */
export function followedRedirect(host: string, what: string): string {
  return `the option fetch followed a redirect to ${host} and sent the ${what} there`;
}

/**
 * What is wrong with a redirect. Nothing, if the response is none.
 * @param hostIn the host of a URL, in the words of a message
 */
export function redirectFault(
  { status, type, redirected, url, headers }: Response,
  hostIn: (location: string) => string,
): string | undefined {
  if (redirected) {
    const fault = followedRedirect(hostIn(url), "credentials");
    return sentences(fault, "Replace the credentials, and check the host");
  }
  const location = headers.get("location");
  // A browser shows nothing of a redirect but its type.
  const isRedirect = type === "opaqueredirect" || (status >= 300 && status < 400 && location !== null);
  return isRedirect ? `a redirect to ${hostIn(location ?? "")}, not followed. Check the host` : undefined;
}

/** What is wrong with a status that the API does not give. Nothing, if it does. */
export function statusFault({ status }: Response): string | undefined {
  const isDescribed = (status >= 200 && status < 300) || (status >= 400 && status < 600);
  return isDescribed ? undefined : `the status ${status}, which the API does not give`;
}

/** What is wrong with what the option fetch gave. Nothing, if it is a response that can be read. Stubs in tests often have a part of one. */
export function responseFault(value: unknown): string | undefined {
  const { status, statusText, headers, body, bodyUsed } = Object(value);
  const hasHead = typeof status === "number" && typeof statusText === "string" && isHeaders(headers);
  if (!hasHead || (body && !isStream(body))) return "option fetch gave no Response";
  return bodyUsed || body?.locked ? "option fetch gave a Response whose body has been read already" : undefined;
}

function isStream({ getReader, cancel }: ReadableStream): boolean {
  return typeof getReader === "function" && typeof cancel === "function";
}

/** Of whatever library: not every fetch has the runtime's own Headers. */
function isHeaders(value: unknown): boolean {
  const { get, [Symbol.iterator]: entries } = Object(value);
  return typeof get === "function" && typeof entries === "function";
}

/** The option fetch gave something else than a response that can be read. It would do so again. */
export class UnusableResponse extends Error {}

/** @throws {UnusableResponse} when the option fetch gave no response that can be read */
export function checkResponse(value: unknown): void {
  const fault = responseFault(value);
  if (fault) throw new UnusableResponse(fault);
}
