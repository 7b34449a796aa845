import type { CatalogueOperation } from "../../generated/catalogue.js";
import { operations } from "../../generated/operations.js";
import { ApiError } from "../client/errors.js";

/**
 * Whether the service refused a create because a backup with its name exists. Which error code says so is a fact of the
 * description.
 */
export function isNameTaken(error: unknown): boolean {
  return hasCode(error, operations.createManualBackup.takenCode);
}

/**
 * Whether the service may have refused a create because the account has no room for another backup. The documents do not say
 * with which code it tells that, so the description names the likely one.
 */
export function isAccountFull(error: unknown, { state }: CatalogueOperation): boolean {
  return hasCode(error, state?.full);
}

/** @param code undefined where the description names none, which is no code of an error that has none either */
function hasCode(error: unknown, code: string | undefined): boolean {
  return code !== undefined && ApiError.is(error) && error.code === code;
}
