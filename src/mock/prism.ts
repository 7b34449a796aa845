/**
 * Everything that knows Prism. Only its validators are used: they load without the parts that invent values or read
 * Postman collections, which are most of Prism's start. What to answer is decided elsewhere, from the catalogue.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fullCheckLimit } from "./limits.js";
import { isEmptyHeader } from "./outcome.js";
import { resolvePrism } from "./prism-package.js";

/** Why a request, or an answer, breaks the description. */
export interface Violation {
  /** Where: `["body", "name"]`. */
  readonly path: readonly string[];
  readonly message: string;
}

/** A request as the validators take it. */
export interface JudgedRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body. */
  readonly body: unknown;
  /** The body's length in bytes. */
  readonly size: number;
}
export interface JudgedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Says what is wrong with a request or an answer of one operation. */
export interface Judge {
  /** What is wrong with the credentials. */
  security(request: JudgedRequest): readonly Violation[];
  /** What is wrong with everything else. A body above `fullCheckLimit` bytes is only checked up to its first fault. */
  input(request: JudgedRequest): readonly Violation[];
  output(answer: JudgedAnswer): readonly Violation[];
}

interface Diagnostic {
  readonly path?: readonly (string | number)[];
  readonly message: string;
}
type Checked = { readonly _tag: "Left"; readonly left: readonly Diagnostic[] } | { readonly _tag: "Right" };
type Validator = (subject: { resource: PrismOperation; element: unknown }) => Checked;
interface Content {
  readonly mediaType: string;
  readonly schema?: object;
}
/** An operation as Prism's validators take it. See src/generate/prism.ts. */
interface PrismOperation {
  readonly iid?: string;
  readonly path: string;
  readonly request?: {
    readonly path?: readonly object[] | undefined;
    readonly body?: { readonly contents?: readonly Content[] };
  };
  readonly responses: readonly { readonly code: string; readonly contents?: readonly Content[] }[];
  readonly __bundled__?: object;
}
/** A compiled schema of Ajv, which Prism brings along. */
interface Compiled {
  (value: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}
interface Prism {
  readonly validateSecurity: Validator;
  readonly validateInput: Validator;
  readonly validateOutput: Validator;
  readonly validatePath: (values: object, specs: readonly object[], context: number, bundle: unknown) => Checked;
  compile(schema: object): Compiled;
}

let shared: ReadonlyMap<string, Judge> | undefined;

/**
 * The judges by operationId. They are made once in a process.
 * @throws {Error} in one sentence, when Prism is not installed
 */
export function judges(): ReadonlyMap<string, Judge> {
  if (!shared) {
    const url = new URL("../../generated/prism.json", import.meta.url);
    shared = judgesOf(JSON.parse(readFileSync(url, "utf8")));
  }
  return shared;
}

/** The judges of operations in Prism's form, by operationId. */
export function judgesOf(operations: readonly PrismOperation[]): ReadonlyMap<string, Judge> {
  const prism = loadPrism();
  return new Map(operations.map((operation) => [operation.iid ?? "", judgeOf(prism, operation)]));
}

function judgeOf(prism: Prism, operation: PrismOperation): Judge {
  const contents = operation.request?.body?.contents ?? [];
  // Prism would compile the path template again for each request. The route has matched it already.
  const withoutPath = { ...operation, request: { ...operation.request, path: undefined } };
  checkRequestSchemas(prism, operation);
  const checkedStatuses = new Set<number>();
  const bodies = new Map<string, Compiled | undefined>();
  const bodyValidatorFor = (request: JudgedRequest) => {
    const essence = essenceOf(request);
    const content = contents.find(({ mediaType }) => mediaType === essence);
    if (content && !bodies.has(essence)) bodies.set(essence, compiled(prism, operation, content.schema));
    return bodies.get(essence);
  };
  return {
    security: (request) =>
      violations(prism.validateSecurity({ resource: operation, element: elementOf(request, contents) })),
    input(request) {
      const validateBody = request.size > fullCheckLimit ? bodyValidatorFor(request) : undefined;
      if (validateBody && !validateBody(request.body)) return [firstFault(validateBody)];
      const checked = prism.validateInput({ resource: withoutPath, element: elementOf(request, contents) });
      return [...violations(checked), ...pathFaults(prism, operation, request)];
    },
    output({ status, headers, body }) {
      if (!checkedStatuses.has(status)) checkResponseSchemas(prism, operation, status);
      checkedStatuses.add(status);
      const element = { statusCode: status, headers, body };
      return violations(prism.validateOutput({ resource: operation, element }));
    },
  };
}

/**
 * Prism takes everything for valid where a schema does not compile. So it is first given a body that no object schema
 * takes; where it does not complain, the schema is compiled here, which says what is wrong with it.
 * @throws {Error} when a reference of the description leads nowhere
 */
function checkRequestSchemas(prism: Prism, operation: PrismOperation): void {
  for (const { mediaType, schema } of operation.request?.body?.contents ?? []) {
    const headers = { "content-type": mediaType, "content-length": "1" };
    const element = { method: "", url: { path: operation.path, query: {} }, headers, body: wrongBody };
    if (!complainsOfBody(prism.validateInput({ resource: operation, element }))) compiled(prism, operation, schema);
  }
}

/** The same for the responses of one status. */
function checkResponseSchemas(prism: Prism, operation: PrismOperation, status: number): void {
  const response = operation.responses.find(({ code }) => code === String(status));
  for (const { mediaType, schema } of response?.contents ?? []) {
    const element = { statusCode: status, headers: { "content-type": mediaType }, body: wrongBody };
    if (!complainsOfBody(prism.validateOutput({ resource: operation, element }))) compiled(prism, operation, schema);
  }
}

const wrongBody = 1;

function complainsOfBody(checked: Checked): boolean {
  return violations(checked).some(({ path }) => path[0] === "body");
}

/** A schema, compiled as Prism compiles it, but to stop at the first fault. @throws {Error} when it cannot be compiled */
function compiled(prism: Prism, operation: PrismOperation, schema: object | undefined): Compiled | undefined {
  return schema && prism.compile({ ...schema, __bundled__: operation.__bundled__ });
}

/** What is wrong with the path parameters. Prism's own way would take a text with a comma for a list. */
function pathFaults(prism: Prism, operation: PrismOperation, { parameters }: JudgedRequest): Violation[] {
  const { path = [] } = operation.request ?? {};
  return violations(prism.validatePath(parameters, path, requestContext, operation.__bundled__));
}

/** Prism's name for the checks of a request, as opposed to those of a response. */
const requestContext = 0;

function firstFault({ errors }: Compiled): Violation {
  const [error] = errors ?? [];
  const path = (error?.instancePath ?? "").split("/").filter(Boolean);
  return {
    path: ["body", ...path],
    message: `${error?.message ?? "is wrong"} (a large body is checked up to its first fault)`,
  };
}

/**
 * The request as Prism can take it. Prism counts an empty header as credentials, which the service does not; it ends
 * with an exception on a media type that it cannot parse; and it takes `application/anything+json` for
 * `application/json`.
 */
function elementOf(request: JudgedRequest, contents: readonly Content[]) {
  const { method, path, query, headers, body, size } = request;
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!isEmptyHeader(value)) given[name] = value;
  }
  delete given.accept;
  delete given.prefer;
  if (headers["content-type"] !== undefined || size > 0) {
    const essence = essenceOf(request);
    const known = contents.some(({ mediaType }) => mediaType === essence);
    given["content-type"] = known ? essence : "application/unknown";
  }
  given["content-length"] = String(size);
  return { method: method.toLowerCase(), url: { path, query }, headers: given, body };
}

/** The media type without its parameters. */
function essenceOf({ headers }: JudgedRequest): string {
  const [essence = ""] = (headers["content-type"] ?? "").split(";");
  return essence.trim().toLowerCase();
}

function violations(checked: Checked): Violation[] {
  if (checked._tag === "Right") return [];
  return checked.left.map(({ path = [], message }) => ({ path: path.map(String), message }));
}

function loadPrism(): Prism {
  const require = createRequire(import.meta.url);
  // Prism's own dependencies are found from where Prism is, whether or not the package manager hoists them.
  const fromPrism = createRequire(resolvePrism());
  const validator = require("@stoplight/prism-http/dist/validator");
  const { validatePath } = require("@stoplight/prism-http/dist/validator/validators");
  const Ajv = fromPrism("ajv").default;
  const ajv = new Ajv({ strict: false, allowUnionTypes: true, logger: false, validateFormats: false });
  return { ...validator, validatePath, compile: (schema) => ajv.compile(schema) };
}
