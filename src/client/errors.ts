import type { ErrorCode, OperationId } from "../../generated/operations.js";

/** An operation of the spec, or method and path for a call through `raw` that is none. */
export type OperationName = OperationId | (string & {});

const kindKey = Symbol.for("geminidb-backup.kind");

interface Context {
  operation?: OperationName | undefined;
  cause?: unknown;
}

/**
 * What every error of this package is. `is` and `instanceof` tell the kind, also when the error comes from another
 * copy of the package: each kind leaves a mark that all copies share.
 */
export class GeminiDBError extends Error {
  static {
    mark(this, "GeminiDBError");
  }
  /** The operation that failed. */
  readonly operation: OperationName | undefined;

  constructor(message: string, { operation, cause }: Context = {}) {
    super(operation ? `${operation}: ${message}` : message, cause === undefined ? undefined : { cause });
    this.operation = operation;
  }

  /** Whether `error` is of this class, made by any copy of the package. */
  declare static is: (error: unknown) => error is GeminiDBError;

  static override [Symbol.hasInstance](error: unknown): boolean {
    const kind = Object.getOwnPropertyDescriptor(this, kindKey)?.value as symbol | undefined;
    return kind ? has(error, kind) : Function.prototype[Symbol.hasInstance].call(this, error);
  }
}

/** The service refused: an answer with a status of 4xx or 5xx. */
export class ApiError extends GeminiDBError {
  static {
    mark(this, "ApiError");
  }
  declare static is: (error: unknown) => error is ApiError;
  /** The HTTP status. It does not tell the cause: branch on `code`. */
  readonly status: number;
  /** The error code of the body; undefined where the answer has none, such as a proxy's HTML page. */
  readonly code: ErrorCode | (string & {}) | undefined;
  /** The number of the request at the gateway. Quote it when you ask for support. */
  readonly requestId: string | undefined;
  /** Whether it is safe, and may help, to send the same call again later. */
  readonly retryable: boolean;
  /** The parsed body; its text, where it is no JSON. */
  readonly body: unknown;
  /** The answer. Its body has been read: see `body`. */
  readonly response: Response;

  constructor(
    message: string,
    answer: Context & Pick<ApiError, "status" | "code" | "requestId" | "retryable" | "body" | "response">,
  ) {
    super(message, answer);
    this.status = answer.status;
    this.code = answer.code;
    this.requestId = answer.requestId;
    this.retryable = answer.retryable;
    this.body = answer.body;
    this.response = answer.response;
  }
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
  static {
    mark(this, "ValidationError");
  }
  declare static is: (error: unknown) => error is ValidationError;
  /** Every reason at once. */
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[], context: Context = {}) {
    super(`${describe(issues, "the input").replace(/\.?$/, ".")} Nothing was sent`, context);
    this.issues = issues;
  }
}

/** There was an answer, but not one that the spec describes: a redirect, no JSON, missing keys, or too long. */
export class UnexpectedResponseError extends GeminiDBError {
  static {
    mark(this, "UnexpectedResponseError");
  }
  declare static is: (error: unknown) => error is UnexpectedResponseError;
  readonly status: number;
  /** What was answered, as far as it was read. */
  readonly body: unknown;

  constructor(message: string, answer: Context & { status: number; body?: unknown }) {
    super(message, answer);
    this.status = answer.status;
    this.body = answer.body;
  }
}

/** No answer: no connection, or one that broke. `cause.code` tells the reason where the runtime does, such as `ECONNREFUSED`. */
export class ConnectionError extends GeminiDBError {
  static {
    mark(this, "ConnectionError");
  }
  declare static is: (error: unknown) => error is ConnectionError;
}

/** No answer in time. */
export class TimeoutError extends GeminiDBError {
  static {
    mark(this, "TimeoutError");
  }
  declare static is: (error: unknown) => error is TimeoutError;
}

/** No token could be had, or it cannot be sent. Nothing was sent to the service. */
export class AuthenticationError extends GeminiDBError {
  static {
    mark(this, "AuthenticationError");
  }
  declare static is: (error: unknown) => error is AuthenticationError;
}

/** All reasons in one line. `whole` names the value itself. */
export function describe(issues: readonly Issue[], whole: string): string {
  return issues.map(({ path, message }) => `${path || whole} ${message}`).join("; ");
}

/** Adds the operation to an error that was made where it is not known. */
export function attribute(error: GeminiDBError, operation: OperationName): GeminiDBError {
  if (error.operation) return error;
  return Object.assign(error, { operation, message: `${operation}: ${error.message}` });
}

/** Gives a class its stable name, which a minifier would change, and the mark that all copies of the package share. */
function mark(type: { prototype: object }, name: string): void {
  const kind = Symbol.for(`geminidb-backup.${name}`);
  Object.defineProperties(type, { [kindKey]: { value: kind }, is: { value: (error: unknown) => has(error, kind) } });
  Object.defineProperties(type.prototype, {
    name: { value: name, configurable: true },
    [kind]: { value: true },
  });
}

function has(error: unknown, kind: symbol): boolean {
  return typeof error === "object" && error !== null && kind in error;
}
