import { keywordObjects } from "../../description/keywords.js";
import type { Spec } from "../../description/spec.js";
import type { Place } from "../extensions.js";

/** One use of an extension: the object that it stands in, and the keys that lead there. */
export interface Use {
  name: string;
  value: unknown;
  holder: object;
  path: readonly string[];
}

/** Every use of an extension in the bundle. A header that is called `x-request-id` is none. */
export function usesIn(spec: Spec): Use[] {
  return [...keywordObjects(spec)].flatMap(({ object, path }) => {
    const own = Object.entries(object).filter(([name]) => name.startsWith("x-"));
    return own.map(([name, value]) => ({ name, value, holder: object, path }));
  });
}

/** The kind of object at the end of a path of the bundle. */
export function kindOfPlace(path: readonly string[]): Place | undefined {
  const [first, second] = path;
  if (first === "servers" && path.length === 2) return "server";
  if (first === "paths" && path.length === 3) return "operation";
  if (second === "securitySchemes" && path.length === 3) return "security scheme";
  if (path.at(-2) === "examples") return "error example";
  if (path.at(-2) === "responses") return "response";
  if (second === "schemas" || path.includes("schema")) return "schema";
  return undefined;
}
