import { keywordObjects } from "../../description/keywords.js";
import type { Spec } from "../../description/spec.js";
import { fileOf, placeName } from "./place-name.js";

/** What stands beside a `$ref`, which nothing here reads, a sentence each. */
export function referenceFaults(spec: Spec): string[] {
  return [...keywordObjects(spec)].flatMap(({ object, path }) => {
    const { $ref, ...beside } = object;
    const [key] = Object.keys(beside);
    if (typeof $ref !== "string" || key === undefined) return [];
    return [`${placeName(spec, path)}: ${key} beside $ref is not supported. Put it into ${fileOf($ref)}.`];
  });
}
