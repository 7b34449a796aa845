import { ValidationError } from "../client/errors.js";
import { checkInput } from "../client/input.js";
import { parseJson } from "../client/json.js";
import { isObject } from "../client/untrusted.js";
import { StateError } from "./errors.js";
import type { ListedBackup, PossibleBackup } from "./listing.js";
import type { ServiceIdentity } from "./service.js";

/** The version of the format that this code writes. It reads no other. */
const version = 1;

/**
 * A backup as the state lists it.
 * - `unknown`: it may exist. It is listed like this before the create is sent, so that no crash can make it forgotten.
 * - `made`: the service has accepted it.
 * - `deleting`: a delete was decided. It is repeated until the service says that the backup is deleted or gone.
 */
export type BackupRecord =
  | (PossibleBackup & { readonly status: "unknown" })
  | (ListedBackup & { readonly status: "made" | "deleting" });

/** Which rotation a state belongs to. */
export interface Owner extends ServiceIdentity {
  readonly instance_id: string;
  readonly namePrefix: string;
}

/** The text of a state. */
export function writeState(owner: Owner, backups: readonly BackupRecord[]): string {
  const { baseUrl, project_id, instance_id, namePrefix } = owner;
  return `${JSON.stringify({ version, baseUrl, project_id, instance_id, namePrefix, backups }, null, 2)}\n`;
}

/**
 * Reads the text of a state.
 * @param store what messages call it
 * @returns its backups, the oldest first
 * @throws {StateError} in one sentence, when it cannot be used
 */
export function readState(text: string, owner: Owner, store: string): BackupRecord[] {
  // Some editors write a byte order mark.
  const state = parseJson(text.replace(/^\uFEFF/, ""))?.value;
  if (!isObject(state) || !Number.isInteger(state.version)) throw damaged(store);
  if (Number(state.version) > version) {
    throw new StateError(`${store} is from a newer version of geminidb-backup (format ${state.version}). Update it`);
  }
  if (state.version !== version || !Array.isArray(state.backups)) throw damaged(store);
  // After a first run that failed, such as for a misspelled instance, there is nothing to lose.
  const advice =
    state.backups.length > 0 ? "Use a state of its own for each rotation" : "It lists no backup, so remove it";
  checkOwner(state, owner, store, advice);
  if (!state.backups.every(isRecord) || hasDuplicates(state.backups)) throw damaged(store);
  return state.backups;
}

/** What an owner consists of, in words. */
const ownerWords: Record<keyof Owner, string> = {
  baseUrl: "the service",
  project_id: "the project",
  instance_id: "the instance",
  namePrefix: "the name prefix",
};

function checkOwner(state: Record<string, unknown>, owner: Owner, store: string, advice: string): void {
  const keys = Object.keys(ownerWords) as (keyof Owner)[];
  const lacking = keys.filter((key) => state[key] === undefined);
  if (lacking.length > 0) {
    throw new StateError(
      `${store} does not say where its backups are: it lacks ${lacking.join(", ")}. Add what is missing, or move it away and delete its backups by hand`,
    );
  }
  if (keys.some((key) => typeof state[key] !== "string")) throw damaged(store);
  const differences = keys
    .filter((key) => state[key] !== owner[key])
    .map((key) => `to ${ownerWords[key]} ${JSON.stringify(state[key])}, not to ${JSON.stringify(owner[key])}`);
  if (differences.length === 0) return;
  throw new StateError(`${store} belongs ${differences.join(", and ")}. ${advice}`);
}

function damaged(store: string): StateError {
  return new StateError(
    `${store} is damaged: it is not a state that geminidb-backup wrote. Restore it, or move it away and delete its backups by hand`,
  );
}

function isRecord(value: unknown): value is BackupRecord {
  if (!isObject(value) || !isText(value.name) || !isText(value.since)) return false;
  if (value.status === "unknown") return true;
  const isListed = value.status === "made" || value.status === "deleting";
  return isListed && isSendable(value.backup_id);
}

/** Whether a delete can be sent for an ID. Another one was written by somebody else, and would fail in every run. */
export function isSendable(backup_id: unknown): boolean {
  try {
    checkInput("deleteManualBackup", { backup_id }, "any");
    return true;
  } catch (error) {
    if (ValidationError.is(error)) return false;
    throw error;
  }
}

function hasDuplicates(records: readonly BackupRecord[]): boolean {
  const names = records.map(({ name }) => name);
  const ids = records.flatMap((record) => (record.status === "unknown" ? [] : [record.backup_id]));
  return new Set(names).size < names.length || new Set(ids).size < ids.length;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
