import { failuresOf } from "../description/failures.js";
import { operationsOf } from "../description/operations.js";
import type { Spec } from "../description/spec.js";

/**
 * The error codes that an operation documented in the examples of an answer, and documents no more, or with another status only.
 * Callers branch on both. `redocly diff` does not look into the values of examples.
 * @returns a sentence for each
 */
export function removedErrorCodes(before: Spec, now: Spec): string[] {
  const present = codesByOperation(now);
  return [...codesByOperation(before)].flatMap(([operation, codes]) => {
    // An operation that is gone as a whole is told by `redocly diff`.
    const successors = present.get(operation) ?? codes;
    const gone = [...codes].filter((code) => !successors.has(code));
    return gone.map((code) => `${operation}: ${code} is not documented any more.`);
  });
}

function codesByOperation(spec: Spec): Map<string, Set<string>> {
  return new Map(
    operationsOf(spec).map((operation) => {
      const codes = failuresOf([operation]).flatMap(({ code, status }) =>
        code === undefined ? [] : `the error code ${code} with the status ${status}`,
      );
      return [`${operation.method} ${operation.path}`, new Set(codes)];
    }),
  );
}
