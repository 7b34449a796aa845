import { ApiError, GeminiDBError } from "../client/errors.js";
import { readFailure, refusesCredential } from "../client/failure.js";
import type { RotationFailure } from "./errors.js";
import { isNameTaken } from "./taken-name.js";

/** Whether no further request may be sent after a failure, because it would fail as well. */
export function endsRotation({ step, error, isSkipped = false }: RotationFailure): boolean {
  // The caller has ended the rotation, or the state cannot be written.
  if (isSkipped) return true;
  // The option `deleteAnyway` says whether deletes follow a create that the service refused.
  if (step === "create") return !hasAcceptedCredentials(error);
  // Only a refusal concerns one backup alone.
  return !isRefusedForGood(error);
}

/**
 * Why an earlier delete failed. Only a refusal for good concerns one backup alone. After any other failure, the next delete would
 * fail as well.
 */
export function earlierDeleteFailure(
  error: unknown,
  signal: AbortSignal | undefined,
): "ended-by-caller" | "refused-for-good" | "answer-lost" | "other" {
  if (signal?.aborted) return "ended-by-caller";
  if (isRefusedForGood(error)) return "refused-for-good";
  return mayBeCarriedOut(error) ? "answer-lost" : "other";
}

/** Whether the service itself refused this request, for good. It may accept another one at once. */
function isRefusedForGood(error: unknown): boolean {
  return hasAcceptedCredentials(error) && error.outcome === "refused" && !error.retryable;
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

/** Whether the service answered, and not because it refused the credentials. */
function hasAcceptedCredentials(error: unknown): error is ApiError {
  return ApiError.is(error) && !refusesCredential(readFailure(error.status, error.body));
}
