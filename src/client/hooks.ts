import type { GeminiDBError, OperationName, Outcome } from "./errors.js";

/** What every hook is told. No credential is in it. */
export interface CallEvent {
  /** The same in all events of one call, and different from call to call. */
  id: string;
  operation: OperationName;
  /** The number of the attempt; 1 for the first. */
  attempt: number;
}
export interface RequestEvent extends CallEvent {
  method: string;
  url: string;
  /** The request headers, with credentials replaced by `[redacted]`. */
  headers: Record<string, string>;
}
export interface ResponseEvent extends RequestEvent {
  status: number;
  /** The ID that the gateway gave to the request. */
  requestId: string | undefined;
  /** Milliseconds since the attempt began. */
  duration: number;
}
export interface RetryEvent extends CallEvent {
  /** Milliseconds until the next attempt. */
  delay: number;
  /** The message of the error that would have been thrown without another attempt. */
  reason: string;
}
export interface ErrorEvent extends CallEvent {
  error: GeminiDBError;
}
export interface AbortEvent extends CallEvent {
  /** What is known of the call. */
  outcome: Outcome;
  /** The ID of the last response that had one. */
  requestId: string | undefined;
}

/** Functions that are called on the way, for logs and metrics. One that throws or rejects changes nothing. */
export interface Hooks {
  /** Called right before each request is sent. */
  onRequest?: ((event: RequestEvent) => unknown) | undefined;
  /** Called once for each response, when its body was read, or broke off. Not called where the caller aborts first. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** Called before the wait that precedes another attempt. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined;
  /** Called once when a call rejects with an error of this package; not when the caller aborted it. */
  onError?: ((event: ErrorEvent) => unknown) | undefined;
  /** Called once when the caller's signal has ended a call, whose error is then the signal's reason. */
  onAbort?: ((event: AbortEvent) => unknown) | undefined;
}

/** Calls a hook, if there is one. The event is only made then, and nobody waits for the hook. */
export async function notify<Event>(hook: ((event: Event) => unknown) | undefined, event: () => Event): Promise<void> {
  if (!hook) return;
  try {
    await hook(event());
  } catch {
    // A fault in somebody's logging is no reason to lose a backup.
  }
}
