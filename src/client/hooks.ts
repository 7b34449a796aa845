import { credentials } from "../../generated/operations.js";
import type { OperationName } from "./errors.js";

/** What a hook is told. No secret is in it. */
export interface RequestEvent {
  operation: OperationName;
  method: string;
  url: string;
  /** 1 for the first. */
  attempt: number;
  /** The headers, with credentials replaced by `[redacted]`. */
  headers: Record<string, string>;
}
export interface ResponseEvent extends RequestEvent {
  status: number;
  requestId: string | undefined;
  /** Milliseconds of this attempt. */
  duration: number;
}
export interface RetryEvent {
  operation: OperationName;
  /** The attempt that failed. */
  attempt: number;
  /** Milliseconds until the next. */
  delay: number;
  /** Why: the message of the error that would have been thrown. */
  reason: string;
}

/** Called on the way, for logs and metrics. A hook that throws or rejects changes nothing. */
export interface Hooks {
  /** Before each attempt. */
  onRequest?: ((event: RequestEvent) => unknown) | undefined;
  /** After each answer. */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** Before the wait that precedes a repetition. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined;
}

/** Calls a hook, if there is one. The event is only made then. */
export function notify<E>(hook: ((event: E) => unknown) | undefined, event: () => E): void {
  if (!hook) return;
  try {
    const result = hook(event());
    if (result instanceof Promise) result.catch(() => {});
  } catch {
    // A fault in somebody's logging is no reason to lose a backup.
  }
}

const isSecret = (name: string) => credentials.secretHeaders.includes(name) || /token|auth|secret|cookie/.test(name);

/** Headers for a hook or a log: the credentials are replaced. */
export function redactHeaders(headers: Iterable<[string, string]>): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, isSecret(name) ? "[redacted]" : value]));
}

/** The credentials among the headers, to be taken out of whatever comes back. */
export function secretsOf(headers: Headers): string[] {
  return [...headers].filter(([name]) => isSecret(name)).map(([, value]) => value);
}
