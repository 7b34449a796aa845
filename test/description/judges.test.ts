import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { ValidationError } from "geminidb-backup";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validators } from "../../generated/validators.js";
import { issuesOf } from "../../src/client/issues.js";
import { clientOf, created } from "../support/calls.js";
import { dereference, type Json, type Node } from "../support/facts.js";
import { json, listen, type TestServer } from "../support/http.js";
import { stockPrism } from "../support/prism.js";
import { type Broken, breaking, fitting } from "../support/requests.js";
import { times } from "../support/scale.js";
import { bundle } from "../support/transcript.js";

/** A request as the description has it: path parameters and a body. */
interface Request {
  parameters: Record<string, string>;
  body?: Json;
}
interface Operation {
  operationId: "createManualBackup" | "deleteManualBackup";
  method: string;
  path: string;
  parameters: Record<string, Node>;
  body?: Node;
}

const operations = Object.entries(dereference(bundle).paths as Node).flatMap(([path, item]) =>
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

const ajv = new Ajv2020({ strict: false });
let prism: Awaited<ReturnType<typeof stockPrism>>;
let server: TestServer;
beforeAll(async () => {
  prism = await stockPrism(bundle);
  server = await listen((_, response) => json(response, 202, created));
});
afterAll(() => server.close());

/** Whether each judge takes a request. */
async function verdicts(operation: Operation, request: Request): Promise<Record<string, boolean>> {
  const parameters = Object.entries(operation.parameters).every(([name, schema]) =>
    ajv.validate(schema, request.parameters[name]),
  );
  return {
    "Ajv 2020 on the bundle": parameters && (!operation.body || ajv.validate(operation.body, request.body)),
    "the shipped validator": issuesOf(validators[operation.operationId].input, flat(request)).length === 0,
    "stock Prism": (await prism(onTheWire(operation, request))).length === 0,
    "the client": await clientSends(operation, request),
  };
}

/** The input of the client: the parameters and the properties of the body in one object. */
function flat({ parameters, body }: Request): Node {
  return { ...parameters, ...(body as Node | undefined) };
}

function onTheWire({ method, path }: Operation, { parameters, body }: Request) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ""));
  const headers = { "x-auth-token": "a-token", ...(body !== undefined && { "content-type": "application/json" }) };
  return { method, path: filled, headers, ...(body !== undefined && { body }) };
}

/** Whether the client sends a request. If it does, what arrives must be the request, and nothing more. */
async function clientSends(operation: Operation, request: Request): Promise<boolean> {
  server.received.length = 0;
  const client = clientOf(server.url);
  try {
    await client[operation.operationId](flat(request) as never);
  } catch (error) {
    if (!ValidationError.is(error)) throw error;
    expect(server.received).toEqual([]);
    return false;
  }
  const { method, path, body } = onTheWire(operation, request);
  const [received, ...more] = server.received;
  expect(more).toEqual([]);
  expect(received?.method).toBe(method.toUpperCase());
  expect(received?.url).toBe(path);
  expect(received?.body === "" ? undefined : JSON.parse(received?.body ?? "")).toEqual(body);
  return true;
}

/** Requests that fit. */
function sound({ parameters, body }: Operation): fc.Arbitrary<Request> {
  return fc.record({
    parameters: fc.record(mapped(parameters, (schema) => segments(schema))),
    ...(body && { body: fitting(body) }),
  });
}

/** Requests that break one rule. */
function unsound(operation: Operation, { rule, values }: Broken): fc.Arbitrary<Request> {
  const inPath = Object.keys(operation.parameters).find((name) => rule.endsWith(` of ${name}`));
  return fc.tuple(sound(operation), values).map(([request, wrong]) => {
    if (inPath === undefined) return { ...request, body: wrong };
    return { ...request, parameters: { ...request.parameters, [inPath]: wrong as string } };
  });
}

function brokenRules({ parameters, body }: Operation): Broken[] {
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

function mapped<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
console.log(`To repeat these cases: SEED=${seed} npx vitest run test/description/judges`);
const share = (parts: number) => Math.ceil(times(250, 5000) / parts);

describe.each(operations)("$operationId: three judges and the client", (operation) => {
  it("take the same requests", async () => {
    await agree(operation, sound(operation), true, share(operations.length));
  });

  const rules = brokenRules(operation);
  it.each(rules)("refuse the same requests: $rule", async (broken) => {
    await agree(operation, unsound(operation, broken), false, share(operations.length * rules.length));
  });
});

/** Fails with the shrunk request and the seed, where a judge has another opinion. */
async function agree(operation: Operation, requests: fc.Arbitrary<Request>, expected: boolean, numRuns: number) {
  const property = fc.asyncProperty(requests, async (request) => {
    const found = await verdicts(operation, request);
    expect(found).toEqual(mapped(found, () => expected));
  });
  await fc.assert(property, { seed, numRuns });
}
