import { createHash, createHmac } from "node:crypto";
import type { Received } from "./http.js";

/** What a signed request should carry as Authorization, for the access key "ak". */
export function resign({ method, url, headers, body }: Received, base: string, sk: string): string {
  const names = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? "")?.[1]?.split(";") ?? [];
  return independently(
    method,
    base + url,
    names.map((name) => [name, String(headers[name])]),
    body,
    "ak",
    sk,
  );
}

/** The scheme once more, from the vendor's description, with Node's crypto. */
export function independently(
  method: string,
  target: string,
  headers: [string, string][],
  body: string,
  ak: string,
  sk: string,
): string {
  const url = new URL(target);
  const quote = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  let path = decodeURI(url.pathname.replace(/%2F/gi, "%252F"))
    .split("/")
    .map((part) => quote(part.replace("%2F", "/")))
    .join("/");
  if (!path.endsWith("/")) path += "/";
  const parameters = [...new Set(url.searchParams.keys())].sort();
  const query = parameters
    .flatMap((name) =>
      url.searchParams
        .getAll(name)
        .sort()
        .map((value) => `${quote(name)}=${quote(value)}`),
    )
    .join("&");
  const list = headers
    .map(([name, value]) => [name.toLowerCase(), value.trim()])
    .sort((a, b) => (a.join() < b.join() ? -1 : 1));
  const names = list.map(([name]) => name).join(";");
  const canonical = `${method}\n${path}\n${query}\n${list.map(([name, value]) => `${name}:${value}\n`).join("")}\n${names}\n${hash(body)}`;
  const stamp = list.find(([name]) => name === "x-sdk-date")?.[1];
  const signature = createHmac("sha256", sk)
    .update(`SDK-HMAC-SHA256\n${stamp}\n${hash(canonical)}`)
    .digest("hex");
  return `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=${names}, Signature=${signature}`;
}
