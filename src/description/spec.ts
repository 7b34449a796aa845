/** The shapes of the bundled description, `generated/openapi.json`. Only what is used is typed. */
export interface Spec {
  openapi: string;
  info: { title: string; version: string; summary: string; description: string };
  servers: Server[];
  tags: Tag[];
  security: Record<string, string[]>[];
  paths: Record<string, PathItem>;
  components: {
    securitySchemes: Record<string, SecurityScheme>;
    [kind: string]: Record<string, unknown>;
  };
}
/** The keys of a path that hold an operation. */
export const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
type PathItem = { [Method in (typeof methods)[number]]?: RawOperation } & { parameters?: (Parameter | Ref)[] };
export interface Ref {
  $ref: string;
}
export interface Tag {
  name: string;
  description: string;
  /** Only in the copy for Redoc: a section without operations. */
  "x-traitTag"?: boolean;
}
export interface Server {
  url: string;
  description: string;
  variables?: Record<string, { default: string; enum?: string[]; description?: string }>;
  /** The address of the identity service that belongs to this server. */
  "x-iam"?: string;
}
export interface SecurityScheme {
  type: string;
  in: string;
  name: string;
  description: string;
  "x-token-request"?: { path: string; header: string; maxBytes: number };
}
export interface RawOperation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  "x-state"?: StateRule;
  "x-cli-name"?: string;
  parameters?: (Parameter | Ref)[];
  requestBody?: RawRequestBody | Ref;
  /** OpenAPI 3.1 lets an operation leave them out. */
  responses?: Record<string, RawResponse | Ref>;
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
export interface RawRequestBody {
  description?: string;
  required?: boolean;
  content: Record<string, MediaType>;
}
export interface RawResponse {
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
  "x-unknown-route"?: boolean;
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
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  pattern?: string;
  [keyword: string]: unknown;
}
