import { contentOf } from "../../description/keywords.js";
import type { Spec } from "../../description/spec.js";
import { fileOf, placeName } from "./place-name.js";

/** What stands beside a `$ref`, which nothing here reads, a sentence each. */
export function referenceFaults(spec: Spec): string[] {
  const { paths, components } = spec;
  const found = [...besideReferences(paths, ["paths"]), ...besideReferences(components, ["components"])];
  return found.map(
    ({ path, key, $ref }) =>
      `${placeName(spec, path)}: ${key} beside $ref is not supported. Put it into ${fileOf($ref)}.`,
  );
}

interface Beside {
  /** The keys that lead to the reference. */
  path: string[];
  key: string;
  $ref: string;
}

function besideReferences(node: unknown, path: string[], keysAreNames = false): Beside[] {
  if (typeof node !== "object" || node === null) return [];
  const { $ref, ...beside } = node as { $ref?: unknown };
  const [key] = Object.keys(beside);
  if (typeof $ref === "string") return key === undefined ? [] : [{ path, key, $ref }];
  return Object.entries(node).flatMap(([name, child]) => {
    const content = keysAreNames ? "keywords" : contentOf(name, child);
    return content === "data" ? [] : besideReferences(child, [...path, name], content === "names");
  });
}
