import type { ErrorCode, OperationId } from "../../generated/operations.js";
import { propertyOf } from "./untrusted.js";

/** An operation of the description; for any other call through `raw`, its method and path. */
export type OperationName = OperationId | (string & {});

/**
 * What is known of a failed call, over all its attempts.
 * - `not-sent`: the service received no request.
 * - `refused`: the service answered that it did not carry the operation out.
 * - `unknown`: a request left, and no answer says what became of it. The operation may have been carried out.
 */
export type Outcome = "not-sent" | "refused" | "unknown";

/** What every error of this package tells beside its message. */
export interface ErrorContext {
  operation?: OperationName | undefined;
  attempts?: number | undefined;
  requestId?: string | undefined;
  outcome?: Outcome | undefined;
  cause?: unknown;
}

/**
 * The base class of every error that a call rejects with. `GeminiDBError.is(error)` and `instanceof` also recognize errors
 * of another copy of this package.
 */
export class GeminiDBError extends Error {
  /** The operation that failed. */
  readonly operation: OperationName | undefined;
  /** How many attempts were made; 0 if the call failed before the first. */
  readonly attempts: number;
  /** The ID of the last response that had one. Quote it when you ask for support. */
  readonly requestId: string | undefined;
  /** What is known of the outcome, over all attempts. */
  readonly outcome: Outcome;

  constructor(message: string, context: ErrorContext = {}) {
    const { operation, attempts = 0, requestId, outcome = "not-sent", cause } = context;
    super(operation ? `${operation}: ${message}` : message, cause === undefined ? undefined : { cause });
    this.operation = operation;
    this.attempts = attempts;
    this.requestId = requestId;
    this.outcome = outcome;
  }

  /** Whether a value is an error of this package, made by any copy of it. */
  static is(error: unknown): error is GeminiDBError {
    return hasMark(error, "GeminiDBError");
  }

  static override [Symbol.hasInstance](error: unknown): boolean {
    const own = Object.entries(classes).find(([, one]) => one === this);
    if (own) return hasMark(error, own[0]);
    // A class that somebody derives from ours has no mark of its own.
    return Object.prototype.isPrototypeOf.call(this.prototype, Object(error));
  }

  /** What a log may hold. No credential and no response body is in it. */
  toJSON(): Record<string, unknown> {
    const { name, message, operation, attempts, requestId, outcome } = this;
    return { name, message, operation, attempts, requestId, outcome };
  }
}

/** What an `ApiError` tells of the response. */
export interface ApiErrorContext extends ErrorContext {
  status: number;
  code: string | undefined;
  retryable: boolean;
  body: unknown;
  response: Response;
}

/** The service or the gateway answered with a status of 4xx or 5xx. */
export class ApiError extends GeminiDBError {
  declare readonly name: "ApiError";
  /** The HTTP status. It does not tell the cause: branch on `code`. */
  readonly status: number;
  /** The error code of the body. Undefined where the body has none, as in an HTML page of a proxy. */
  readonly code: ErrorCode | (string & {}) | undefined;
  /**
   * Whether to send the same request again is safe and may help. The client does so by itself, unless the service asks to wait
   * for longer than 30 seconds. False also for failures that pass only after something else has changed, such as the state of the
   * instance.
   */
  readonly retryable: boolean;
  /** The parsed response body; its text, where it is not JSON. Credentials are replaced by `[redacted]`. */
  readonly body: unknown;
  /** The response. Its body was read already: see `body`. */
  declare readonly response: Response;

  constructor(message: string, context: ApiErrorContext) {
    super(message, context);
    this.status = context.status;
    this.code = context.code;
    this.retryable = context.retryable;
    this.body = context.body;
    // Not enumerable: a printed error would be a page long otherwise.
    Object.defineProperty(this, "response", { value: context.response });
  }

  /** Whether a value is an `ApiError`, made by any copy of this package. */
  static override is(error: unknown): error is ApiError {
    return hasMark(error, "ApiError");
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, code: this.code };
  }
}

/** One reason why the input was refused. */
export interface Issue {
  /** The field, such as `name` or `database_tables[0].database_name`. Empty for the input as a whole. */
  readonly path: string;
  /** The keyword of JSON Schema that the value breaks, such as `maxLength`. */
  readonly keyword: string;
  /** What is allowed. */
  readonly message: string;
}

/** The input does not fit the description. Nothing was sent. */
export class ValidationError extends GeminiDBError {
  declare readonly name: "ValidationError";
  /** Every reason at once; the first 100 where there are more. */
  readonly issues: readonly Issue[];

  constructor(message: string, context: ErrorContext & { issues: readonly Issue[] }) {
    super(message, context);
    this.issues = context.issues;
  }

  /** Whether a value is a `ValidationError`, made by any copy of this package. */
  static override is(error: unknown): error is ValidationError {
    return hasMark(error, "ValidationError");
  }
}

/** An answer came, but not one that the description knows: a redirect, a success without its body, or one that is too long. */
export class UnexpectedResponseError extends GeminiDBError {
  declare readonly name: "UnexpectedResponseError";
  /** The HTTP status. */
  readonly status: number;
  /** The parsed response body; its text, where it is not JSON or was cut. Credentials are replaced by `[redacted]`. */
  readonly body: unknown;

  constructor(message: string, context: ErrorContext & { status: number; body?: unknown }) {
    super(message, context);
    this.status = context.status;
    this.body = context.body;
  }

  /** Whether a value is an `UnexpectedResponseError`, made by any copy of this package. */
  static override is(error: unknown): error is UnexpectedResponseError {
    return hasMark(error, "UnexpectedResponseError");
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status };
  }
}

/** No answer came: there was no connection, or it broke. `cause.code` holds the reason, such as `ECONNREFUSED`, where the runtime tells it. */
export class ConnectionError extends GeminiDBError {
  declare readonly name: "ConnectionError";
  /** Whether another attempt would fail in the same way, such as with a certificate that is not accepted. */
  readonly permanent: boolean;

  constructor(message: string, context: ErrorContext & { permanent?: boolean | undefined } = {}) {
    super(message, context);
    this.permanent = context.permanent ?? false;
  }

  /** Whether a value is a `ConnectionError`, made by any copy of this package. */
  static override is(error: unknown): error is ConnectionError {
    return hasMark(error, "ConnectionError");
  }
}

/** No answer came in time. */
export class TimeoutError extends GeminiDBError {
  declare readonly name: "TimeoutError";

  /** Whether a value is a `TimeoutError`, made by any copy of this package. */
  static override is(error: unknown): error is TimeoutError {
    return hasMark(error, "TimeoutError");
  }
}

/** No credentials could be obtained, or they cannot be sent. */
export class AuthenticationError extends GeminiDBError {
  declare readonly name: "AuthenticationError";

  /** Whether a value is an `AuthenticationError`, made by any copy of this package. */
  static override is(error: unknown): error is AuthenticationError {
    return hasMark(error, "AuthenticationError");
  }
}

// The names are written out, because a minifier changes the names of the classes.
const classes = {
  GeminiDBError,
  ApiError,
  ValidationError,
  UnexpectedResponseError,
  ConnectionError,
  TimeoutError,
  AuthenticationError,
};
for (const [name, { prototype }] of Object.entries(classes)) {
  Object.defineProperty(prototype, "name", { value: name, configurable: true, writable: true });
  Object.defineProperty(prototype, markOf(name), { value: true });
}

/** A symbol that all copies of this package share. */
function markOf(name: string): symbol {
  return Symbol.for(`geminidb-backup.${name}`);
}

function hasMark(error: unknown, name: string): boolean {
  return propertyOf(error, markOf(name)) === true;
}
