import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { mergedParameters, resolvePointer } from "../openapi.js";
import { Problem, root } from "../project.js";

/** The shapes of `generated/openapi.json` that the pages show, with every `$ref` followed. Only what is used is typed. */
export interface Description {
  info: { title: string; version: string; summary: string; description: string };
  servers: Server[];
  tags: Tag[];
  paths: Record<string, Record<string, RawOperation>>;
  components: { securitySchemes: Record<string, SecurityScheme> };
}
export interface Tag {
  name: string;
  description: string;
  "x-traitTag"?: boolean;
}
export interface Server {
  url: string;
  description: string;
  variables?: Record<string, ServerVariable>;
  /** The address of the identity service that belongs to this server. */
  "x-iam"?: string;
}
export interface ServerVariable {
  default: string;
  enum?: string[];
  description?: string;
}
export interface SecurityScheme {
  name: string;
  description: string;
}
export interface RawOperation {
  operationId: string;
  summary: string;
  description: string;
  parameters?: Parameter[];
  requestBody?: { description?: string; content: Record<string, MediaType> };
  responses: Record<string, Response>;
}
export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description: string;
  schema: Schema;
  example?: unknown;
}
export interface Response {
  description: string;
  headers?: Record<string, { description?: string; schema: Schema }>;
  content?: Record<string, MediaType>;
}
export interface MediaType {
  schema: Schema;
  examples?: Record<string, Example>;
}
export interface Example {
  summary?: string;
  description?: string;
  value: unknown;
  "x-transient"?: { reason: string; wait?: number };
  "x-new-token"?: boolean;
  "x-repeat-later"?: boolean;
}
export interface Schema {
  /** The name of the component that it is, if it is one. */
  component?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  enum?: unknown[];
  [keyword: string]: unknown;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch"];

/** The description as its file says it, for tools, and with its references followed, for the pages. */
export async function readDescription(): Promise<{ bundle: Description; description: Description }> {
  const bundle = JSON.parse(await readFile(join(root, "generated", "openapi.json"), "utf8")) as Description;
  return { bundle, description: follow(bundle, bundle, []) as Description };
}

/** An operation, and where it is called. */
export interface Operation extends RawOperation {
  method: string;
  path: string;
}

/** The operations with where they are called, in the order of the description. */
export function operationsWithPaths(description: Description): Operation[] {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => ({
        ...operation,
        parameters: mergedParameters(
          (item as { parameters?: Parameter[] }).parameters ?? [],
          operation.parameters ?? [],
        ),
        method: method.toUpperCase(),
        path,
      })),
  );
}

/** A copy with each `$ref` replaced by what it points to. */
function follow(node: unknown, document: object, open: string[]): unknown {
  if (Array.isArray(node)) return node.map((one) => follow(one, document, open));
  if (typeof node !== "object" || node === null) return node;
  const reference = (node as { $ref?: unknown }).$ref;
  if (typeof reference === "string") {
    if (open.includes(reference)) throw new Problem(`generated/openapi.json: ${reference} refers to itself.`);
    const found = follow(target(reference, document), document, [...open, reference]);
    const [, component] = /^#\/components\/schemas\/(.+)$/.exec(reference) ?? [];
    return component === undefined ? found : { component, ...Object(found) };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, follow(value, document, open)]));
}

function target(reference: string, document: object): unknown {
  const found = resolvePointer(document, reference);
  if (found === undefined) throw new Problem(`generated/openapi.json: ${reference} leads nowhere.`);
  return found;
}
