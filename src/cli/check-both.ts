import { ValidationError } from "../client/errors.js";
import { sentences } from "../client/sentences.js";
import { UsageError } from "./errors.js";
import { endingFor } from "./failure.js";
import { capitalized } from "./layout.js";

/**
 * Makes two checks, so that somebody who calls a command for the first time is told at once what is missing, and not in one
 * attempt after the other.
 * @returns what the first check returns
 * @throws {UsageError | ValidationError} what one of the checks throws, or the messages of both
 */
export function checkBoth<Result>(first: () => Result, second: () => void): Result {
  const one = attempt(first);
  const other = attempt(second);
  if ("fault" in one && "fault" in other) throw new UsageError(bothMessages(one.fault, other.fault));
  if ("fault" in one) throw one.fault;
  if ("fault" in other) throw other.fault;
  return one.result;
}

type Fault = UsageError | ValidationError;

function attempt<Result>(check: () => Result): { result: Result } | { fault: Fault } {
  try {
    return { result: check() };
  } catch (error) {
    if (isFault(error)) return { fault: error };
    throw error;
  }
}

function bothMessages(one: Fault, other: Fault): string {
  return sentences(endingFor(one).message, capitalized(endingFor(other).message));
}

function isFault(error: unknown): error is Fault {
  return error instanceof UsageError || ValidationError.is(error);
}
