/** The operations of the description, with requests that fit and requests that break one rule. */
import fc from "fast-check";
import type { OperationId } from "../../generated/operations.js";
import { dereference, type Json, type Node, operationsAt } from "./facts.js";
import type { PrismRequest } from "./prism.js";
import { type Broken, breaking, fitting } from "./requests.js";
import { bundle } from "./transcript.js";

/** A request as the description has it: the parameters by name, wherever they travel, and a body. */
export interface Request {
  parameters: Record<string, Json>;
  body?: Json;
}
export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Node;
}
export interface Operation {
  operationId: OperationId;
  method: string;
  path: string;
  parameters: Parameter[];
  body?: Node;
  /** The documented answer to a request that fits. */
  success: { status: number; body: Json };
}

export const operations = Object.entries(dereference(bundle).paths as Node).flatMap(([path, item]) =>
  operationsAt(item as Node).map(([method, operation]) => operationOf(method, path, operation)),
);

function operationOf(method: string, path: string, operation: Node): Operation {
  const { operationId, parameters = [], requestBody } = operation as Node & { parameters?: Parameter[] };
  const body = (requestBody as { content: Record<string, { schema: Node }> } | undefined)?.content["application/json"];
  return {
    operationId: operationId as OperationId,
    method,
    path,
    parameters,
    ...(body && { body: body.schema }),
    success: successOf(operation.responses as Node),
  };
}

function successOf(responses: Node): Operation["success"] {
  const [status = "", response] = Object.entries(responses).find(([one]) => one.startsWith("2")) ?? [];
  const { content = {} } = (response ?? {}) as { content?: Record<string, { examples?: Record<string, Node> }> };
  const [example] = Object.values(content["application/json"]?.examples ?? {});
  return { status: Number(status), body: example?.value ?? {} };
}

export function onTheWire({ method, path, parameters }: Operation, request: Request): PrismRequest {
  const { body } = request;
  const textOf = (name: string) => String(request.parameters[name] ?? "");
  const given = (place: Parameter["in"]) =>
    parameters.filter((one) => one.in === place && request.parameters[one.name] !== undefined);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textOf(name)));
  const query = given("query").flatMap(({ name }) =>
    [request.parameters[name]].flat().map((value) => `${name}=${encodeURIComponent(String(value))}`),
  );
  const headers = {
    "x-auth-token": "a-token",
    ...(body !== undefined && { "content-type": "application/json" }),
    ...Object.fromEntries(given("header").map(({ name }) => [name.toLowerCase(), textOf(name)])),
  };
  const target = query.length > 0 ? `${filled}?${query.join("&")}` : filled;
  return { method, path: target, headers, ...(body !== undefined && { body }) };
}

/** Requests that fit. */
export function sound({ parameters, body }: Operation): fc.Arbitrary<Request> {
  const required = parameters.filter((one) => one.required).map(({ name }) => name);
  const values = Object.fromEntries(parameters.map((parameter) => [parameter.name, sendable(parameter)]));
  return fc.record({
    parameters: fc.record(values, { requiredKeys: required }) as fc.Arbitrary<Request["parameters"]>,
    ...(body && { body: fitting(body) }),
  });
}

/** Requests that break one rule. */
export function unsound(operation: Operation, { rule, values }: Broken): fc.Arbitrary<Request> {
  const wrongParameter = operation.parameters.find(({ name }) => rule.endsWith(` of ${parameterRule(name)}`));
  return fc.tuple(sound(operation), values).map(([request, wrong]) => {
    if (wrongParameter === undefined) return { ...request, body: wrong };
    return { ...request, parameters: { ...request.parameters, [wrongParameter.name]: wrong } };
  });
}

export function brokenRules({ parameters, body }: Operation): Broken[] {
  // A URL and a header hold nothing but text, so that a type cannot be wrong there.
  const inParameters = parameters.flatMap(({ name, schema }) =>
    breaking(schema, parameterRule(name)).filter(({ rule }) => !rule.startsWith("type ")),
  );
  return [
    ...inParameters,
    ...(body ? breaking(body, "the body").filter(({ rule }) => rule !== "type of the body") : []),
  ];
}

/** What the rule of a parameter is called. A property of the body may have the name of a parameter. */
function parameterRule(name: string): string {
  return `the parameter ${name}`;
}

/** Values of a parameter that can travel where it stands. The client refuses the others, which paths.test.ts holds. */
function sendable({ in: place, schema }: Parameter): fc.Arbitrary<Json> {
  const values = fitting(schema);
  return values.filter((value) => {
    if (typeof value !== "string") return true;
    if (place === "path" && (value === "." || value === "..")) return false;
    return place === "header" ? /^[!-~]*$/.test(value) : !/\p{Surrogate}/u.test(value);
  });
}

export function mapped<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
