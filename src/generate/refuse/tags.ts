import type { Operation } from "../../description/operations.js";
import type { Spec } from "../../description/spec.js";

/** The tags of operations that the description does not list, a sentence each. */
export function tagFaults(spec: Spec, operations: readonly Operation[]): string[] {
  const known = (spec.tags ?? []).map(({ name }) => name);
  return operations.flatMap(({ operationId, tags }) =>
    tags
      .filter((tag) => !known.includes(tag))
      .map(
        (tag) =>
          `operation ${operationId}: the tag ${tag} is not among the tags of openapi/openapi.yaml, which are ${known.join(", ")}. Add it there.`,
      ),
  );
}
