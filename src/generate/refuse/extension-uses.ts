import { contentOf } from "../../description/keywords.js";
import { operationsOf } from "../../description/operations.js";
import type { Spec } from "../../description/spec.js";
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

/** The same object in the words of somebody who edits `openapi/`, where a component is a file of its name. */
export function placeName(spec: Spec, path: string[]): string {
  const [first = "", second = "", third = "", ...rest] = path;
  if (first === "servers") return `openapi/openapi.yaml, server ${spec.servers[Number(second)]?.url}`;
  if (first === "paths") {
    const found = operationsOf(spec).find(({ path, method }) => path === second && method === third.toUpperCase());
    const id = found?.operationId ?? `${third.toUpperCase()} ${second}`;
    return [`operation ${id}`, ...rest].join(", ");
  }
  if (second === "securitySchemes") return `openapi/openapi.yaml, security scheme ${third}`;
  if (first === "components")
    return [`openapi/${second}/${third}.yaml`, ...(rest.length ? [rest.join("/")] : [])].join(", ");
  return ["openapi/openapi.yaml", ...(path.length ? [path.join("/")] : [])].join(", ");
}
