import { operationsOf, type Spec } from "./description.js";

/** What the responses of the operations say about the largest request body, in bytes, each value once. */
export function bodyLimitsOf(spec: Spec): number[] {
  const responses = operationsOf(spec).flatMap((entry) => entry.responses.map(({ response }) => response));
  return [...new Set(responses.flatMap((response) => response["x-max-body-bytes"] ?? []))];
}
