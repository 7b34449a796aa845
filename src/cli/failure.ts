import { type Operation, operations as table } from "../../generated/operations.js";
import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  GeminiDBError,
  type Issue,
  TimeoutError,
  ValidationError,
} from "../client/errors.js";
import { readFailure, refusesCredential } from "../client/failure.js";
import { isGone } from "../client/gone.js";
import { asksToTryLater } from "../client/outcome.js";
import { sentences } from "../client/sentences.js";
import { reasonOf } from "../client/untrusted.js";
import { flagName } from "../shared/flag-name.js";
import { CredentialsError, UsageError } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { OutputError } from "./output.js";

/** How a command ends that failed. */
export interface Ending {
  code: ExitCode;
  /** One sentence or a few, on one line. */
  message: string;
}

/** The exit code and the message for whatever a command threw. */
export function endingFor(error: unknown): Ending {
  if (ValidationError.is(error)) return { code: exitCodes.usage, message: validationMessage(error) };
  return { code: exitCodeOf(error), message: messageOf(error) };
}

/**
 * The same for what a call threw. An error that nobody foresaw may have come after the request, so it does not say that the
 * service has refused it.
 */
export function endingOfCall(error: unknown): Ending {
  const ending = endingFor(error);
  const isForeseen = GeminiDBError.is(error) || error instanceof UsageError || error instanceof CredentialsError;
  return isForeseen ? ending : { ...ending, code: exitCodes.unknown };
}

/** The exit code for an error. The rules stand in the order of their precedence. */
function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCodes.usage;
  if (error instanceof CredentialsError) return exitCodes.credentials;
  // After a request, `printResult` reports this error itself.
  if (error instanceof OutputError) return exitCodes.usage;
  if (!GeminiDBError.is(error)) return exitCodes.refused;
  // What was to be deleted is not there, also when the answer of an earlier attempt was lost.
  if (isGone(error)) return exitCodes.refused;
  if (error.outcome === "unknown") return exitCodes.unknown;
  if (ConnectionError.is(error)) return connectionCode(error);
  if (AuthenticationError.is(error)) return exitCodes.credentials;
  // The service received no request.
  if (TimeoutError.is(error)) return exitCodes.tryLater;
  return ApiError.is(error) ? refusalCode(error) : exitCodes.refused;
}

function connectionCode({ permanent, outcome }: ConnectionError): ExitCode {
  // A certificate that is not accepted stays so, except where the service has answered an earlier attempt.
  return permanent && outcome === "not-sent" ? exitCodes.usage : exitCodes.tryLater;
}

function refusalCode({ status, body }: ApiError): ExitCode {
  const failure = readFailure(status, body);
  if (refusesCredential(failure)) return exitCodes.credentials;
  return asksToTryLater(failure) ? exitCodes.tryLater : exitCodes.refused;
}

function messageOf(error: unknown): string {
  const text = reasonOf(error);
  // Messages of other programs may have many lines. The first says what happened.
  return GeminiDBError.is(error) ? text : (text.split("\n")[0] ?? "");
}

/** Why the input is wrong, in the names of the flags. */
function validationMessage({ issues, operation }: ValidationError): string {
  const operations: Readonly<Record<string, Operation>> = table;
  const isWhole = operation !== undefined && operations[operation]?.body === "whole";
  const reasons = issues.map((issue) => `${placeName(issue, isWhole)} ${issue.message}`);
  return sentences(reasons.join("; "), "Nothing was sent");
}

/** Keywords that refuse a property which no flag can have set, so that it comes from `--body`. */
const unknownKeywords = new Set(["additionalProperties", "unevaluatedProperties"]);

/**
 * `--database-tables` or `--database-tables[0].database_name` for a path such as `database_tables[0].database_name`.
 * @param isWhole whether the operation takes its request body as a whole
 */
function placeName({ path, keyword }: Issue, isWhole: boolean): string {
  const [field = ""] = path.split(/[.[]/, 1);
  if (field === "") return "the input";
  if (isWhole && field === "body") return `--${path}`;
  if (field === path && unknownKeywords.has(keyword)) return `${field} in --body`;
  return `--${flagName(field)}${path.slice(field.length)}`;
}
