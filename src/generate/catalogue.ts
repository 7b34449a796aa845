import { bodyLimitsOf } from "./body-limits.js";
import { commandName } from "./commands.js";
import {
  type Example,
  errorsOf,
  type MediaType,
  mockPortOf,
  type OperationEntry,
  oneLine,
  operationsOf,
  type Ref,
  resolve,
  type Schema,
  type Spec,
} from "./description.js";

/**
 * `generated/catalogue.js`: what the mock, the command line and the site need to know of the description, with every
 * reference already followed.
 */
export function catalogue(spec: Spec): { code: string; types: string } {
  const { title, version, summary } = spec.info;
  const value = {
    title,
    version,
    summary,
    maxBodyBytes: bodyLimitsOf(spec)[0],
    mockPort: mockPortOf(spec),
    operations: operationsOf(spec).map((entry) => catalogueOperation(spec, entry)),
  };
  return { code: `export const catalogue = ${JSON.stringify(value, null, 2)};\n`, types };
}

function catalogueOperation(spec: Spec, entry: OperationEntry) {
  const { path, method, operation, requestBody, responses } = entry;
  const success = responses.find(({ status }) => status.startsWith("2"));
  const [example] = examplesOf(spec, success?.content);
  return {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path,
    command: commandName(operation),
    summary: operation.summary,
    description: operation.description.trim(),
    parameters: parametersOf(spec, entry),
    requestBody: requestBody && {
      mediaType: requestBody.mediaType,
      required: requestBody.required,
      schema: withoutReferences(spec, requestBody.content.schema),
      examples: examplesOf(spec, requestBody.content),
    },
    success: {
      status: Number(success?.status ?? 200),
      example: example?.name ?? "",
      headers: headersOf(spec, success),
      body: example?.value,
    },
    failures: failuresOf(spec, entry),
    fieldCodes: fieldCodesOf(spec, entry),
    state: operation["x-state"],
  };
}

function parametersOf(spec: Spec, { parameters }: OperationEntry) {
  return parameters.map((parameter) => ({
    name: parameter.name,
    in: parameter.in,
    required: parameter.required ?? false,
    description: oneLine(parameter.description),
    schema: withoutReferences(spec, parameter.schema),
    example: parameter.example,
  }));
}

function failuresOf(spec: Spec, { operation, responses }: OperationEntry) {
  const failures = errorsOf(spec).filter(({ operations }) => operations.includes(operation.operationId));
  return failures.map(({ status, name, meaning, advice, value }) => ({
    status: Number(status),
    example: name,
    code: value.error_code,
    meaning,
    advice,
    headers: headersOf(
      spec,
      responses.find((response) => response.status === status),
    ),
    body: value,
  }));
}

/** The error codes of parameters and of properties of the body that have one, by name. */
function fieldCodesOf(spec: Spec, { parameters, requestBody }: OperationEntry): Record<string, unknown> {
  const body = requestBody && resolve<Schema>(spec, requestBody.content.schema);
  const fields = [
    ...parameters.map(({ name, schema }) => [name, schema] as const),
    ...Object.entries(body?.properties ?? {}),
  ];
  return Object.fromEntries(
    fields.flatMap(([name, field]) => {
      const code = resolve<Schema>(spec, field)["x-error-code"];
      return code ? [[name, code]] : [];
    }),
  );
}

/** The documented example of each header of a response, and its content type. */
function headersOf(spec: Spec, entry: OperationEntry["responses"][number] | undefined): Record<string, string> {
  const headers: Record<string, string> = entry?.mediaType ? { "content-type": entry.mediaType } : {};
  for (const [name, reference] of Object.entries(entry?.response.headers ?? {})) {
    const { example } = resolve<{ example?: unknown }>(spec, reference as Ref);
    if (example !== undefined) headers[name.toLowerCase()] = String(example);
  }
  return headers;
}

function examplesOf(spec: Spec, content: MediaType | undefined) {
  return Object.entries(content?.examples ?? {}).map(([name, reference]) => {
    const { summary = "", value } = resolve<Example>(spec, reference);
    return { name, summary, value };
  });
}

/** A schema with what each reference leads to in its place. */
function withoutReferences(spec: Spec, schema: Schema): Schema {
  const follow = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(follow);
    if (typeof node !== "object" || node === null) return node;
    if ("$ref" in node && typeof node.$ref === "string") return follow(resolve<Schema>(spec, { $ref: node.$ref }));
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, follow(value)]));
  };
  return follow(schema) as Schema;
}

const types = `import type { ErrorCode, OperationId } from "./operations.js";

/** A JSON Schema, with its references followed. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly [keyword: string]: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
  /** The documented example value. */
  readonly example: unknown;
}

export interface RequestBody {
  readonly mediaType: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly examples: readonly { readonly name: string; readonly summary: string; readonly value: unknown }[];
}

/** The documented example of each header of a response, and its content type, by names in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** One documented failure of an operation. */
export interface Failure {
  readonly status: number;
  /** The name of the example: the error code, where the body has one. */
  readonly example: string;
  readonly code?: ErrorCode;
  readonly meaning: string;
  readonly advice: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** How an operation changes what the mock remembers. See docs/extensions.md, x-state. */
export interface StateRule {
  readonly effect: "create" | "delete";
  readonly id: string;
  readonly within: string;
  readonly unique?: string;
  readonly occupies?: string;
  readonly conflict?: ErrorCode;
  readonly full?: ErrorCode;
  readonly missing?: ErrorCode;
  readonly busy?: ErrorCode;
}

export interface CatalogueOperation {
  readonly operationId: OperationId;
  readonly method: string;
  readonly path: string;
  /** The name of the command on the command line. */
  readonly command: string;
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody;
  /** The documented 2xx response. */
  readonly success: { readonly status: number; readonly example: string; readonly headers: Headers; readonly body?: Readonly<Record<string, unknown>> };
  readonly failures: readonly Failure[];
  /** The error code with which the service refuses a wrong value of this field. */
  readonly fieldCodes: Readonly<Record<string, ErrorCode>>;
  readonly state?: StateRule;
}

export declare const catalogue: {
  readonly title: string;
  readonly version: string;
  readonly summary: string;
  /** The largest request body that the gateway accepts. */
  readonly maxBodyBytes: number;
  /** Where the mock listens on this machine, unless it is told otherwise. */
  readonly mockPort: number;
  readonly operations: readonly CatalogueOperation[];
};
`;
