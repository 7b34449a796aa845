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

/**
 * The failures whose address on the page and in the reference has changed. Errors of clients that are installed already name it.
 * @returns a sentence for each
 */
export function movedFailures(before: Spec, now: Spec): string[] {
  const present = addressesOf(now);
  return [...addressesOf(before)].flatMap(([failure, address]) => {
    const successor = present.get(failure) ?? address;
    return successor === address ? [] : `${failure} has the address #${successor}. Before, it had #${address}.`;
  });
}

function addressesOf(spec: Spec): Map<string, string> {
  const failures = failuresOf(operationsOf(spec));
  return new Map(failures.map(({ name, status, anchor }) => [`${name} with the status ${status}`, anchor]));
}
