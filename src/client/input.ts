import { type Operation, type OperationId, operations } from "../../generated/operations.js";
import { validators } from "../../generated/validators.js";
import { type Issue, ValidationError } from "./errors.js";
import { describeIssues, issuesOf, mostIssues } from "./issues.js";
import { oneLine } from "./one-line.js";
import { encodeSegment } from "./route.js";
import { isObject, reasonOf } from "./untrusted.js";

/** The input of an operation, taken apart for openapi-fetch. */
export interface RequestParts {
  params: { path: Fields; query: Fields; header: Fields };
  body: unknown;
}
type Fields = Record<string, unknown>;

/**
 * Checks the input of an operation and takes it apart. What is checked is what will be sent: the value that JSON makes of
 * the input.
 * @param project_id the project of the client, for an input that names none
 * @throws {ValidationError} with every reason why it does not fit the description
 */
export function checkInput(operationId: OperationId, input: unknown, project_id: string | undefined): RequestParts {
  const operation: Operation = operations[operationId];
  // A call without input misses everything that is mandatory, which is what its error should list.
  const fields = toJson(operationId, input ?? {});
  if (isObject(fields) && takesProject(operation) && fields.project_id === undefined) fields.project_id = project_id;
  const issues = issuesOf(validators[operationId].input, fields);
  if (!isObject(fields)) throw invalid(operationId, issues);
  const parts = takeApart(operation, fields);
  for (const [name, value] of Object.entries(parts.params.path)) {
    const isKnownToBeWrong = issues.some(({ path }) => path === name);
    if (!isKnownToBeWrong && encodeSegment(value) === undefined) issues.push(segmentIssue(name));
  }
  if (issues.length > 0) throw invalid(operationId, issues);
  return parts;
}

/** What is wrong with a project by itself, in words that follow its name. Undefined if nothing is. */
export function projectFault(project_id: string): string | undefined {
  const entry = Object.entries(operations).find(([, operation]) => takesProject(operation));
  if (!entry) return undefined;
  // Whatever else the operation needs is missing here, and does not matter.
  const issues = issuesOf(validators[entry[0] as OperationId].input, { project_id });
  if (encodeSegment(project_id) === undefined) issues.push(segmentIssue("project_id"));
  return issues.find(({ path }) => path === "project_id")?.message;
}

/** What a path parameter can be, in words that follow its name. */
export const segmentRule = 'must be text of whole characters, but not "", "." or "..", also not between slashes';

/** Why a value cannot be a path parameter. */
export function segmentIssue(path: string): Issue {
  return { path, keyword: "pattern", message: segmentRule };
}

/** The error for an input that does not fit. */
export function invalid(operation: string, all: readonly Issue[]): ValidationError {
  const issues = all.slice(0, mostIssues);
  return new ValidationError(`${describeIssues(issues, "input")}. Nothing was sent`, { operation, issues });
}

function toJson(operationId: OperationId, input: unknown): unknown {
  let text: string | undefined;
  try {
    text = JSON.stringify(input);
  } catch (error) {
    const reason = oneLine(reasonOf(error));
    throw invalid(operationId, [{ path: "", keyword: "type", message: `must be what JSON can hold: ${reason}` }]);
  }
  return text === undefined ? undefined : JSON.parse(text);
}

function takesProject({ parameters }: Operation): boolean {
  return parameters.some(({ name }) => name === "project_id");
}

function takeApart({ parameters, body }: Operation, fields: Fields): RequestParts {
  const places = new Map(parameters.map(({ name, in: place }) => [name, place]));
  const pick = (place: string | undefined) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => places.get(name) === place));
  const params = { path: pick("path"), query: pick("query"), header: pick("header") };
  if (body === "whole") return { params, body: fields.body };
  return { params, body: body === "properties" ? pick(undefined) : undefined };
}
