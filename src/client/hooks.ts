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

/** Calls a hook, if there is one. The event is only made then. Nobody waits for it. */
export async function notify<E>(hook: ((event: E) => unknown) | undefined, event: () => E): Promise<void> {
  try {
    await hook?.(event());
  } catch {
    // A fault in somebody's logging is no reason to lose a backup.
  }
}

/** The credentials among the headers, to be taken out of whatever is shown or comes back. */
export function secretsOf(headers: Iterable<[string, string]>): string[] {
  return [...headers].flatMap(([name, value]) => (/token|auth|secret|cookie|key/.test(name) ? value : []));
}

/** Takes secrets out of a text, for servers and runtimes that repeat what they were sent. No part of a text is a secret of less than 8 letters. */
export function scrub(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (clean, secret) => (secret.length < 8 && clean !== secret ? clean : clean.replaceAll(secret, "[redacted]")),
    text,
  );
}

/** Headers as they may be shown. */
export function scrubHeaders(headers: Iterable<[string, string]>, secrets: readonly string[]): [string, string][] {
  return [...headers].map(([name, value]) => [name, scrub(value, secrets)]);
}
