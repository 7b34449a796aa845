import { ValidationError } from "../client/errors.js";
import { checkInput, invalid } from "../client/input.js";
import { refuseUnknown } from "../client/names.js";
import type { Input } from "../client/operation-types.js";
import { checkCallOptions } from "../client/options.js";
import { OptionError } from "../shared/option-error.js";
import { backupName } from "./name.js";
import { checkService, type RotationService } from "./service.js";
import type { RotationStore } from "./store.js";

type CreateInput = Input<"createManualBackup", "project_id">;

/** The options of `rotate`. */
export interface RotateOptions {
  /**
   * The options that the client was made with, of which `project_id` and `baseUrl` or `region` are read: a client does not tell
   * them. The state names them, and a rotation of another service or project is refused. There, the backups of this one would
   * seem to be gone, and would be forgotten.
   */
  service: RotationService;
  /** The instance to back up. */
  instance_id: CreateInput["instance_id"];
  /** How the names of the backups begin; the date and time follow. */
  namePrefix: string;
  /**
   * How many backups a rotation keeps, the new one included, 1 or more. A backup that is unknown, or whose delete failed, is not
   * counted.
   */
  keep: number;
  /** Where the backups are listed: `fileStore("nightly.json")`, or a store of your own. */
  store: RotationStore;
  /**
   * The description of the backup.
   * @default "Made by geminidb-backup", because no document says that the service takes an empty one
   */
  description?: CreateInput["description"] | undefined;
  /** Selected databases and tables, for GeminiDB Cassandra only; the whole instance by default. */
  database_tables?: CreateInput["database_tables"];
  /**
   * Whether to delete surplus backups even if no new backup could be made, except where the service was not reached, or the
   * credentials are missing or not accepted.
   */
  deleteAnyway?: boolean | undefined;
  /**
   * What you found out about backups that are listed as unknown, by name: the `backup_id` of one that exists, or `"none"` for
   * one that does not.
   */
  found?: Readonly<Record<string, string>> | undefined;
  /** Ends the rotation. A create that is under way is listed as unknown. */
  signal?: AbortSignal | undefined;
}

/** What `found` says of a backup that does not exist. */
export const notFound = "none";

const optionNames: Record<keyof RotateOptions, true> = {
  service: true,
  instance_id: true,
  namePrefix: true,
  keep: true,
  store: true,
  description: true,
  database_tables: true,
  deleteAnyway: true,
  found: true,
  signal: true,
};

/** The description of a backup for which none was given. No document says that the service takes an empty one. */
export const defaultDescription = "Made by geminidb-backup";

/** What the create of a backup is given. */
export function createInputOf(options: RotateOptions, name: string): CreateInput {
  const { instance_id, description = defaultDescription, database_tables } = options;
  return { instance_id, name, description, database_tables };
}

/**
 * Checks the options before anything is locked or sent.
 * @throws {TypeError} that names the option and what is allowed
 * @throws {ValidationError} when the description of the API does not allow what would be sent
 */
export function checkOptions(options: RotateOptions): void {
  refuseUnknown("rotate", options, Object.keys(optionNames));
  const { keep, namePrefix, store } = options;
  if (!Number.isInteger(keep) || keep < 1) {
    throw wrong("keep", "must be a whole number, 1 or more: the last backup is never deleted");
  }
  if (typeof namePrefix !== "string") throw wrong("namePrefix", "must be a string");
  if (!["lock", "read", "write"].every((method) => typeof Object(store)[method] === "function")) {
    throw wrong("store", 'must be a store, such as fileStore("nightly.json")');
  }
  if (options.deleteAnyway !== undefined && typeof options.deleteAnyway !== "boolean") {
    throw wrong("deleteAnyway", "must be a boolean");
  }
  checkService(options.service);
  checkCallOptions({ signal: options.signal });
  checkFound(options.found);
  const name = backupName(namePrefix, new Date(), []);
  try {
    // The project is the client's, and the client checks it.
    checkInput("createManualBackup", createInputOf(options, name), "any");
  } catch (error) {
    throw ValidationError.is(error) ? aboutPrefix(error, name) : error;
  }
}

/** The error for an option that is not allowed. */
export function wrong(option: keyof RotateOptions, reason: string): TypeError {
  return new OptionError("rotate: option", option, reason);
}

/** @throws {TypeError} when an ID cannot be one, or is there twice */
function checkFound(found: unknown): void {
  if (found === undefined) return;
  if (typeof found !== "object" || found === null) {
    throw wrong("found", 'must be an object: the ID of a backup, or "none", by name');
  }
  const ids = new Set<unknown>();
  for (const [name, id] of Object.entries(found)) {
    if (id === notFound) continue;
    if (!isBackupId(id) || id === name) {
      throw wrong("found", `must give ${name} the ID of a backup, or "none", not ${JSON.stringify(id)}`);
    }
    if (ids.has(id)) throw wrong("found", `gives ${name} the ID of another backup`);
    ids.add(id);
  }
}

/** Whether somebody may have found this ID. A slip in writing "none" must not be kept in the place of a real backup. */
function isBackupId(id: unknown): id is string {
  return typeof id === "string" && /^[a-z\d][\w-]*$/i.test(id) && id.toLowerCase() !== notFound;
}

/** The same error, in the words of the caller, who did not write the name. */
function aboutPrefix(error: ValidationError, name: string): ValidationError {
  const issues = error.issues.map((issue) => {
    if (issue.path !== "name") return issue;
    return {
      ...issue,
      path: "namePrefix",
      message: `with the date and time makes ${JSON.stringify(name)}, which ${issue.message}`,
    };
  });
  return invalid("rotate", issues);
}
