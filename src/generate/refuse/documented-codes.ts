import type { Operation } from "../../description/operations.js";

/** The names of the failures that an operation documents: their error codes, where they have one. */
export function documentedCodes({ failures }: Operation): string[] {
  return [...new Set(failures.flatMap(({ body }) => (body?.examples ?? []).map(([name]) => name)))];
}
