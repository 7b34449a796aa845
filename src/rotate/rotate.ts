import type { ProjectClient } from "../client/client.js";
import { isAbortReason } from "../client/deadline.js";
import { ApiError, GeminiDBError, type Outcome } from "../client/errors.js";
import { readFailure, refusesCredential } from "../client/failure.js";
import { isGone } from "../client/gone.js";
import type { CallOptions } from "../client/options.js";
import { RotationError, type RotationFailure } from "./errors.js";
import { Ledger } from "./ledger.js";
import { backupName, isBackupName } from "./name.js";
import { checkOptions, createInputOf, notFound, type RotateOptions } from "./options.js";
import type { ListedBackup, MadeBackup, PossibleBackup, Rotation, RotationPlan } from "./rotation.js";
import { nameOf } from "./service.js";
import { isSendable } from "./state.js";
import type { RotationLock, RotationStore } from "./store.js";
import { isNameTaken } from "./taken-name.js";

/** What a rotation needs of a client. The client must have a project. */
export type RotationClient = Pick<ProjectClient, "createManualBackup" | "deleteManualBackup">;

/**
 * Says what `rotate` would make and delete now. It sends nothing, and changes nothing.
 * @throws {TypeError | ValidationError} when an option is wrong
 * @throws {LockedError} when another run is under way, so that the state changes
 * @throws {StateError} when the state cannot be used
 */
export async function planRotation(options: RotateOptions): Promise<RotationPlan> {
  checkOptions(options);
  await options.store.check?.();
  const ledger = await openLedger({ ...options, store: readOnly(options.store) });
  const name = backupName(options.namePrefix, new Date(), ledger.names);
  // The new backup is one of those to keep.
  const surplus = allButNewest(options.keep - 1, ledger.made);
  return {
    made: [{ name }],
    deleted: [...ledger.deleting, ...surplus],
    kept: ledger.made.slice(surplus.length),
    unknown: ledger.unknown,
  };
}

/**
 * Makes a backup, then deletes the oldest of those that it made earlier, until `keep` are left.
 *
 * Each step is written to the store before and after it, so that a crash at any moment loses no backup: what may exist is
 * listed, and named by every later run. Nothing is deleted that the store does not list. When no backup was made, no delete is
 * decided, unless `deleteAnyway` says so, and the last backup is never deleted.
 * @throws {TypeError | ValidationError} when an option is wrong; nothing was sent
 * @throws {LockedError} when another run is under way; nothing was sent
 * @throws {StateError} when the state cannot be used; nothing was sent
 * @throws {RotationError} when a step failed; its `rotation` says what was done, and its `failures` why the rest was not
 * @example
 * const service = fromEnvironment();
 * const geminidb = createClient({ ...service, retries: 20 });
 * await rotate(geminidb, { service, instance_id, namePrefix: "nightly", keep: 12, store: fileStore("nightly.json") });
 */
export async function rotate(client: RotationClient, options: RotateOptions): Promise<Rotation> {
  checkClient(client);
  checkOptions(options);
  options.signal?.throwIfAborted();
  const lock = await options.store.lock();
  try {
    return await new Run(client, options, await openLedger(options)).run();
  } finally {
    // What was done must not be hidden by a lock that could not be given back.
    await release(lock);
  }
}

function checkClient(client: RotationClient): void {
  for (const method of ["createManualBackup", "deleteManualBackup"] as const) {
    if (typeof Object(client)[method] === "function") continue;
    throw new TypeError(`rotate: the client must be one that createClient() has made: it has no ${method}`);
  }
}

async function release(lock: RotationLock): Promise<void> {
  try {
    await lock.release();
  } catch {}
}

/** A store in which nothing is changed. */
function readOnly(store: RotationStore): RotationStore {
  return { name: store.name, lock: () => store.lock(), read: () => store.read(), write: async () => {} };
}

async function openLedger({ service, store, instance_id, namePrefix, found = {} }: RotateOptions): Promise<Ledger> {
  const ledger = await Ledger.open(store, { ...nameOf(service), instance_id, namePrefix });
  const isKnown = ([name, id]: [string, string]) => {
    // A backup that is not listed needs no forgetting. If its name was mistyped, the run still reports the one that was meant.
    if (id === notFound) return !ledger.names.includes(name) && isBackupName(name, namePrefix);
    return ledger.existing.some((backup) => backup.name === name && backup.backup_id === id);
  };
  // A run that failed after it wrote them may be repeated as it is, unless it has deleted one of them since.
  const news = Object.entries(found).filter((pair) => !isKnown(pair));
  // All of them are checked before the first is written.
  for (const [name] of news) {
    if (!ledger.unknown.some((backup) => backup.name === name)) {
      throw new TypeError(
        `rotate: option found names ${JSON.stringify(name)}, which ${store.name} does not list as unknown`,
      );
    }
  }
  const listed = ledger.existing.map((backup) => backup.backup_id);
  for (const [name, backup_id] of news) {
    if (listed.includes(backup_id)) {
      throw new TypeError(`rotate: option found gives ${name} the ID of another backup that ${store.name} lists`);
    }
  }
  for (const [name, backup_id] of news) {
    if (backup_id === notFound) await ledger.remove(name);
    else await ledger.confirm(name, backup_id);
  }
  return ledger;
}

/** The steps of one rotation, and what comes of them. */
class Run {
  readonly #client: RotationClient;
  readonly #options: RotateOptions;
  readonly #ledger: Ledger;
  readonly #failures: RotationFailure[] = [];
  readonly #deleted: ListedBackup[] = [];
  #made: MadeBackup | undefined;
  #hasSent = false;
  /** Whether nothing more may be sent. */
  #isOver = false;
  /**
   * A delete of an earlier run whose answer was lost in this run. If a backup is made, that delete is tried again, so this failure
   * is reported only when no backup was made.
   */
  #lostDelete: RotationFailure | undefined;
  /** What the client knows of the call that the caller ended. */
  #outcomeAtAbort: Outcome = "unknown";

  constructor(client: RotationClient, options: RotateOptions, ledger: Ledger) {
    this.#client = client;
    this.#options = options;
    this.#ledger = ledger;
  }

  async run(): Promise<Rotation> {
    await this.#finishEarlierDeletes();
    if (!this.#isOver) await this.#create();
    if (this.#made === undefined && this.#lostDelete) this.#failures.unshift(this.#lostDelete);
    const mayDelete = this.#made !== undefined || this.#options.deleteAnyway === true;
    if (mayDelete && !this.#isOver) await this.#deleteSurplus();
    if (this.#failures.length > 0) throw new RotationError(this.#failures, this.#rotation());
    return this.#rotation();
  }

  /**
   * Deletes what an earlier run decided to delete. The instance is often busy with its new backup at the end of a run, and idle
   * at the beginning of the next one.
   *
   * A failure is not reported yet: "gone" may only mean that the client does not reach the right service. After a create that
   * succeeds, the delete is tried again.
   */
  async #finishEarlierDeletes(): Promise<void> {
    for (const backup of this.#deletable) {
      if (this.#isOver || this.#isEnded("delete", backup.name)) return;
      this.#hasSent = true;
      try {
        await this.#client.deleteManualBackup({ backup_id: backup.backup_id }, { ...this.#callOptions, retries: 0 });
      } catch (error) {
        switch (earlierDeleteFailure(error, this.#options.signal)) {
          case "refused-for-good":
            continue;
          case "ended-by-caller":
            this.#failToDelete(backup, error);
            return;
          case "answer-lost":
            this.#lostDelete = { step: "delete", backup: backup.name, error, isUnknown: true };
            return;
          case "other":
            return;
        }
      }
      await this.#noteDeleted(backup);
    }
  }

  async #create(): Promise<void> {
    const now = new Date();
    const name = backupName(this.#options.namePrefix, now, this.#ledger.names);
    const since = now.toISOString();
    if (this.#isEnded("create", name)) return;
    try {
      // From here on, the state says that the backup may exist.
      await this.#ledger.intend({ name, since });
    } catch (error) {
      if (!this.#hasSent) throw error;
      this.#note({ step: "create", backup: name, error, isSkipped: true });
      return;
    }
    try {
      const input = createInputOf(this.#options, name);
      const { backup_id, job_id } = await this.#client.createManualBackup(input, this.#callOptions);
      if (!isSendable(backup_id)) {
        const reason = `the service gave it the ID ${JSON.stringify(backup_id)}, with which nothing can be deleted. Look for it in the console`;
        this.#note({ step: "record", backup: name, error: new Error(reason) });
        return;
      }
      this.#made = { name, backup_id, job_id, since };
    } catch (error) {
      const isUnknown = this.#isUnknown(error);
      this.#note({ step: "create", backup: name, error, isUnknown });
      if (!isUnknown) await this.#record(name, () => this.#ledger.remove(name));
      return;
    }
    const { backup_id } = this.#made;
    await this.#record(name, () => this.#ledger.confirm(name, backup_id));
  }

  async #deleteSurplus(): Promise<void> {
    const surplus = allButNewest(this.#options.keep, this.#ledger.made);
    for (const { name } of surplus) {
      try {
        await this.#ledger.decideToDelete(name);
      } catch (error) {
        this.#note({ step: "delete", backup: name, error, isSkipped: true });
        return;
      }
    }
    for (const backup of this.#deletable) {
      if (this.#isOver || this.#isEnded("delete", backup.name)) return;
      await this.#delete(backup);
    }
  }

  async #delete(backup: ListedBackup): Promise<void> {
    try {
      await this.#client.deleteManualBackup({ backup_id: backup.backup_id }, this.#callOptions);
    } catch (error) {
      // Where no create has succeeded, "gone" may only mean that the client does not reach the right service.
      if (this.#made === undefined || !isGone(error)) {
        this.#failToDelete(backup, error);
        return;
      }
    }
    await this.#noteDeleted(backup);
  }

  async #noteDeleted(backup: ListedBackup): Promise<void> {
    this.#deleted.push(backup);
    await this.#record(backup.name, () => this.#ledger.remove(backup.name));
  }

  /** Writes to the state what was done. */
  async #record(backup: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.#note({ step: "record", backup, error });
    }
  }

  /** Whether the caller has ended the rotation before a step, which is a failure of that step. */
  #isEnded(step: "create" | "delete", backup: string): boolean {
    const { signal } = this.#options;
    if (signal?.aborted) this.#note({ step, backup, error: signal.reason, isSkipped: true });
    return signal?.aborted === true;
  }

  #failToDelete({ name }: ListedBackup, error: unknown): void {
    this.#note({ step: "delete", backup: name, error, isUnknown: this.#isUnknown(error) });
  }

  #note(failure: RotationFailure): void {
    this.#failures.push(failure);
    if (this.#options.signal?.aborted || endsRotation(failure)) this.#isOver = true;
  }

  /** Whether a step may have been carried out although it failed. */
  #isUnknown(error: unknown): boolean {
    // The reason of the caller's signal says nothing about this request, even if it is the error of another one.
    if (isAbortReason([this.#options.signal], error)) return this.#outcomeAtAbort === "unknown";
    return mayBeCarriedOut(error);
  }

  /** What is to be deleted. It does not count as a backup, and the last backup is never deleted. */
  get #deletable(): ListedBackup[] {
    return this.#ledger.made.length === 0 ? [] : this.#ledger.deleting;
  }

  get #callOptions(): CallOptions {
    return {
      signal: this.#options.signal,
      onAbort: ({ outcome }) => {
        this.#outcomeAtAbort = outcome;
      },
    };
  }

  #rotation(): Rotation {
    const made = this.#made;
    const isDeleted = ({ name }: ListedBackup) => this.#deleted.some((backup) => backup.name === name);
    const isMade = ({ name }: PossibleBackup) => made?.name === name;
    const kept = this.#ledger.existing.filter((backup) => !isDeleted(backup));
    // The state does not list it as made when it could not be written.
    if (made && !kept.some(isMade)) kept.push({ name: made.name, backup_id: made.backup_id, since: made.since });
    return {
      made: made ? [made] : [],
      deleted: this.#deleted,
      kept,
      unknown: this.#ledger.unknown.filter((backup) => !isMade(backup)),
    };
  }
}

function allButNewest(count: number, backups: readonly ListedBackup[]): readonly ListedBackup[] {
  return backups.slice(0, Math.max(0, backups.length - count));
}

/** Whether no further request may be sent after a failure, because it would fail as well. */
function endsRotation({ step, error, isSkipped = false }: RotationFailure): boolean {
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
function earlierDeleteFailure(
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
function mayBeCarriedOut(error: unknown): boolean {
  // A new name is taken only if this very create was carried out, such as when a proxy sent it twice.
  if (isNameTaken(error)) return true;
  return !GeminiDBError.is(error) || error.outcome === "unknown";
}

/** Whether the service answered, and not because it refused the credentials. */
function hasAcceptedCredentials(error: unknown): error is ApiError {
  return ApiError.is(error) && !refusesCredential(readFailure(error.status, error.body));
}
