import { mergedParameters, resolvePointer } from "../openapi.js";

/** The shapes of the bundled description that the generator reads. Only what is used is typed. */
export interface Spec {
  openapi: string;
  info: { title: string; version: string; summary: string; description: string };
  servers: Server[];
  tags: { name: string; description: string; [extension: `x-${string}`]: unknown }[];
  security: Record<string, string[]>[];
  paths: Record<string, PathItem>;
  components: {
    securitySchemes: Record<string, SecurityScheme>;
    [kind: string]: Record<string, unknown>;
  };
}
type PathItem = { [Method in HttpMethod]?: Operation } & { parameters?: (Parameter | Ref)[] };
type HttpMethod = (typeof methods)[number];
export interface Server {
  url: string;
  description: string;
  variables?: Record<string, { default: string; enum?: string[]; description?: string }>;
  "x-iam"?: string;
}
export interface SecurityScheme {
  type: string;
  in: string;
  name: string;
  description: string;
  "x-token-request"?: { path: string; header: string; maxBytes: number };
}
export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  "x-state"?: StateRule;
  "x-cli-name"?: string;
  parameters?: (Parameter | Ref)[];
  requestBody?: RequestBody | Ref;
  /** OpenAPI 3.1 lets an operation leave them out. */
  responses?: Record<string, Response | Ref>;
}
/** How an operation changes what the mock remembers. Codes are the names of error examples. */
export interface StateRule {
  effect: "create" | "delete";
  /** The name of the resource's id: a property of the answer of a create, a path parameter of a delete. */
  id: string;
  /** The path parameter that separates one owner's resources from another's. */
  within: string;
  /** The property of the body that no two resources share. */
  unique?: string;
  /** The path parameter of the resource that is busy until the operation is done. */
  occupies?: string;
  conflict?: string;
  /** The error code when the owner's quota is used up. */
  full?: string;
  missing?: string;
  busy?: string;
}
export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  description: string;
  schema: Schema;
  example?: unknown;
  style?: string;
  explode?: boolean;
  allowReserved?: boolean;
  content?: unknown;
}
export interface RequestBody {
  description?: string;
  required?: boolean;
  content: Record<string, MediaType>;
}
export interface Response {
  description: string;
  "x-max-body-bytes"?: number;
  headers?: Record<string, Header | Ref>;
  content?: Record<string, MediaType>;
}
export interface Header {
  description: string;
  schema: Schema;
  example?: unknown;
}
export interface MediaType {
  schema: Schema;
  examples?: Record<string, Example | Ref>;
}
export interface Example {
  summary?: string;
  description?: string;
  value: unknown;
  "x-transient"?: Transient;
  "x-new-token"?: boolean;
  "x-repeat-later"?: boolean;
}
/** Why the same request may succeed later, and how long to wait at least, in seconds. */
export interface Transient {
  reason: "busy" | "throttled" | "server" | "token";
  wait?: number;
}
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  [keyword: string]: unknown;
}
export interface Ref {
  $ref: string;
}

/** The port of the server on this machine, at which the mock listens. Undefined where the description has none. */
export function mockPortOf({ servers }: Spec): number | undefined {
  const addresses = servers.map(({ url, variables = {} }) =>
    url.replace(/\{([^}]*)\}/g, (_, name: string) => variables[name]?.default ?? ""),
  );
  const port = addresses.map((address) => /^http:\/\/127\.0\.0\.1:(\d+)/.exec(address)?.[1]).find(Boolean);
  return port === undefined ? undefined : Number(port);
}

/** Whether a media type is JSON, such as `application/merge-patch+json`. */
export function isJson(mediaType: string): boolean {
  return /^application\/([\w.-]+\+)?json(?![\w+.-])/i.test(mediaType);
}

/** A text as one line, whatever line breaks the source has. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Follows a `$ref` within the bundle, however many stand in a row. */
export function resolve<T extends object>(spec: Spec, node: T | Ref): T {
  let target: unknown = node;
  while (target && typeof target === "object" && "$ref" in target) {
    target = resolvePointer(spec, String(target.$ref));
  }
  return target as T;
}

export interface OperationEntry {
  path: string;
  method: HttpMethod;
  operation: Operation;
  parameters: Parameter[];
  requestBody: { mediaType: string; required: boolean; description: string; content: MediaType } | undefined;
  responses: { status: string; response: Response; mediaType: string | undefined; content: MediaType | undefined }[];
}

export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** Every operation of the spec, with its references followed. */
export function operationsOf(spec: Spec): OperationEntry[] {
  return Object.entries(spec.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [operationEntry(spec, path, method, operation, item.parameters ?? [])] : [];
    }),
  );
}

function operationEntry(
  spec: Spec,
  path: string,
  method: HttpMethod,
  operation: Operation,
  ofPath: readonly (Parameter | Ref)[],
): OperationEntry {
  const body = operation.requestBody && resolve<RequestBody>(spec, operation.requestBody);
  const media = body && Object.entries(body.content)[0];
  return {
    path,
    method,
    operation,
    parameters: mergedParameters(
      ofPath.map((parameter) => resolve<Parameter>(spec, parameter)),
      (operation.parameters ?? []).map((parameter) => resolve<Parameter>(spec, parameter)),
    ),
    requestBody: media && {
      mediaType: media[0],
      required: body.required ?? false,
      description: body.description ?? "",
      content: media[1],
    },
    responses: Object.entries(operation.responses ?? {}).map(([status, reference]) => {
      const response = resolve<Response>(spec, reference);
      const content = Object.entries(response.content ?? {})[0];
      return { status, response, mediaType: content?.[0], content: content?.[1] };
    }),
  };
}

export interface ErrorEntry {
  status: string;
  /** The name of the example: the error code, where the body has one. */
  name: string;
  /** Where `generated/reference.md` explains it. It never changes, because errors of the client name it. */
  anchor: string;
  meaning: string;
  advice: string;
  transient: Transient | undefined;
  newToken: boolean;
  /** Whether the same request may succeed once something has changed that the client does not wait for. */
  repeatLater: boolean;
  value: { error_code?: string; error_msg?: string };
  operations: string[];
}

/** The error catalogue: each named example of a 4xx or 5xx answer, once, with the operations that know it. */
export function errorsOf(spec: Spec): ErrorEntry[] {
  const entries = new Map<string, Omit<ErrorEntry, "anchor">>();
  for (const { operation, responses } of operationsOf(spec)) {
    for (const { status, content } of responses.filter(({ status }) => status >= "400")) {
      for (const [name, reference] of Object.entries(content?.examples ?? {})) {
        const known = entries.get(`${status} ${name}`) ?? errorOf(status, name, resolve<Example>(spec, reference));
        known.operations.push(operation.operationId);
        entries.set(`${status} ${name}`, known);
      }
    }
  }
  return withAnchors(
    [...entries.values()].sort((a, b) => a.status.localeCompare(b.status) || a.name.localeCompare(b.name)),
  );
}

function errorOf(status: string, name: string, example: Example): Omit<ErrorEntry, "anchor"> {
  return {
    status,
    name,
    meaning: example.summary ?? "",
    advice: example.description ?? "",
    transient: example["x-transient"],
    newToken: example["x-new-token"] ?? false,
    repeatLater: example["x-repeat-later"] ?? false,
    value: example.value as ErrorEntry["value"],
    operations: [],
  };
}

/** The anchor is the name alone, or the name with the status where a lower status has the same name. */
function withAnchors(entries: Omit<ErrorEntry, "anchor">[]): ErrorEntry[] {
  const seen = new Set<string>();
  return entries.map((entry) => {
    const anchor = seen.has(entry.name) ? `${entry.name}-${entry.status}` : entry.name;
    seen.add(entry.name);
    return { ...entry, anchor };
  });
}
