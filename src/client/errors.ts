import type { ErrorCode, OperationId } from "../../generated/operations.js";

/** An operation of the spec, or method and path for a call through `raw` that is none. */
export type OperationName = OperationId | (string & {});

/** What an error tells beside its message. Each class says which of it. */
type Details = { operation?: OperationName | undefined; cause?: unknown } & Record<string, unknown>;

/**
 * What every error of this package is. `is` and `instanceof` tell the kind, also when the error comes from another
 * copy of the package: each kind leaves a mark that all copies share.
 */
export class GeminiDBError extends Error {
  /** Whether `error` is of this class, made by any copy of the package. */
  declare static is: (error: unknown) => error is GeminiDBError;
  /** The operation that failed. */
  declare readonly operation: OperationName | undefined;

  constructor(message: string, { cause, operation, ...details }: Details = {}) {
    super(operation ? `${operation}: ${message}` : message, cause ? { cause } : undefined);
    Object.assign(this, { operation }, details);
  }

  static override [Symbol.hasInstance](error: unknown): boolean {
    // A subclass has no mark of its own.
    // biome-ignore lint/suspicious/noPrototypeBuiltins: of a prototype that is an error's
    return Object.hasOwn(this, "is") ? this.is(error) : this.prototype.isPrototypeOf(error as object);
  }
}

/** The service refused: an answer with a status of 4xx or 5xx. */
export class ApiError extends GeminiDBError {
  declare static is: (error: unknown) => error is ApiError;
  /** The HTTP status. It does not tell the cause: branch on `code`. */
  declare readonly status: number;
  /** The error code of the body; undefined where the answer has none, such as a proxy's HTML page. */
  declare readonly code: ErrorCode | (string & {}) | undefined;
  /** The number of the request at the gateway. Quote it when you ask for support. */
  declare readonly requestId: string | undefined;
  /** Whether it is safe, and may help, to send the same call again later. */
  declare readonly retryable: boolean;
  /** The parsed body; its text, where it is no JSON. */
  declare readonly body: unknown;
  /** The answer. Its body has been read: see `body`. */
  declare readonly response: Response;
}

/** One reason why a value was refused. */
export interface Issue {
  /** The field, such as `name` or `database_tables[0].database_name`. */
  readonly path: string;
  /** The rule that it breaks, as JSON Schema calls it, such as `maxLength`. */
  readonly keyword: string;
  /** What is allowed. */
  readonly message: string;
}

/** The input breaks the spec. Nothing was sent. */
export class ValidationError extends GeminiDBError {
  declare static is: (error: unknown) => error is ValidationError;
  /** Every reason at once. */
  declare readonly issues: readonly Issue[];
}

/** There was an answer, but not one that the spec describes: a redirect, no JSON, missing keys, or too long. */
export class UnexpectedResponseError extends GeminiDBError {
  declare static is: (error: unknown) => error is UnexpectedResponseError;
  declare readonly status: number;
  /** What was answered, as far as it was read. */
  declare readonly body: unknown;
}

/** No answer: no connection, or one that broke. `cause.code` tells the reason where the runtime does, such as `ECONNREFUSED`. */
export class ConnectionError extends GeminiDBError {
  declare static is: (error: unknown) => error is ConnectionError;
}

/** No answer in time. */
export class TimeoutError extends GeminiDBError {
  declare static is: (error: unknown) => error is TimeoutError;
}

/** No token could be had, or it cannot be sent. Nothing was sent to the service. */
export class AuthenticationError extends GeminiDBError {
  declare static is: (error: unknown) => error is AuthenticationError;
}

// The names are written out, since a minifier changes those of the classes.
const kinds = {
  GeminiDBError,
  ApiError,
  ValidationError,
  UnexpectedResponseError,
  ConnectionError,
  TimeoutError,
  AuthenticationError,
};
for (const [name, type] of Object.entries(kinds)) {
  const mark = Symbol.for(`geminidb-backup.${name}`);
  Object.assign(type, { is: (error: unknown) => mark in Object(error) });
  Object.assign(type.prototype, { name, [mark]: true });
}

/** All reasons in one line. */
export function describe(issues: readonly Issue[]): string {
  return issues.map(({ path, message }) => `${path || "body"} ${message}`).join("; ");
}
