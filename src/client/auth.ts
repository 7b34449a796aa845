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
