import { type Failure, failuresOf } from "../description/failures.js";
import type { Operation } from "../description/operations.js";

/** The failures with `x-unknown-route`, each with an operation that documents it. */
export function unknownRoutesOf(operations: readonly Operation[]): { operation: Operation; failure: Failure }[] {
  return operations.flatMap((operation) =>
    failuresOf([operation])
      .filter(({ unknownRoute }) => unknownRoute)
      .map((failure) => ({ operation, failure })),
  );
}
