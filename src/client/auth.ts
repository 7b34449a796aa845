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

/**
 * Checks that a token can travel in a header. The runtime would refuse it too, but with the token in the message.
 * @throws {AuthenticationError} without the token
 */
export function checkToken(token: unknown, operation: string | undefined): string {
  const fault =
    token === undefined || token === null || token === ""
      ? "there is no token: set the option auth"
      : typeof token !== "string"
        ? `the token is no string but ${typeof token}`
        : /[^\x21-\x7e]/.test(token)
          ? "the token holds a character that no token has, such as a space or a line break"
          : undefined;
  if (fault) throw new AuthenticationError(`nothing was sent, ${fault}`, { operation });
  return token as string;
}
