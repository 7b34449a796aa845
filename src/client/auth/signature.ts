import type { Signable } from "./types.js";

/** The name of the scheme, as an Authorization header has it. */
export const signatureScheme = "SDK-HMAC-SHA256";
const encoder = new TextEncoder();

/**
 * The value of the Authorization header, in the scheme that the vendor's gateway documents as SDK-HMAC-SHA256.
 * @param headers the headers to sign, with x-sdk-date among them
 * @throws {Error} when the runtime has no WebCrypto
 */
export async function authorization(
  { method, url, body }: Pick<Signable, "method" | "url" | "body">,
  headers: readonly (readonly [name: string, value: string])[],
  ak: string,
  sk: string,
): Promise<string> {
  const [key, bodyHash] = await Promise.all([hmacKey(sk), sha256(body ?? "")]);
  const sorted = headers
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .sort(([a], [b]) => compare(a, b));
  const signedHeaders = sorted.map(([name]) => name).join(";");
  const { pathname, searchParams } = new URL(url);
  const canonicalRequest = [
    method.toUpperCase(),
    canonicalPath(pathname),
    canonicalQuery(searchParams),
    ...sorted.map(([name, value]) => `${name}:${value}`),
    "",
    signedHeaders,
    bodyHash,
  ].join("\n");
  const date = sorted.find(([name]) => name === "x-sdk-date")?.[1];
  const stringToSign = [signatureScheme, date, await sha256(canonicalRequest)].join("\n");
  return `${signatureScheme} Access=${ak}, SignedHeaders=${signedHeaders}, Signature=${await hmac(key, stringToSign)}`;
}

/** Every segment percent-encoded in one way, with a slash at the end, which only the signature has. */
function canonicalPath(pathname: string): string {
  const path = pathname.split("/").map(canonicalSegment).join("/");
  return path.endsWith("/") ? path : `${path}/`;
}

function canonicalSegment(segment: string): string {
  try {
    return encode(decodeURIComponent(segment));
  } catch {
    // A lone percent sign stands for itself.
    return encode(segment);
  }
}

function canonicalQuery(parameters: URLSearchParams): string {
  return [...parameters]
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join("&");
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Percent-encodes everything but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

async function sha256(text: string): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
}

function hmacKey(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", encoder.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

async function hmac(key: CryptoKey, text: string): Promise<string> {
  return hex(await crypto.subtle.sign("HMAC", key, encoder.encode(text)));
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
