import { type ErrorRule, errorRules } from "../../generated/operations.js";
import { oneLine } from "./one-line.js";

/** What a response of 4xx or 5xx says, in whichever of the documented shapes, or in none. */
export interface Failure {
  status: number;
  /** The parsed response body; its text, where it is not JSON. */
  body: unknown;
  code: string | undefined;
  message: string | undefined;
  requestId: string | undefined;
  /** What the description says about this status and code. */
  rule: ErrorRule | undefined;
}

/**
 * Reads the body of a failed response: the error code, the message and the request ID, wherever they stand.
 * @param body the parsed JSON, or the text where it is none
 */
export function readFailure(status: number, body: unknown): Failure {
  const fields: Record<string, unknown> = Object(body);
  // Some answers of the service have errCode in place of error_code. See docs/errata.md.
  const code = textFrom(fields.error_code) ?? textFrom(fields.errCode);
  // IAM puts its message into an object.
  const message = textFrom(fields.error_msg) ?? textFrom(Object(fields.error).message);
  const rule = findRule(status, code);
  return { status, body, code, message, requestId: textFrom(fields.request_id), rule };
}

/** The status of HTTP that asks for other credentials. */
const unauthorized = 401;

/** Whether the service has refused the credential. A code that is not documented leaves that to the status. */
export function refusesCredential({ status, rule }: Failure): boolean {
  return rule ? rule.renew === true : status === unauthorized;
}

/** The rule for a status and a code. A documented code keeps its meaning under another status, unless it has several. */
function findRule(status: number, code: string | undefined): ErrorRule | undefined {
  const rules = errorRules.filter((rule) => rule.code === code);
  const exact = rules.find((rule) => rule.status === status);
  if (exact) return exact;
  return code !== undefined && rules.length === 1 ? rules[0] : undefined;
}

/** A text of the server, without what could forge a line of a log. Undefined where it is none, or empty. */
function textFrom(value: unknown): string | undefined {
  return typeof value === "string" ? oneLine(value) || undefined : undefined;
}
