import { emptyStatuses } from "../../client/http.js";
import type { ApiResponse, NamedExample, Operation } from "../../description/operations.js";
import { bodyLimitsOf } from "../body-limits.js";
import { requestIdHeadersOf } from "../request-id-header.js";
import { unknownRoutesOf } from "../unknown-route.js";
import { incompleteExamples } from "./examples.js";
import { isJsonMediaType } from "./json-media-type.js";

/** What the mock cannot answer with, and what the client cannot tell apart, a sentence each. */
export function responseFaults(operations: readonly Operation[]): string[] {
  return [
    ...operations.flatMap(faultsOf),
    ...differingExamples(operations),
    ...bodyLimitFaults(operations),
    ...unknownRouteFaults(operations),
    ...requestIdFaults(operations),
  ];
}

function faultsOf(operation: Operation): string[] {
  const place = `operation ${operation.operationId}`;
  return [
    ...successFaults(operation).map((fault) => `${place}: ${fault}`),
    ...operation.responses.flatMap((response) =>
      faultsOfResponse(operation, response).map((fault) => `${place}, response ${response.status}: ${fault}`),
    ),
  ];
}

function faultsOfResponse(operation: Operation, response: ApiResponse): string[] {
  return [
    ...statusFaults(response),
    ...contentFaults(operation, response),
    ...headerFaults(response),
    ...exampleFaults(response, operation.failures.includes(response)),
  ];
}

/** The mock has one limit for the bodies of all requests. */
function bodyLimitFaults(operations: readonly Operation[]): string[] {
  const limits = bodyLimitsOf(operations);
  if (limits.length === 1) return [];
  const found =
    limits.length === 0 ? "no response has x-max-body-bytes" : `x-max-body-bytes is ${limits.join(" and ")}`;
  return [`${found}. The mock needs one limit for the bodies of all requests: state it at the response 413.`];
}

/** The mock answers every request that is for no operation in one way. */
function unknownRouteFaults(operations: readonly Operation[]): string[] {
  const names = [...new Set(unknownRoutesOf(operations).map(({ failure }) => failure.name))];
  if (names.length === 1) return [];
  const found = names.length === 0 ? "no error example has" : `the examples ${names.join(" and ")} have`;
  return [
    `${found} x-unknown-route. The mock needs it at one: the failure of the gateway for a path that does not exist.`,
  ];
}

/** The client and the mock read the ID of a request from one header. */
function requestIdFaults(operations: readonly Operation[]): string[] {
  const names = requestIdHeadersOf(operations);
  if (names.length === 1) return [];
  const found = names.length === 0 ? "no header of a failure has" : `the headers ${names.join(" and ")} have`;
  return [
    `${found} the request_id of the body as its example. The client and the mock need one such header: give it that example.`,
  ];
}

/** The client and the mock know one success of an operation. */
function successFaults({ responses }: Operation): string[] {
  const successes = responses.map(({ status }) => status).filter((status) => status.startsWith("2"));
  if (successes.length === 1) return [];
  const found = successes.length === 0 ? "no success" : `the successes ${successes.join(", ")}`;
  return [`it has ${found}, but each operation must have one: describe one response with a status of 2xx.`];
}

function statusFaults({ status }: ApiResponse): string[] {
  if (status.startsWith("1")) return [`${status} precedes a response, and no client gets to see it. Leave it out.`];
  if (/^3\d\d$/.test(status)) return [`${status} is a redirect, and the client follows none. Leave it out.`];
  if (/^[245]\d\d$/.test(status)) return [];
  return [`${status} stands for several statuses. Only single ones are supported, such as 404: list each.`];
}

function contentFaults({ method }: Operation, { status, raw, body }: ApiResponse): string[] {
  const types = Object.keys(raw.content ?? {});
  if (types.length > 1)
    return [`it has the media types ${types.join(", ")}. Only one is supported: leave out the others.`];
  if (body === undefined) return [];
  if (method === "HEAD") return ["the response to a HEAD has no body. Leave out its content."];
  if (emptyStatuses.has(Number(status))) return ["a response with this status has no body. Leave out its content."];
  if (!isJsonMediaType(body.mediaType))
    return [`its media type is ${body.mediaType}. Only JSON is supported, such as application/json.`];
  return body.schema === undefined ? ["it has no schema. Add one."] : [];
}

function headerFaults({ headers }: ApiResponse): string[] {
  return headers.flatMap(([name, header]) => {
    if (header.schema === undefined) return [`the header ${name} has no schema. Add one; content is not supported.`];
    if ("examples" in header) return [`the header ${name} has examples. Only one is supported: give it as example.`];
    return header.description ? [] : [`the header ${name} has no description. The pages show it: add one.`];
  });
}

function exampleFaults({ body }: ApiResponse, isFailure: boolean): string[] {
  if (body === undefined) return [];
  if (body.examples.length === 0) return ["it has no example, and the mock answers with one. Add it under examples."];
  return [...incompleteExamples(body), ...(isFailure ? body.examples.flatMap(failureExampleFaults) : [])];
}

/** What else the example of a failure must have, because it is a row of the error catalogue. */
function failureExampleFaults([name, { description, value }]: NamedExample): string[] {
  if (!description) return [`the example ${name} has no description. Errors and pages show it as the advice: add one.`];
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null)
    return [`the example ${name} must be a JSON object, as the bodies of failures are.`];
  const code = (value as { error_code?: string }).error_code;
  if (code === undefined || code === name) return [];
  return [`the example ${name} holds the error_code ${code}. Links lead to the code, so call the example ${code}.`];
}

/** A code means the same in every operation that knows it, and the catalogue explains it once. */
function differingExamples(operations: readonly Operation[]): string[] {
  const known = new Map<string, string>();
  const found = new Set<string>();
  for (const { operationId, failures } of operations) {
    for (const { status, body } of failures) {
      for (const [name, example] of body?.examples ?? []) {
        const text = JSON.stringify(example);
        const key = `${status} ${name}`;
        if ((known.get(key) ?? text) !== text)
          found.add(
            `operation ${operationId}, response ${status}: the example ${name} differs from the one of another operation. Share it by $ref, or rename it.`,
          );
        known.set(key, text);
      }
    }
  }
  return [...found];
}
