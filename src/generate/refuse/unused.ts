import { keywordObjects } from "../../description/keywords.js";
import { resolvePointer } from "../../description/references.js";
import type { Spec } from "../../description/spec.js";

/**
 * The components that no operation uses, a sentence each. The bundle would ship them all the same, and no check compares them
 * with the vendor's documents, because those tell about operations.
 */
export function unusedFaults(spec: Spec): string[] {
  const used = usedComponents(spec);
  return Object.entries(spec.components).flatMap(([kind, components]) =>
    Object.keys(components)
      .filter((name) => !used.has(`${kind}/${name}`))
      .map(
        (name) =>
          `openapi/openapi.yaml: components.${kind}.${name} is used by no operation. Refer to it, or delete it and its file.`,
      ),
  );
}

/** The components that the operations refer to, directly or by way of others, such as `schemas/RequestId`. */
function usedComponents(spec: Spec): Set<string> {
  // Each operation uses all security requirements, which name their schemes without a `$ref`.
  const schemes = (spec.security ?? []).flatMap((requirement) => Object.keys(requirement));
  const used = new Set(schemes.map((name) => `securitySchemes/${name}`));
  const followed = new Set<string>();
  const visit = (part: unknown): void => {
    for (const reference of referencesIn(part)) {
      if (followed.has(reference)) continue;
      followed.add(reference);
      const [, , kind, name] = reference.split("/");
      used.add(`${kind}/${name}`);
      visit(resolvePointer(spec, reference));
    }
  };
  visit(spec.paths);
  return used;
}

function referencesIn(part: unknown): string[] {
  return [...keywordObjects(part)].flatMap(({ object: { $ref } }) => (typeof $ref === "string" ? [$ref] : []));
}
