import { exampleTarget } from "../description/example-target.js";
import { type Failure, failuresOf } from "../description/failures.js";
import {
  type ApiBody,
  type ApiResponse,
  type Operation,
  operationsOf,
  parameterWords,
} from "../description/operations.js";
import { mockPortOf } from "../description/servers.js";
import type { Spec } from "../description/spec.js";
import { Problem } from "../shared/problem.js";
import { withoutLineBreaks } from "../shared/without-line-breaks.js";
import { bodyLimitsOf } from "./body-limits.js";
import { catalogueTypes } from "./catalogue-types.js";
import { commandName } from "./command-name.js";
import { fieldsOf } from "./fields.js";
import { unknownRoutesOf } from "./unknown-route.js";

/**
 * `generated/catalogue.js`: what the mock, the command line and the site need to know of the description.
 * @param description with its references followed
 */
export function catalogue(description: Spec): { code: string; types: string } {
  const { title, version, summary } = description.info;
  const operations = operationsOf(description);
  const [unknownRoute] = unknownRoutesOf(operations);
  const value = {
    title,
    version,
    summary,
    maxBodyBytes: bodyLimitsOf(operations)[0],
    mockPort: mockPortOf(description),
    unknownRoute: unknownRoute && catalogueFailure(unknownRoute.operation, unknownRoute.failure),
    operations: operations.map(catalogueOperation),
  };
  return { code: `export const catalogue = ${JSON.stringify(value, null, 2)};\n`, types: catalogueTypes };
}

function catalogueOperation(operation: Operation) {
  const { operationId, method, path, summary, description, requestBody, raw } = operation;
  return {
    operationId,
    method,
    path,
    exampleTarget: exampleTarget(operation),
    command: commandName(operation),
    summary,
    description: description.trim(),
    parameters: parametersOf(operation),
    requestBody: requestBody && {
      mediaType: requestBody.mediaType,
      required: requestBody.required,
      schema: requestBody.schema,
      examples: examplesOf(requestBody),
    },
    success: catalogueSuccess(operation),
    failures: catalogueFailures(operation),
    fieldCodes: fieldCodesOf(operation),
    state: raw["x-state"],
  };
}

function parametersOf({ parameters }: Operation) {
  return parameters.map((parameter) => {
    const { name, in: place, required = false, schema, example } = parameter;
    return { name, in: place, required, description: withoutLineBreaks(parameterWords(parameter)), schema, example };
  });
}

function catalogueSuccess({ operationId, success }: Operation) {
  if (success === undefined) throw new Problem(`operation ${operationId}: it has no success.`);
  // Without a body, it is named after its status, as failures are.
  const [name, example] = success.body?.examples[0] ?? [success.status];
  return { status: Number(success.status), example: name, headers: headersOf(success), body: example?.value };
}

function catalogueFailures(operation: Operation) {
  const withExamples = failuresOf([operation]).map((failure) => catalogueFailure(operation, failure));
  // Such as those of a HEAD. They are named after their status.
  const withoutBody = operation.failures.filter(({ body }) => body === undefined);
  return [
    ...withExamples,
    ...withoutBody.map((response) => ({
      status: Number(response.status),
      example: response.status,
      meaning: withoutLineBreaks(response.description),
      advice: "",
      headers: headersOf(response),
    })),
  ];
}

function catalogueFailure(operation: Operation, { status, name, code, meaning, advice, body }: Failure) {
  const headers = headersOf(operation.failures.find((response) => response.status === status));
  return { status: Number(status), example: name, code, meaning, advice, headers, body };
}

/** The error codes of the fields that have one, by name. */
function fieldCodesOf(operation: Operation): Record<string, unknown> {
  return Object.fromEntries(
    fieldsOf(operation).flatMap(([name, { "x-error-code": code }]) => (code ? [[name, code]] : [])),
  );
}

/** The documented example of each header of a response, and its content type. */
function headersOf(response: ApiResponse | undefined): Record<string, string> {
  const headers: Record<string, string> = response?.body ? { "content-type": response.body.mediaType } : {};
  for (const [name, { example }] of response?.headers ?? []) {
    if (example !== undefined) headers[name.toLowerCase()] = String(example);
  }
  return headers;
}

function examplesOf({ examples }: ApiBody) {
  return examples.map(([name, { summary = "", value }]) => ({ name, summary, value }));
}
