import { Problem } from "../shared/problem.js";
import { mapKeywordObjects } from "./keywords.js";
import type { Ref, Spec } from "./spec.js";

/** What a reference such as `#/components/examples/busy` leads to: it may be a reference itself, or undefined if there is nothing. */
export function resolvePointer(document: object, reference: string): unknown {
  const keys = reference
    .split("/")
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.reduce<unknown>((node, key) => Object(node)[key], document);
}

/** Follows a `$ref` within the bundle, however many stand in a row. */
export function resolve<T extends object>(spec: Spec, node: T | Ref): T {
  let target: unknown = node;
  while (target && typeof target === "object" && "$ref" in target) {
    target = resolvePointer(spec, String(target.$ref));
  }
  return target as T;
}

/** The schemas that are components, in what `dereferenced` gave, and their names. */
const componentNames = new WeakMap<object, string>();

/** The name of a schema that is a component. Only `dereferenced` knows it. */
export function componentName(schema: object | undefined): string | undefined {
  return schema && componentNames.get(schema);
}

/**
 * A copy of the description with each `$ref` replaced by what it leads to.
 * @throws {Problem} when a reference leads nowhere, or back to itself
 */
export function dereferenced(spec: Spec): Spec {
  return follow(spec, spec, []) as Spec;
}

/** @param open the references that led there */
function follow(node: unknown, spec: Spec, open: readonly string[]): unknown {
  return mapKeywordObjects(node, (object) => {
    const { $ref } = object;
    return typeof $ref === "string" ? followReference($ref, spec, open) : object;
  });
}

function followReference($ref: string, spec: Spec, open: readonly string[]): unknown {
  if (open.includes($ref)) throw new Problem(`The description cannot be read: ${$ref} refers to itself.`);
  const target = resolvePointer(spec, $ref);
  if (target === undefined) throw new Problem(`The description cannot be read: ${$ref} leads nowhere.`);
  const found = follow(target, spec, [...open, $ref]);
  const [, name] = /^#\/components\/schemas\/(.+)$/.exec($ref) ?? [];
  if (name !== undefined && typeof found === "object" && found !== null) componentNames.set(found, name);
  return found;
}
