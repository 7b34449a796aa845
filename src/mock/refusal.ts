import type { CatalogueOperation } from "../../generated/catalogue.js";
import { type Documented, failureOf } from "./answers.js";
import { type Incoming, isEmptyHeader } from "./outcome.js";
import type { Judge, JudgedRequest, Violation } from "./prism.js";
import type { Body, Call } from "./request.js";
import { signatureFault } from "./signature.js";

export interface Refusal {
  readonly answer: Documented;
  readonly violations: readonly Violation[];
}

/** The documented failure that answers a request which does not keep to the description; undefined where it does. */
export function refusalOf(judge: Judge, call: Call, incoming: Incoming, body: Body): Refusal | undefined {
  const { operation } = call;
  const unreadable = body.fault === undefined ? [] : [{ path: ["body"], message: body.fault }];
  if (body.tooLarge) return { answer: failureOf(operation, 413), violations: unreadable };
  const request = judgedRequest(call, incoming, body);
  const unauthorized = credentialFaults(judge, request);
  const violations = unauthorized.concat(body.fault === undefined ? judge.input(request) : unreadable);
  if (unauthorized.length > 0) return { answer: failureOf(operation, 401), violations };
  if (violations.length === 0) return undefined;
  return { answer: failureOf(operation, 400, fieldCode(operation, violations)), violations };
}

/**
 * Whether path, credentials and headers keep to the description, which is known before the body is read. A documented
 * body stands for it.
 */
export function isValidWithoutBody(judge: Judge, call: Call, incoming: Incoming): boolean {
  const value = call.operation.requestBody?.examples[0]?.value;
  const size = value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
  const request = judgedRequest(call, incoming, { value, size });
  return credentialFaults(judge, request).length === 0 && judge.input(request).length === 0;
}

function judgedRequest(
  call: Call,
  { method, headers }: Incoming,
  { value, size }: Pick<Body, "value" | "size">,
): JudgedRequest {
  return {
    method,
    path: call.path,
    parameters: call.parameters,
    query: queryValues(call.query),
    headers,
    body: value,
    size,
  };
}

/** The query parameters by name; a repeated one has a list of values. */
function queryValues(query: string): JudgedRequest["query"] {
  const values = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = values.get(name);
    if (Array.isArray(before)) before.push(value);
    else values.set(name, before === undefined ? value : [before, value]);
  }
  return Object.fromEntries(values);
}

/** Either a token or a well-formed signature is needed. Prism takes any text for a signature. */
function credentialFaults(judge: Judge, request: JudgedRequest): Violation[] {
  const { authorization, ...others } = request.headers;
  const withoutSignature = judge.security({ ...request, headers: others });
  if (withoutSignature.length === 0) return [];
  if (isEmptyHeader(authorization ?? ""))
    return withoutSignature.map(({ message }) => ({ path: ["security"], message }));
  const fault = signatureFault(request.headers);
  return fault === undefined ? [] : [{ path: ["security"], message: `Authorization ${fault}` }];
}

/** The code that the description gives to the first field that is wrong. */
function fieldCode({ fieldCodes }: CatalogueOperation, violations: readonly Violation[]): string | undefined {
  for (const { path } of violations) {
    const [, field = ""] = path;
    if (path.length === 2 && Object.hasOwn(fieldCodes, field)) return fieldCodes[field];
  }
  return undefined;
}
