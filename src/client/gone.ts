import { operations } from "../../generated/operations.js";
import { ApiError } from "./errors.js";

/**
 * Whether a call failed because what it works on does not exist (any more): the backup to delete is gone already. Which error
 * code says so is a fact of the description.
 */
export function isGone(error: unknown): error is ApiError & { readonly code: NonNullable<ApiError["code"]> } {
  return ApiError.is(error) && error.code !== undefined && error.code === goneCodeOf(error.operation);
}

/**
 * For `catch`: takes a failure for a success when what was to be deleted is gone already, and throws every other error.
 * @example await geminidb.deleteManualBackup({ backup_id }).catch(ignoreGone);
 */
export function ignoreGone(error: unknown): undefined {
  if (!isGone(error)) throw error;
}

/** The error code with which an operation says that what it works on does not exist. */
export function goneCodeOf(operation: string | undefined): string | undefined {
  const entry = Object.entries(operations).find(([operationId]) => operationId === operation);
  return entry?.[1].goneCode;
}
