import type { CatalogueOperation } from "../../generated/catalogue.js";
import type { ErrorCode } from "../../generated/operations.js";
import { documentedAnswers, namedAnswer } from "./answers.js";
import { booleanFault, durationRule, isDuration, isWhole, shown } from "./checks.js";
import { copyOf, isPlainObject } from "./json.js";
import { checkMatcher } from "./matcher.js";
import { unknownName } from "./suggest.js";

/** A fault on the line. */
export type Fault =
  /** The connection is reset after the service has carried out the request. */
  | "reset"
  /** The connection is reset before the request's body is read, whatever is in it: nothing is carried out. */
  | "reset-early"
  /** There is no answer at all. */
  | "hang"
  /** The body ends half-way, then the connection does. */
  | "cut"
  /** The body comes byte by byte, 50 ms apart. */
  | "drip"
  /** The right body has the wrong content type. */
  | "content-type"
  /** The right status has no body. */
  | "empty";

export const faults: readonly Fault[] = ["reset", "reset-early", "hang", "cut", "drip", "content-type", "empty"];

/** How one request is to be answered. An empty reply answers as the mock would without it. */
export interface Reply {
  /** The name of a documented example: an error code, or a success. */
  readonly example?: ErrorCode | (string & {}) | undefined;
  /** The status, where the example alone does not tell; with `html`, the status of the page. */
  readonly status?: number | undefined;
  /** An HTML page, as from a proxy, in place of what the API answers. Its status is 502, or that of `status` or `example`. */
  readonly html?: boolean | undefined;
  /** Milliseconds to wait before the answer, or the least and the most of them, between which chance decides. */
  readonly delay?: number | readonly [least: number, most: number] | undefined;
  /** The header Retry-After: whole seconds, or the text of the header. */
  readonly retryAfter?: number | string | undefined;
  readonly fault?: Fault | undefined;
  /**
   * Whether the service carries out the request, whatever is answered: a create makes its backup, a delete deletes it,
   * unless the state forbids it, as while the instance is busy.
   *
   * The default follows from the rest of the reply. With a fault after the service (`reset`, `hang`, `cut`, `drip`,
   * `content-type`, `empty`), the request has been carried out, and only the response is lost or damaged. With `reset-early`, a
   * documented error or an HTML page, it has not. `done: true` is refused beside `reset-early`.
   */
  readonly done?: boolean | undefined;
  /** Only for requests whose path parameters, or properties of the body, have these values. A value that no valid request has is refused. */
  readonly when?: Readonly<Record<string, unknown>> | undefined;
  /**
   * How many requests it answers.
   * @default 1
   */
  readonly times?: number | undefined;
}

/** The keys of a reply, each with its check: what is wrong with the value, or undefined. */
const checks: Readonly<Record<keyof Reply, (value: unknown) => string | undefined>> = {
  example: (value) => (typeof value === "string" ? undefined : "must be the name of a documented example"),
  status: (value) => (isWhole(value, 200, 599) ? undefined : "must be a whole number from 200 to 599"),
  html: booleanFault,
  delay: delayFault,
  retryAfter: retryAfterFault,
  fault: (value) => (typeof value === "string" ? undefined : "must be the name of a fault"),
  done: booleanFault,
  when: (value) => (isPlainObject(value) ? undefined : "must be an object of parameters and properties of the body"),
  times: (value) => (isWhole(value, 1, 1_000_000) ? undefined : "must be a whole number from 1 to 1000000"),
};
const keys = Object.keys(checks);

/**
 * Checks replies before they are queued, and copies them, so that a slip shows where it was made and no later change reaches
 * them.
 * @throws {TypeError} that names the reply, or its key, and says what is possible
 */
export function copyReplies(operation: CatalogueOperation, given: readonly unknown[]): Reply[] {
  // Array.from also visits the holes of a sparse list, which are no replies either.
  return Array.from(given, (reply, index) => {
    if (!isPlainObject(reply)) throw new TypeError(`${operation.operationId}: ${noReply(reply, index)}`);
    return copyOf(checkReply(operation, reply));
  });
}

function noReply(given: unknown, index: number): string {
  const advice = Array.isArray(given) ? ". Replies are given one by one" : "";
  return `reply number ${index} must be a plain object${shown(given)}${advice}`;
}

/** @throws {TypeError} that names the key and says what is possible */
export function checkReply(operation: CatalogueOperation, given: Readonly<Record<string, unknown>>): Reply {
  const { operationId } = operation;
  for (const [key, value] of Object.entries(given)) {
    if (!isKey(key)) throw new TypeError(`${operationId}: ${unknownName("a reply has no key", key, keys)}`);
    const wrong = value === undefined ? undefined : checks[key](value);
    if (wrong !== undefined) throw new TypeError(`${operationId}: ${key} ${wrong}${shown(value)}`);
  }
  const reply: Reply = given;
  const { fault, done, when } = reply;
  if (fault !== undefined && !faults.includes(fault)) {
    throw new TypeError(`${operationId}: ${unknownName("no fault", fault || "without a name", faults)}`);
  }
  // Throws where there is none.
  namedAnswer(operation, reply);
  if (fault === "reset-early" && done) {
    throw new TypeError(
      `${operationId}: fault reset-early cannot be done, since the service never sees the request. Use fault reset`,
    );
  }
  if (when) checkMatcher(operation, when, fault === "reset-early");
  return reply;
}

/** Whether the service carries out a request that is answered with this reply. */
export function isCarriedOut(operation: CatalogueOperation, reply: Reply): boolean {
  if (reply.done !== undefined) return reply.done;
  if (reply.fault === "reset-early" || reply.html) return false;
  const [success] = documentedAnswers(operation);
  const named = namedAnswer(operation, reply);
  return named === undefined || named === success;
}

function delayFault(value: unknown): string | undefined {
  const range: readonly unknown[] = Array.isArray(value) ? value : [value, value];
  const [least, most] = range;
  const ok = isDuration(least) && isDuration(most) && least <= most && range.length === 2;
  return ok ? undefined : `${durationRule}, or a list of the least and the most`;
}

function retryAfterFault(value: unknown): string | undefined {
  if (isWhole(value, 0, mostSeconds)) return undefined;
  // Any text that a header can hold is allowed: a client must also cope with one that is neither a number nor a date.
  const ok = typeof value === "string" && value !== "" && /^[\x20-\x7e]*$/.test(value);
  return ok ? undefined : `must be whole seconds from 0 to ${mostSeconds}, or text that can stand in a header`;
}

/** The longest wait that Retry-After can ask for in a reply, in seconds. */
const mostSeconds = 2 ** 31;

function isKey(name: string): name is keyof Reply {
  return Object.hasOwn(checks, name);
}
