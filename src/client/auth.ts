import { AuthenticationError } from "./errors.js";

/** What a token function is told. */
export interface TokenContext {
  /** The token that was just refused: give another one. Undefined on an ordinary call. */
  refused: string | undefined;
  /** Ends when the caller has lost interest. */
  signal: AbortSignal;
  /** The client's own fetch. */
  fetch: (url: string, init: RequestInit) => Promise<Response>;
}
export type TokenProvider = (context: TokenContext) => string | Promise<string>;

/** What a signer gets and changes: it adds headers. */
export interface Signable {
  method: string;
  url: string;
  headers: Headers;
  body: string | undefined;
  project_id: string | undefined;
}
export interface Signer {
  sign(request: Signable): Promise<void>;
}

/** A token, a function that gives one, or a signer in place of a token. */
export type Auth = string | TokenProvider | Signer;

/** No token just now: asking again may help. What a token function throws otherwise is not asked again. */
export class Unavailable extends Error {}

/**
 * Checks that a token can travel in a header. The runtime would refuse it too, but with the token in the message.
 * @throws {AuthenticationError} without the token
 */
export function checkToken(token: unknown): string {
  if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) return token;
  const fault = token ? "the token is no text, or holds a space or a line break" : "no token, set the option auth";
  throw new AuthenticationError(`${fault}. Nothing was sent`);
}
