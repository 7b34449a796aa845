import { ValidationError } from "../client/errors.js";
import { sentences } from "../client/sentences.js";
import { UsageError } from "./exit-codes.js";
import { endingFor } from "./failure.js";
import { capitalized } from "./layout.js";

/**
 * Makes two checks, so that somebody who calls a command for the first time is told at once what is missing, and not in one
 * attempt after the other.
 * @returns what the first check returns
 * @throws {UsageError | ValidationError} what one of the checks throws, or the messages of both
 */
export function checkBoth<Result>(first: () => Result, second: () => void): Result {
  const fault = faultOf(second);
  let result: Result;
  try {
    result = first();
  } catch (error) {
    if (fault === undefined || !isFault(error)) throw error;
    throw new UsageError(sentences(endingFor(error).message, capitalized(endingFor(fault).message)));
  }
  if (fault !== undefined) throw fault;
  return result;
}

function faultOf(check: () => void): Error | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (isFault(error)) return error;
    throw error;
  }
}

function isFault(error: unknown): error is UsageError | ValidationError {
  return error instanceof UsageError || ValidationError.is(error);
}
