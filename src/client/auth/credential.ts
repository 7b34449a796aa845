import { tokenHeader } from "../../../generated/operations.js";
import { partsOf } from "../credential-parts.js";
import { connectionHeaders } from "../http.js";
import { isObject, propertyOf } from "../untrusted.js";
import { signatureScheme } from "./signature.js";
import type { Auth, Signable, Signer, TokenContext, TokenProvider } from "./types.js";

/** What authorizes one request. */
export interface Credential {
  headers: Record<string, string>;
  /** What no message, log or hook may show. */
  secrets: string[];
  /** The token, if it is one. */
  token: string | undefined;
}

/** The headers of a request with a credential. */
export function withCredential(headers: Headers, credential: Credential): Headers {
  const result = new Headers(headers);
  for (const [name, value] of Object.entries(credential.headers)) result.set(name, value);
  // A signer may give back all that it has signed. A length of its own, for one, would leave the request without an end.
  for (const name of connectionHeaders) result.delete(name);
  return result;
}

/** What is needed to get a credential. */
export interface CredentialContext {
  /** The credential that the service just refused. */
  refusedCredential: Credential | undefined;
  signal: AbortSignal;
  fetch: TokenContext["fetch"];
}

/**
 * Gets the credential for a request.
 * @returns undefined when the last one was refused and there is no other
 * @throws {Error} when there is none, or one that no header can hold
 */
export function obtainCredential(
  auth: Auth | undefined,
  request: Signable,
  context: CredentialContext,
): Promise<Credential | undefined> {
  return typeof auth === "object" ? fromSigner(auth, request, context) : fromToken(auth, context);
}

async function fromSigner(
  signer: Signer,
  request: Signable,
  { refusedCredential, signal }: CredentialContext,
): Promise<Credential | undefined> {
  // A copy, because a signer may write into it, and every attempt begins with the same headers.
  const own = { ...request, headers: new Headers(request.headers) };
  const headers = await signer.sign(own, { refused: refusedCredential?.headers, signal });
  if (headers === undefined && refusedCredential) return undefined;
  if (!isObject(headers) || Object.keys(headers).length === 0) {
    throw new Error("auth gave no headers: sign must give an object of names and values");
  }
  if (Object.values(headers).some((value) => typeof value !== "string")) {
    // Such as a promise that was not awaited. It would be sent as a wrong signature, and a few of these lock a key.
    throw new Error("auth gave a header whose value is not a text");
  }
  return { headers, secrets: signatureSecrets(asSent(headers)), token: undefined };
}

async function fromToken(
  auth: string | TokenProvider | undefined,
  { refusedCredential, signal, fetch }: CredentialContext,
): Promise<Credential | undefined> {
  const refused = refusedCredential?.token;
  const token = typeof auth === "function" ? await auth({ refused, signal, fetch }) : auth;
  if (!isVisibleAscii(token)) {
    // The runtime would refuse it too, but with the token in its message.
    throw new Error("auth gave none, or one with spaces, line breaks or letters that a header cannot hold");
  }
  if (refusedCredential && refused === token) return undefined;
  return { headers: { [tokenHeader]: token }, secrets: [token], token };
}

/** What `isVisibleAscii` asks for, in words that follow the name of a token or key. */
export const visibleAsciiRule = "must be a text without spaces, line breaks and non-ASCII characters";

/** Whether a token or key can stand in a header by itself, without a space in it. */
export function isVisibleAscii(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

const faultMark = Symbol.for("geminidb-backup.CredentialsFault");

/**
 * Why a provider of this package has no credentials. It becomes the message of an `AuthenticationError`. `instanceof` also
 * recognizes that of another copy of this package.
 */
export class CredentialsFault extends Error {
  readonly [faultMark] = true;
  /** How long to wait before asking again, in milliseconds, where the one that was asked says so. */
  readonly retryAfter: number | undefined;

  constructor(
    message: string,
    /** Whether asking again may help. */
    readonly transient: boolean,
    options: ErrorOptions & { retryAfter?: number | undefined } = {},
  ) {
    super(message, options);
    this.retryAfter = options.retryAfter;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return propertyOf(value, faultMark) === true;
  }
}

/** Statuses below 500 with which a server or a proxy says nothing about the request itself. */
const askAgainStatuses = new Set([408, 421, 425, 429]);

/** Whether IAM, or the metadata service, may answer another time. To ask again is always safe, since nothing is started by it. */
export function mayAnswerLater(status: number): boolean {
  return status >= 500 || askAgainStatuses.has(status);
}

/** Headers that only `auth` may set. */
export const credentialHeaders = [
  tokenHeader.toLowerCase(),
  "authorization",
  "x-sdk-date",
  "x-security-token",
  "x-project-id",
];

/**
 * The headers of a signer in the form in which they are sent: without spaces at an end.
 * @throws {Error} when one of them cannot be sent. The runtime would refuse it too, but with its value in the message.
 */
function asSent(headers: Record<string, string>): [name: string, value: string][] {
  return Object.entries(headers).flatMap(([name, value]) => {
    try {
      return [...new Headers([[name, value]])];
    } catch {
      throw new Error("auth gave a header with a name or value that cannot be sent");
    }
  });
}

/** The headers of a signer that are not secret: when it signed, for which project, and what every request has. */
const publicHeaders = [
  "x-sdk-date",
  "x-project-id",
  "accept",
  "content-type",
  "date",
  "user-agent",
  ...connectionHeaders,
];

/** What a signer gives is secret, and so is what a server may repeat without the rest of its header. */
function signatureSecrets(headers: [name: string, value: string][]): string[] {
  const values = headers.filter(([name]) => !publicHeaders.includes(name)).map(([, value]) => value);
  return values.flatMap((value) => [value, ...secretParts(value)]);
}

function secretParts(value: string): string[] {
  const signature = /Signature=(\w+)/.exec(value)?.[1];
  // The rest of ours is known to everybody: the scheme, the ID of the key, and the names of the headers.
  if (signature && value.startsWith(signatureScheme)) return [signature];
  const [, bearer = ""] = /^[\w-]+ ([^\s,]+)$/.exec(value) ?? [];
  return [bearer, ...partsOf(value)];
}
