/** What a token function is told. */
export interface TokenContext {
  /** The token that the service has refused in this call: give another one. Undefined where none was. */
  refused: string | undefined;
  /** Aborts when the attempt that waits for the token ends: after its timeout, or because the caller aborted. */
  signal: AbortSignal;
  /** The client's own fetch. Unless `init` says otherwise, it follows no redirect, and ends when `signal` aborts. */
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

/**
 * Gives a token, now or later. When it throws, the call rejects with an `AuthenticationError`, whose `cause` has the message and
 * the code of what was thrown, without secrets.
 */
export type TokenProvider = (context: TokenContext) => string | Promise<string>;

/** What a signer signs. */
export interface Signable {
  method: string;
  url: string;
  /** The headers of the request, without credentials. */
  headers: Headers;
  /** Null where there is none. */
  body: string | null;
  project_id: string | undefined;
}

/** What a signer is told beside the request. */
export interface SignerContext {
  /** The headers of the signature that the service has refused in this call, if there is one. */
  refused: Readonly<Record<string, string>> | undefined;
  /** Aborts when the attempt that waits for the signature ends. */
  signal: AbortSignal;
}

/** Signs requests, in place of a token. */
export interface Signer {
  /**
   * Gives the headers that authorize the request. Those that the runtime sets itself, such as `host`, are left out.
   * @returns undefined when the last signature was refused and there are no other keys to sign with
   */
  sign(request: Signable, context: SignerContext): Promise<Record<string, string> | undefined>;
}

/** A token, a function that gives one, or a signer in place of a token. */
export type Auth = string | TokenProvider | Signer;
