/** The operations of the description, with requests that fit and requests that break one rule. */
import fc from "fast-check";
import { dereference, type Json, type Node } from "./facts.js";
import type { PrismRequest } from "./prism.js";
import { type Broken, breaking, fitting } from "./requests.js";
import { bundle } from "./transcript.js";

/** A request as the description has it: path parameters and a body. */
export interface Request {
  parameters: Record<string, string>;
  body?: Json;
}
export interface Operation {
  operationId: "createManualBackup" | "deleteManualBackup";
  method: string;
  path: string;
  parameters: Record<string, Node>;
  body?: Node;
}

export const operations = Object.entries(dereference(bundle).paths as Node).flatMap(([path, item]) =>
  Object.entries(item as Node).map(([method, operation]) => operationOf(method, path, operation as Node)),
);

function operationOf(method: string, path: string, { operationId, parameters, requestBody }: Node): Operation {
  const list = parameters as { name: string; schema: Node }[];
  const body = (requestBody as { content: Record<string, { schema: Node }> } | undefined)?.content["application/json"];
  return {
    operationId: operationId as Operation["operationId"],
    method,
    path,
    parameters: Object.fromEntries(list.map(({ name, schema }) => [name, schema])),
    ...(body && { body: body.schema }),
  };
}

export function onTheWire({ method, path }: Operation, { parameters, body }: Request): PrismRequest {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ""));
  const headers = { "x-auth-token": "a-token", ...(body !== undefined && { "content-type": "application/json" }) };
  return { method, path: filled, headers, ...(body !== undefined && { body }) };
}

/** Requests that fit. */
export function sound({ parameters, body }: Operation): fc.Arbitrary<Request> {
  return fc.record({
    parameters: fc.record(mapped(parameters, (schema) => segments(schema))),
    ...(body && { body: fitting(body) }),
  });
}

/** Requests that break one rule. */
export function unsound(operation: Operation, { rule, values }: Broken): fc.Arbitrary<Request> {
  const inPath = Object.keys(operation.parameters).find((name) => rule.endsWith(` of ${name}`));
  return fc.tuple(sound(operation), values).map(([request, wrong]) => {
    if (inPath === undefined) return { ...request, body: wrong };
    return { ...request, parameters: { ...request.parameters, [inPath]: wrong as string } };
  });
}

export function brokenRules({ parameters, body }: Operation): Broken[] {
  // A URL holds nothing but text, so that a type cannot be wrong there.
  const inPath = Object.entries(parameters).flatMap(([name, schema]) =>
    breaking(schema, name).filter(({ rule }) => !rule.startsWith("type ")),
  );
  return [...inPath, ...(body ? breaking(body, "the body").filter(({ rule }) => rule !== "type of the body") : [])];
}

/** Values of a path parameter that a URL can carry. The client refuses the others, which paths.test.ts holds. */
function segments(schema: Node): fc.Arbitrary<string> {
  const values = fitting(schema) as fc.Arbitrary<string>;
  return values.filter((value) => value !== "." && value !== ".." && !/\p{Surrogate}/u.test(value));
}

export function mapped<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
