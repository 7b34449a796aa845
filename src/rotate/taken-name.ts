import { operations } from "../../generated/operations.js";
import { ApiError } from "../client/errors.js";

/**
 * Whether the service refused a create because a backup with its name exists. Which error code says so is a fact of the
 * description.
 */
export function isNameTaken(error: unknown): boolean {
  return ApiError.is(error) && error.code !== undefined && error.code === operations.createManualBackup.takenCode;
}
