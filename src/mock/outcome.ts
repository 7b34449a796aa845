/** What comes in and what is to happen, as data: the mock's core knows no socket. */
import { emptyStatuses } from "../client/http.js";

/** A request, from the port or from `mock.fetch`. */
export interface Incoming {
  readonly method: string;
  /** The request target as received: path and query, or an absolute URL. */
  readonly target: string;
  /** Names in lower case; the values of a repeated header are joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
  /**
   * Reads the body, once. What has not been read yet waits at the caller. Reading throws when the request ends before its
   * body does.
   */
  readBody(): AsyncIterable<Uint8Array>;
}

/** Whether a header says nothing, also where it was repeated. */
export function isEmptyHeader(value: string): boolean {
  return /^[\s,]*$/.test(value);
}

export type Outcome =
  | Answer
  /** The connection is reset. */
  | { readonly kind: "reset" }
  /** Nothing is answered until the caller goes away. */
  | { readonly kind: "hang" }
  /** The caller has gone before its request ended, so there is nobody to answer. */
  | { readonly kind: "unfinished" };

export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly pace: Pace;
}

/** An answer that is sent at once, with its length. */
export function wholeAnswer(status: number, headers: Answer["headers"], body = ""): Answer {
  const length = emptyStatuses.has(status) ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return { kind: "answer", status, headers: { ...headers, ...length }, body, pace: "whole" };
}

/** The header of an answer after which the server closes the connection. */
export const closing: Answer["headers"] = { connection: "close" };

/** An answer without a body, after which the server closes the connection. */
export function closingAnswer(status: number): Answer {
  return wholeAnswer(status, closing);
}

export type Pace =
  | "whole"
  /** Byte by byte. */
  | "drip"
  /** Half of the body, then the connection ends. */
  | "cut";

/** An outcome without a body that HTTP does not allow: an answer to HEAD has none, nor has one with certain statuses. */
export function withoutImpossibleBody(outcome: Outcome, method: string): Outcome {
  if (outcome.kind !== "answer") return outcome;
  if (emptyStatuses.has(outcome.status)) {
    const { "content-length": _, ...headers } = outcome.headers;
    return { ...outcome, headers, body: "", pace: "whole" };
  }
  return method === "HEAD" ? { ...outcome, body: "", pace: "whole" } : outcome;
}

/** What has been sent of an answer. */
export interface Delivery {
  /** Whether everything that was to be sent has been sent. */
  readonly isComplete: boolean;
  /** The part of the body that has been sent, in bytes. */
  readonly bodySize: number;
}

/** The delivery of a reset, which has no body. */
export const resetDelivery: Delivery = { isComplete: true, bodySize: 0 };

/** One request and what is to happen to it. */
export interface Exchange {
  readonly outcome: Outcome;
  /**
   * Called once, when the outcome has happened, or when the caller was gone before.
   * @param delivery what has been sent: `resetDelivery` for a reset; undefined where nothing was sent, not even a status
   */
  end(delivery?: Delivery): void;
}
