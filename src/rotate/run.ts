import { isAbortReason } from "../client/deadline.js";
import type { Outcome } from "../client/errors.js";
import { isGone } from "../client/gone.js";
import type { CallOptions } from "../client/options.js";
import type { RotationClient } from "./client.js";
import { RotationError, type RotationFailure } from "./errors.js";
import { earlierDeleteFailure, endsRotation, mayBeCarriedOut } from "./failed-step.js";
import type { Ledger } from "./ledger.js";
import { backupName } from "./name.js";
import { createInputOf, type RotateOptions } from "./options.js";
import type { ListedBackup, MadeBackup, PossibleBackup, Rotation } from "./rotation.js";
import { isSendable } from "./state.js";

/** The steps of one rotation, and what comes of them. */
export class Run {
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
      if (this.#isOver) return;
      if (this.#skipIfAborted("delete", backup.name)) return;
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
    if (this.#skipIfAborted("create", name)) return;
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
      if (this.#isOver) return;
      if (this.#skipIfAborted("delete", backup.name)) return;
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

  /**
   * Notes the next step as skipped when the caller has ended the rotation.
   * @returns whether it was skipped
   */
  #skipIfAborted(step: "create" | "delete", backup: string): boolean {
    const { signal } = this.#options;
    if (!signal?.aborted) return false;
    this.#note({ step, backup, error: signal.reason, isSkipped: true });
    return true;
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

/** All but the newest of some backups, of which the oldest comes first. */
export function allButNewest(count: number, backups: readonly ListedBackup[]): readonly ListedBackup[] {
  return backups.slice(0, Math.max(0, backups.length - count));
}
