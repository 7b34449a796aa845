import type { Signable, Signer } from "./auth.js";
import { AuthenticationError } from "./errors.js";

export interface AccessKeyOptions {
  /** The access key ID. */
  ak: string;
  /** The secret access key. It signs and is never sent. */
  sk: string;
  /** The security token of a temporary key pair. */
  securityToken?: string | undefined;
}

const encoder = new TextEncoder();

/**
 * Signs each request with an access key pair, SDK-HMAC-SHA256, in place of a token. The clock must be right
 * within 15 minutes. After five failed signatures the service locks the key for five minutes.
 * @throws {TypeError} when a key is missing or cannot be one, without showing it
 */
export function accessKey({ ak, sk, securityToken }: AccessKeyOptions): Signer {
  for (const [name, value] of Object.entries({ ak, sk, securityToken })) {
    if (value === undefined && name === "securityToken") continue;
    if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) {
      throw new TypeError(`accessKey: ${name} must be a text without spaces and line breaks`);
    }
  }
  return {
    async sign(request) {
      const { headers } = request;
      headers.set("x-sdk-date", new Date().toISOString().replace(/[-:]|\.\d+/g, ""));
      if (securityToken) headers.set("x-security-token", securityToken);
      if (request.project_id) headers.set("x-project-id", request.project_id);
      // fetch sets Host itself, so it is signed, but not set.
      const signed: [string, string][] = [
        ["host", new URL(request.url).host],
        ...[...headers].filter(
          ([name]) => name === "content-type" || /^x-(sdk-date|security-token|project-id)$/.test(name),
        ),
      ];
      try {
        headers.set("authorization", await authorization(request, signed, ak, sk));
      } catch {
        throw new AuthenticationError("this runtime has no WebCrypto to sign with. Nothing was sent");
      }
    },
  };
}

/** The value of the header Authorization, for the headers that are to be signed, among them x-sdk-date. */
export async function authorization(
  { method, url, body = "" }: Pick<Signable, "method" | "url" | "body">,
  headers: [name: string, value: string][],
  ak: string,
  sk: string,
): Promise<string> {
  const { pathname, searchParams } = new URL(url);
  const sorted = headers
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const signedHeaders = sorted.map(([name]) => name).join(";");
  const canonicalRequest = [
    method.toUpperCase(),
    `${pathname
      .split("/")
      .map((segment) => encode(decodeURIComponent(segment)))
      .join("/")}/`.replace(/\/\/$/, "/"),
    [...searchParams]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join("&"),
    ...sorted.map(([name, value]) => `${name}:${value}`),
    "",
    signedHeaders,
    await sha256(body),
  ].join("\n");
  const date = sorted.find(([name]) => name === "x-sdk-date")?.[1];
  const stringToSign = ["SDK-HMAC-SHA256", date, await sha256(canonicalRequest)].join("\n");
  const key = await crypto.subtle.importKey("raw", encoder.encode(sk), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const signature = hex(await crypto.subtle.sign("HMAC", key, encoder.encode(stringToSign)));
  return `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

async function sha256(text: string): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Percent-encodes all but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
