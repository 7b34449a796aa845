import { resolve } from "./references.js";
import {
  type Example,
  type Header,
  type MediaType,
  methods,
  type Parameter,
  type RawOperation,
  type RawRequestBody,
  type RawResponse,
  type Ref,
  type Schema,
  type Spec,
} from "./spec.js";

/** An operation with everything that it consists of, and where it is called. */
export interface Operation extends Pick<RawOperation, "operationId" | "summary" | "description" | "tags"> {
  /** In capitals. */
  method: string;
  path: string;
  parameters: Parameter[];
  requestBody: RequestBody | undefined;
  /** All of them: the success and the failures. */
  responses: ApiResponse[];
  /** The response with a status of 2xx. Each operation has one. */
  success: ApiResponse | undefined;
  /** The responses with a status of 4xx or 5xx. */
  failures: ApiResponse[];
  /** What the description says, with its extensions. */
  raw: RawOperation;
}

/** A body, of which the description knows one media type. */
export interface ApiBody {
  mediaType: string;
  schema: Schema;
  /** By name: those of a request with the simplest first, those of a response in the order of the description. */
  examples: NamedExample[];
}

export type NamedExample = [name: string, example: Example];

export interface RequestBody extends ApiBody {
  description: string;
  required: boolean;
}

export interface ApiResponse {
  status: string;
  description: string;
  headers: [name: string, header: Header][];
  body: ApiBody | undefined;
  raw: RawResponse;
}

/**
 * The operations in the order of the description, with their references followed: all of them if `dereferenced` made the
 * description, and otherwise all but those inside schemas.
 */
export function operationsOf(spec: Spec): Operation[] {
  return Object.entries(spec.paths).flatMap(([path, item]) =>
    methodsIn(item).flatMap((method) => {
      const operation = item[method];
      return operation ? [operationOf(spec, path, method, operation)] : [];
    }),
  );
}

function methodsIn(item: object) {
  return Object.keys(item).flatMap((key) => methods.find((method) => method === key) ?? []);
}

function operationOf(spec: Spec, path: string, method: string, raw: RawOperation): Operation {
  const { operationId, summary, description, tags } = raw;
  const responses = Object.entries(raw.responses ?? {}).map(([status, response]) => responseOf(spec, status, response));
  return {
    operationId,
    summary,
    description,
    tags: tags ?? [],
    method: method.toUpperCase(),
    path,
    parameters: parametersOf(spec, path, raw),
    requestBody: raw.requestBody && requestBodyOf(spec, raw.requestBody),
    responses,
    success: responses.find(({ status }) => status.startsWith("2")),
    failures: responses.filter(({ status }) => /^[45]/.test(status)),
    raw,
  };
}

/** The parameters of the path and of the operation. That of the operation replaces one with the same name and place. */
function parametersOf(spec: Spec, path: string, { parameters = [] }: RawOperation): Parameter[] {
  const all = [...(spec.paths[path]?.parameters ?? []), ...parameters].map((one) => resolve<Parameter>(spec, one));
  return [...new Map(all.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()];
}

/** The description of a parameter, followed by that of its schema, which explains the pattern. */
export function parameterWords({ description, schema }: Parameter): string {
  return [description, schema.description].filter(Boolean).join(" ");
}

function requestBodyOf(spec: Spec, reference: RawRequestBody | Ref): RequestBody | undefined {
  const { content, description = "", required = false } = resolve<RawRequestBody>(spec, reference);
  const body = bodyOf(spec, content);
  return body && { ...body, examples: simplestFirst(body.examples), description, required };
}

function responseOf(spec: Spec, status: string, reference: RawResponse | Ref): ApiResponse {
  const raw = resolve<RawResponse>(spec, reference);
  const headers = Object.entries(raw.headers ?? {}).map(([name, header]): [string, Header] => [
    name,
    resolve<Header>(spec, header),
  ]);
  return { status, description: raw.description, headers, body: bodyOf(spec, raw.content), raw };
}

function bodyOf(spec: Spec, content: Record<string, MediaType> | undefined): ApiBody | undefined {
  const [first] = Object.entries(content ?? {});
  if (first === undefined) return undefined;
  const [mediaType, { schema, examples = {} }] = first;
  const named = Object.entries(examples).map(
    ([name, example]): NamedExample => [name, resolve<Example>(spec, example)],
  );
  return { mediaType, schema, examples: named };
}

function simplestFirst(examples: readonly NamedExample[]): NamedExample[] {
  // An example without a value is refused, but only after this.
  const size = ([, { value }]: NamedExample) => (JSON.stringify(value) ?? "").length;
  return examples.toSorted((a, b) => size(a) - size(b));
}
