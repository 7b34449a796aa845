import type { Operation } from "../description/operations.js";

/** The response headers that carry the ID of the request, each name once: their example is the `request_id` of a failure. */
export function requestIdHeadersOf(operations: readonly Operation[]): string[] {
  const names = operations
    .flatMap(({ failures }) => failures)
    .flatMap(({ headers, body }) => {
      const ids = body?.examples.map(([, { value }]) => Object(value).request_id) ?? [];
      return headers.filter(([, { example }]) => example !== undefined && ids.includes(example));
    })
    .map(([name]) => name.toLowerCase());
  return [...new Set(names)];
}
