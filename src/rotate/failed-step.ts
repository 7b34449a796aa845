import { ApiError, AuthenticationError, GeminiDBError } from "../client/errors.js";
import { readFailure, refusesCredential } from "../client/failure.js";
import { isNameTaken } from "./create-refusals.js";

/**
 * Why a request failed, as far as it says something about the next one.
 * - `ended-by-caller`: the signal has ended the rotation.
 * - `answer-lost`: the request may have been carried out. The service was probably reached.
 * - `no-credentials`: there are none, or the service does not accept them.
 * - `refused-for-good`: the service refused this request alone. It may accept another one at once.
 * - `refused-for-now`: the service is busy, and would refuse the next request as well.
 * - `unreachable`: the service did not receive the request, and would not receive the next one either.
 */
export type FailureKind =
  | "ended-by-caller"
  | "answer-lost"
  | "no-credentials"
  | "refused-for-good"
  | "refused-for-now"
  | "unreachable";

export function kindOfFailure(error: unknown, signal: AbortSignal | undefined): FailureKind {
  if (signal?.aborted) return "ended-by-caller";
  if (mayBeCarriedOut(error)) return "answer-lost";
  if (AuthenticationError.is(error)) return "no-credentials";
  if (!ApiError.is(error)) return "unreachable";
  if (refusesCredential(readFailure(error.status, error.body))) return "no-credentials";
  return error.retryable ? "refused-for-now" : "refused-for-good";
}

/** Whether a delete may succeed after a create that failed: a busy instance may refuse a create alone. */
export function mayDeleteAfter(failedCreate: FailureKind): boolean {
  switch (failedCreate) {
    case "ended-by-caller":
    case "no-credentials":
    case "unreachable":
      return false;
    case "answer-lost":
    case "refused-for-good":
    case "refused-for-now":
      return true;
  }
}

/**
 * Whether a request may have been carried out although it failed. An error that is not the client's says nothing about the
 * outcome, so it counts as unknown.
 */
export function mayBeCarriedOut(error: unknown): boolean {
  // A new name is taken only if this very create was carried out, such as when a proxy sent it twice.
  if (isNameTaken(error)) return true;
  return !GeminiDBError.is(error) || error.outcome === "unknown";
}
