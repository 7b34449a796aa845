import { contentOf } from "../../description/keywords.js";
import type { Spec } from "../../description/spec.js";

/** Schemas have checks of their own. */
const schemaKeys = new Set(["schema", "schemas"]);

/** What stands beside a `$ref`, which nothing here reads, a sentence each. */
export function referenceFaults({ paths, components }: Spec): string[] {
  return [...faultsIn(paths, "paths"), ...faultsIn(components, "components")];
}

function faultsIn(node: unknown, place: string): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { $ref, ...beside } = node as { $ref?: unknown };
  const [key] = Object.keys(beside);
  if (typeof $ref === "string" && key !== undefined) {
    return [`${place}: ${key} beside $ref is not supported. Put it into ${$ref.replace("#/components/", "")}.`];
  }
  return Object.entries(node).flatMap(([name, child]) =>
    schemaKeys.has(name) || contentOf(name, child) === "data" ? [] : faultsIn(child, `${place}, ${name}`),
  );
}
