// Generated from openapi/ by `npm run generate`. Do not edit.
import type { ErrorCode, OperationId } from "./operations.js";

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
  /** The simplest first. */
  readonly examples: readonly { readonly name: string; readonly summary: string; readonly value: unknown }[];
}

/** The documented example of each header of a response, and its content type, by names in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** One documented failure of an operation. */
export interface Failure {
  readonly status: number;
  /** The name of the example: the error code, where the body has one. The status, where there is no body. */
  readonly example: string;
  readonly code?: ErrorCode;
  readonly meaning: string;
  readonly advice: string;
  readonly headers: Headers;
  readonly body?: unknown;
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
  /** Path and query of a documented request: each required parameter with its example. */
  readonly exampleTarget: string;
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
  /** What the gateway answers where there is no such API. */
  readonly unknownRoute: Failure;
  readonly operations: readonly CatalogueOperation[];
};
