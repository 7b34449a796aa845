/** Methods that do the same when they are repeated, as HTTP defines it. */
const idempotentMethods = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);

export function isIdempotent(method: string): boolean {
  return idempotentMethods.has(method);
}

/** Statuses whose responses have no body. */
export const emptyStatuses = new Set([204, 205, 304]);

/** Headers that the runtime sets. With one of the caller's, fetch refuses the request, never ends, or drops the header. */
export const connectionHeaders = [
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];
