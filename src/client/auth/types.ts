import { tokenHeader } from "../../../generated/operations.js";

/** What a token function is told. */
export interface TokenContext {
  /** The token that the service just refused: give another one. Undefined on an ordinary call. */
  refused: string | undefined;
  /** Aborts when the attempt that waits for the token ends: after its timeout, or because the caller aborted. */
  signal: AbortSignal;
  /** The client's own fetch. */
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

/** Gives a token, now or later. What it throws becomes the cause of an `AuthenticationError`. */
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
  /** The headers of the last signature, if the service just refused it. */
  refused: Readonly<Record<string, string>> | undefined;
  /** Aborts when the attempt that waits for the signature ends. */
  signal: AbortSignal;
}

/** Signs requests, in place of a token. */
export interface Signer {
  /**
   * Gives the headers that authorize the request.
   * @returns undefined when the last signature was refused and there are no other keys to sign with
   */
  sign(request: Signable, context: SignerContext): Promise<Record<string, string> | undefined>;
}

/** A token, a function that gives one, or a signer in place of a token. */
export type Auth = string | TokenProvider | Signer;

/** Headers that only `auth` may set. */
export const credentialHeaders = [
  tokenHeader.toLowerCase(),
  "authorization",
  "x-sdk-date",
  "x-security-token",
  "x-project-id",
];

/** Why a provider of this package has no credentials. It becomes the message of an `AuthenticationError`. */
export class CredentialsFault extends Error {
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
}
