import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { ValidationError } from "geminidb-backup";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validators } from "../../generated/validators.js";
import { issuesOf } from "../../src/client/issues.js";
import { clientOf } from "../support/calls.js";
import type { Json, Node } from "../support/facts.js";
import { json, listen, type TestServer } from "../support/http.js";
import { hyperjumpOf } from "../support/hyperjump.js";
import {
  brokenRules,
  mapped,
  type Operation,
  onTheWire,
  operations,
  type Request,
  sound,
  unsound,
} from "../support/operations.js";
import { stockPrism } from "../support/prism.js";
import { assertProperty } from "../support/properties.js";
import { times } from "../support/scale.js";
import { bundle } from "../support/transcript.js";

const ajv = new Ajv2020({ strict: false });
/** Hyperjump's validator of each schema. All other judges are made of Ajv, and would be wrong together with it. */
const hyperjump = new Map<Node, (value: unknown) => boolean>();
let prism: Awaited<ReturnType<typeof stockPrism>>;
let server: TestServer;
/** The operation whose success the server answers with. */
let called: Operation;
beforeAll(async () => {
  for (const { parameters, body } of operations) {
    const schemas = [...parameters.map(({ schema }) => schema), ...(body ? [body] : [])];
    for (const schema of schemas) hyperjump.set(schema, await hyperjumpOf(schema));
  }
  prism = await stockPrism(bundle);
  server = await listen((_, response) => json(response, called.success.status, called.success.body));
});
afterAll(() => server.close());

/** Whether each judge takes a request. */
async function verdicts(operation: Operation, request: Request): Promise<Record<string, boolean>> {
  return {
    "Ajv 2020 on the bundle": fits(operation, request, (schema, value) => ajv.validate(schema, value)),
    "Hyperjump on the bundle": fits(operation, request, (schema, value) => hyperjump.get(schema)?.(value) ?? false),
    "the shipped validator": issuesOf(validators[operation.operationId].input, flat(request)).length === 0,
    "stock Prism": (await prism(onTheWire(operation, request))).length === 0,
    "the client": await clientSends(operation, request),
  };
}

type IsValid = (schema: Node, value: Json | undefined) => boolean;

function fits({ parameters, body }: Operation, request: Request, isValid: IsValid): boolean {
  const parametersFit = parameters.every(({ name, required, schema }) => {
    const value = request.parameters[name];
    return value === undefined ? !required : isValid(schema, value);
  });
  return parametersFit && (!body || isValid(body, request.body));
}

/** The input of the client: the parameters and the properties of the body in one object. */
function flat({ parameters, body }: Request): Node {
  return { ...parameters, ...(body as Node | undefined) };
}

/** Whether the client sends a request. If it does, what arrives must be the request, and nothing more. */
async function clientSends(operation: Operation, request: Request): Promise<boolean> {
  server.received.length = 0;
  called = operation;
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

const share = (parts: number) => Math.ceil(times(250, 5000) / parts);

describe.each(operations)("$operationId: four judges and the client", (operation) => {
  it("take the same requests", async () => {
    await agree(operation, sound(operation), true, share(operations.length));
  });

  const rules = brokenRules(operation);
  it("have rules that a request can break", () => {
    expect(rules).not.toEqual([]);
  });
  it.each(rules)("refuse the same requests: $rule", async (broken) => {
    await agree(operation, unsound(operation, broken), false, share(operations.length * rules.length));
  });
});

/** Fails with the shrunk request, where a judge has another opinion. */
async function agree(operation: Operation, requests: fc.Arbitrary<Request>, expected: boolean, numRuns: number) {
  const property = fc.asyncProperty(requests, async (request) => {
    const found = await verdicts(operation, request);
    expect(found).toEqual(mapped(found, () => expected));
  });
  await assertProperty(property, numRuns);
}
