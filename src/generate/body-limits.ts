import type { Operation } from "../description/operations.js";

/** What the responses of the operations say about the largest request body, in bytes, each value once. */
export function bodyLimitsOf(operations: readonly Operation[]): number[] {
  const responses = operations.flatMap((operation) => operation.responses);
  return [...new Set(responses.flatMap(({ raw }) => raw["x-max-body-bytes"] ?? []))];
}
