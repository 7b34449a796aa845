import { tokenHeader } from "../../../generated/operations.js";
import { isObject } from "../untrusted.js";
import type { Auth, Signable, TokenContext } from "./types.js";

/** What authorizes one request. */
export interface Credential {
  headers: Record<string, string>;
  /** What no message, log or hook may show. */
  secrets: string[];
  /** The token, if it is one. */
  token: string | undefined;
}

/** What is needed to get a credential. */
export interface CredentialContext {
  /** The credential that the service just refused. */
  refused: Credential | undefined;
  signal: AbortSignal;
  fetch: TokenContext["fetch"];
}

/**
 * Gets the credential for a request.
 * @returns undefined when the last one was refused and there is no other
 * @throws {Error} when there is none, or a token that no header can hold
 */
export async function obtainCredential(
  auth: Auth | undefined,
  request: Signable,
  { refused, signal, fetch }: CredentialContext,
): Promise<Credential | undefined> {
  if (typeof auth === "object") {
    const headers = await auth.sign(request, { refused: refused?.headers, signal });
    if (headers === undefined && refused) return undefined;
    if (!isObject(headers) || Object.keys(headers).length === 0) {
      throw new Error("auth gave no headers: sign must give an object of names and values");
    }
    return { headers, secrets: signatureSecrets(asSent(headers)), token: undefined };
  }
  const token = typeof auth === "function" ? await auth({ refused: refused?.token, signal, fetch }) : auth;
  if (!isHeaderValue(token)) {
    // The runtime would refuse it too, but with the token in its message.
    throw new Error("auth gave none, or one with spaces, line breaks or letters that a header cannot hold");
  }
  if (refused && refused.token === token) return undefined;
  return { headers: { [tokenHeader]: token }, secrets: [token], token };
}

/** What `isHeaderValue` asks for, in words that follow the name of a token or key. */
export const headerValueRule = "must be a text without spaces, line breaks and non-ASCII characters";

/** Whether a token or key consists of visible ASCII characters only, as a header value needs it. */
export function isHeaderValue(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

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

/** The headers of a signer that are not secret: when it signed, and for which project. */
const publicHeaders = ["x-sdk-date", "x-project-id"];

/** What a signer gives is secret, and so is what a server may repeat without the rest of its header: a signature, a bearer token. */
function signatureSecrets(headers: [name: string, value: string][]): string[] {
  const values = headers.filter(([name]) => !publicHeaders.includes(name)).map(([, value]) => value);
  const parts = [/Signature=(\w+)/, /^[\w-]+ ([^\s,]+)$/];
  return [...values, ...parts.flatMap((part) => values.flatMap((value) => part.exec(value)?.[1] ?? []))];
}
