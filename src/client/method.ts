import { type Operation, type OperationId, operations } from "../../generated/operations.js";
import { validators } from "../../generated/validators.js";
import { apiError } from "./api-error.js";
import type { Call } from "./call.js";
import { type Failure, readFailure } from "./failure.js";
import { checkInput } from "./input.js";
import { describeIssues, issuesOf } from "./issues.js";
import { jsonOrText, parseJson } from "./json.js";
import type { CallOptions } from "./options.js";
import { callFetch, type Raw } from "./raw.js";
import { unexpectedBody } from "./unexpected-response.js";

/**
 * Calls an operation: checks the input, sends the request, and turns the response into a value or an error.
 * @returns the body of the successful response; undefined for an operation that answers without one
 * @throws {GeminiDBError} in every other case, except that the reason of the caller's signal and what a middleware throws
 *   come out as they are
 */
export async function callOperation(
  openapi: Raw,
  call: Call,
  operationId: OperationId,
  input: unknown,
  headers: CallOptions["headers"],
): Promise<unknown> {
  const { path, mediaType }: Operation = operations[operationId];
  const { params, body } = checkInput(operationId, input, call.config.project_id);
  const { data, error, response } = await callFetch(openapi, call, path, {
    params,
    body,
    headers: headersOf(body === undefined ? undefined : mediaType, headers),
    // As text, because openapi-fetch throws a bare SyntaxError where a success holds no JSON.
    parseAs: "text",
  });
  if (response.ok) return readSuccess(operationId, response.status, data, call);
  // The transport lets no such status through, but a middleware may.
  if (response.status < 400) throw unexpectedBody(response.status, "the API does not give this status", error, call);
  throw apiError(failureOf(response, error, call), call, response);
}

/**
 * What a failed response says. The transport has found it out already, unless a middleware has put another response in the place
 * of its own.
 * @param error the body, as openapi-fetch gives it
 */
function failureOf(response: Response, error: unknown, call: Call): Failure {
  const known = call.failureIn(response);
  return known ?? readFailure(response.status, jsonOrText(call.secrets.redact(textOfError(error))));
}

function textOfError(error: unknown): string {
  if (typeof error === "string") return error;
  try {
    return JSON.stringify(error) ?? "";
  } catch {
    // What is nested thousands of times is parsed, but not written again.
    return "";
  }
}

function headersOf(mediaType: string | undefined, headers: CallOptions["headers"]): Headers {
  const result = new Headers(headers);
  if (mediaType) result.set("content-type", mediaType);
  return result;
}

/** @throws {UnexpectedResponseError} when the body is not the documented one; the operation may have been carried out */
function readSuccess(operationId: OperationId, status: number, text: unknown, call: Call): unknown {
  const validator = validators[operationId].success;
  if (!validator) return undefined;
  const parsed = typeof text === "string" ? parseJson(text) : undefined;
  const fault = parsed ? describeIssues(issuesOf(validator, parsed.value), "body") : "without JSON";
  if (parsed && fault === "") return parsed.value;
  throw unexpectedBody(status, fault, text, call);
}
