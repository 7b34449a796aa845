import { operationsOf } from "../../description/operations.js";
import type { Spec } from "../../description/spec.js";
import { Problem } from "../../shared/problem.js";
import { commandFaults } from "./commands.js";
import { errorCodeFaults } from "./error-codes.js";
import { usesIn } from "./extension-uses.js";
import { failureExamples, faultsOfUse } from "./extension-values.js";
import { placeName } from "./place-name.js";
import { repetitionFaults } from "./repetition.js";
import { stateFaults } from "./state.js";

/**
 * Checks each extension of the description.
 * @throws {Problem} that names each one which is unknown, stands in the wrong place or has a value that is not allowed
 */
export function checkExtensions(spec: Spec): void {
  const operations = operationsOf(spec);
  const uses = usesIn(spec);
  const failures = failureExamples(operations);
  const faults = uses.flatMap((use) =>
    faultsOfUse(use, failures).map((fault) => `${placeName(spec, use.path)}: ${fault}`),
  );
  // The names and codes inside the values are only looked up once their shape is right.
  if (faults.length === 0) {
    faults.push(
      ...repetitionFaults(spec, uses),
      ...stateFaults(spec, operations),
      ...errorCodeFaults(spec, operations, uses),
      ...commandFaults(operations),
    );
  }
  if (faults.length > 0)
    throw new Problem(`${faults.join("\n")}\ndocs/extensions.md lists the extensions and their values.`);
}
