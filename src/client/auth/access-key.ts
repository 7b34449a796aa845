import { refuseUnknown } from "../names.js";
import { isObject, reasonOf } from "../untrusted.js";
import { CredentialsFault, isVisibleAscii, visibleAsciiRule } from "./credential.js";
import { authorization } from "./signature.js";
import type { Signable, Signer } from "./types.js";

/** An access key pair of IAM. */
export interface AccessKeys {
  /** The access key ID. */
  ak: string;
  /** The secret access key. It signs, and is never sent. */
  sk: string;
  /** The security token of a temporary key pair. */
  securityToken?: string | undefined;
}

/** What a function that gives keys is told. */
export interface AccessKeysContext {
  /** Whether the service has refused a signature in this call: give other keys than the ones that signed it, if there are any. */
  refused: boolean;
  /** Aborts when the attempt that waits for the keys ends. */
  signal: AbortSignal;
}

/** Gives the keys to sign with, now or later. It is asked at every request, so it should keep them while they are valid. */
export type AccessKeysProvider = (context: AccessKeysContext) => AccessKeys | Promise<AccessKeys>;

/**
 * Signs each request with an access key pair (AK/SK) in the scheme SDK-HMAC-SHA256, in place of a token. The clock of this
 * machine must be right within 15 minutes. After five failed signatures the service locks the key for five minutes.
 * @param keys the keys, or a function that gives them: temporary keys live between 15 minutes and 24 hours. The function
 * is asked once more when a signature was refused.
 * @throws {TypeError} that names the key which is missing or cannot be one, without showing it
 */
export function accessKey(keys: AccessKeys | AccessKeysProvider): Signer {
  if (typeof keys === "function") {
    return signerFor(({ refused, signal }) => keys({ refused: refused !== "none", signal }));
  }
  checkKeys(keys);
  const copy = copyOf(keys);
  const signer = signerFor(() => copy);
  return {
    // There are no other keys.
    sign: async (request, context) => (context.refused ? undefined : signer.sign(request, context)),
  };
}

interface KeySourceContext {
  /** The keys of the refused signature, if one was refused. Unknown when another signer copied its headers. */
  refused: "none" | "unknown" | AccessKeys;
  signal: AbortSignal;
}
type KeySource = (context: KeySourceContext) => AccessKeys | Promise<AccessKeys>;

/** A signer that asks for its keys at every request. */
export function signerFor(source: KeySource): Signer {
  const keysOfSignature = new WeakMap<object, AccessKeys>();
  return {
    async sign(request, { refused: signature, signal }) {
      const refused = signature ? (keysOfSignature.get(signature) ?? "unknown") : "none";
      const given = await source({ refused, signal });
      refuseUnusable(given);
      const keys = copyOf(given);
      // A signature with the same keys would be refused again, and count towards their lock.
      if (typeof refused === "object" && sameKeys(keys, refused)) return undefined;
      const headers = await signedHeaders(request, keys);
      keysOfSignature.set(headers, keys);
      return headers;
    },
  };
}

/** A copy, because whoever gave the object may change it. By name, because a class may have getters in place of properties. */
function copyOf({ ak, sk, securityToken }: AccessKeys): AccessKeys {
  return { ak, sk, securityToken };
}

/** @throws {CredentialsFault} when a function gave what cannot be keys */
function refuseUnusable(keys: AccessKeys): void {
  try {
    checkKeys(keys);
  } catch (error) {
    throw new CredentialsFault(reasonOf(error), false);
  }
}

export function sameKeys(a: AccessKeys, b: AccessKeys): boolean {
  return a.ak === b.ak && a.sk === b.sk && a.securityToken === b.securityToken;
}

function checkKeys(keys: AccessKeys): void {
  if (!isObject(keys)) throw new TypeError("accessKey: the keys must be an object: { ak, sk }");
  refuseUnknown("accessKey", keys, ["ak", "sk", "securityToken"]);
  const fault = keysFault(keys);
  if (fault) throw new TypeError(`accessKey: ${fault}`);
}

/** Why keys cannot sign, without showing them; undefined if they can. */
export function keysFault({ ak, sk, securityToken }: AccessKeys): string | undefined {
  const texts = securityToken === undefined ? { ak, sk } : { ak, sk, securityToken };
  for (const [name, value] of Object.entries(texts)) {
    if (value === undefined) return `${name} is missing`;
    if (value === "") return `${name} is empty`;
    if (!isVisibleAscii(value)) return `${name} ${visibleAsciiRule}`;
  }
  // It stands between other parts of the header.
  return /[,;=]/.test(ak) ? "ak must be a text without commas, semicolons and equals signs" : undefined;
}

async function signedHeaders(
  request: Signable,
  { ak, sk, securityToken }: AccessKeys,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = { "x-sdk-date": basicDate(new Date()) };
  if (securityToken) headers["x-security-token"] = securityToken;
  if (request.project_id) headers["x-project-id"] = request.project_id;
  // fetch sets Host by itself, so it is signed, but not set.
  const toSign: [string, string][] = [["host", new URL(request.url).host], ...Object.entries(headers)];
  const mediaType = request.headers.get("content-type");
  if (mediaType !== null) toSign.push(["content-type", mediaType]);
  if (!globalThis.crypto?.subtle) {
    throw new CredentialsFault("this runtime has no WebCrypto (crypto.subtle) to sign with", false);
  }
  return { ...headers, authorization: await authorization(request, toSign, ak, sk) };
}

/** A date as X-Sdk-Date has it: 20261124T093000Z. */
function basicDate(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}
