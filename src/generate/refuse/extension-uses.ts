import { contentOf } from "../../description/keywords.js";
import type { Place } from "../extensions.js";

/** One use of an extension: the object that it stands in, and the keys that lead there. */
export interface Use {
  name: string;
  value: unknown;
  holder: object;
  path: string[];
}

/** Every use of an extension in a part of the bundle. A header that is called `x-request-id` is none. */
export function* usesIn(holder: object, path: string[] = [], keysAreNames = false): Generator<Use> {
  for (const [name, value] of Object.entries(holder)) {
    const content = keysAreNames ? "keywords" : contentOf(name, value);
    if (!keysAreNames && name.startsWith("x-")) yield { name, value, holder, path };
    else if (content !== "data" && typeof value === "object" && value !== null)
      yield* usesIn(value, [...path, name], content === "names");
  }
}

/** The kind of object at the end of a path of the bundle. */
export function placeOf(path: string[]): Place | undefined {
  const [first, second] = path;
  if (first === "servers" && path.length === 2) return "server";
  if (first === "paths" && path.length === 3) return "operation";
  if (second === "securitySchemes" && path.length === 3) return "security scheme";
  if (path.at(-2) === "examples") return "error example";
  if (path.at(-2) === "responses") return "response";
  if (second === "schemas" || path.includes("schema")) return "schema";
  return undefined;
}
