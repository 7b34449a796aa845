import { isAbortReason } from "../client/deadline.js";
import type { Outcome } from "../client/errors.js";
import { isGone } from "../client/gone.js";
import type { CallOptions } from "../client/options.js";
import type { RotationClient } from "./client.js";
import { RotationError, type RotationFailure } from "./errors.js";
import { kindOfFailure, mayBeCarriedOut, mayDeleteAfter } from "./failed-step.js";
import type { Ledger } from "./ledger.js";
import type { ListedBackup, MadeBackup, PossibleBackup, Rotation } from "./listing.js";
import { backupName } from "./name.js";
import { createInputOf, type RotateOptions } from "./options.js";
import { isSendable } from "./state.js";
import { divide } from "./surplus.js";

/** What follows a step: the next one, or the end, because no further request may or need be sent. */
type Next = "go-on" | "over";

/**
 * How often a create is retried after a delete of the same run, which keeps the instance busy. That is about six minutes. With the
 * retries of an ordinary client, every second run would make no backup.
 */
const retriesAfterDelete = 20;

/** The steps of one rotation, and what comes of them. */
export class Run {
  readonly #client: RotationClient;
  readonly #options: RotateOptions;
  readonly #ledger: Ledger;
  readonly #failures: RotationFailure[] = [];
  readonly #deleted: ListedBackup[] = [];
  #made: MadeBackup | undefined;
  /** A delete that an earlier run had decided, and whose response was lost in this one. */
  #lostDelete: RotationFailure | undefined;
  /** What the client knows of the call that the caller ended. */
  #outcomeAtAbort: Outcome = "unknown";

  constructor(client: RotationClient, options: RotateOptions, ledger: Ledger) {
    this.#client = client;
    this.#options = options;
    this.#ledger = ledger;
  }

  async run(): Promise<Rotation> {
    await this.#takeSteps();
    const lost = this.#lostDelete;
    // If the lost delete was repeated with success, nothing about it is unknown.
    if (lost && !this.#isDeleted(lost.backup)) this.#failures.unshift(lost);
    if (this.#failures.length > 0) throw new RotationError(this.#failures, this.#rotation());
    return this.#rotation();
  }

  async #takeSteps(): Promise<void> {
    const earlier = this.#deletable;
    if ((await this.#finishEarlierDeletes(earlier)) === "over") return;
    const isFirstRequest = earlier.length === 0;
    if ((await this.#create(isFirstRequest)) === "over") return;
    await this.#deleteSurplus();
  }

  /**
   * Deletes what an earlier run decided to delete. The instance is often busy with its new backup at the end of a run, and idle
   * at the beginning of the next one.
   *
   * A failure is not reported yet: "gone" may only mean that the client does not reach the right service. After a create that
   * succeeds, the delete is tried again.
   */
  async #finishEarlierDeletes(backups: readonly ListedBackup[]): Promise<Next> {
    for (const backup of backups) {
      if (this.#skipIfAborted("delete", backup.name)) return "over";
      try {
        await this.#client.deleteManualBackup({ backup_id: backup.backup_id }, { ...this.#callOptions, retries: 0 });
      } catch (error) {
        switch (kindOfFailure(error, this.#options.signal)) {
          case "refused-for-good":
            continue;
          case "ended-by-caller":
            this.#failures.push(this.#failedDelete(backup, error));
            return "over";
          case "answer-lost":
            this.#lostDelete = this.#failedDelete(backup, error);
            return "go-on";
          case "no-credentials":
          case "refused-for-now":
          case "unreachable":
            return "go-on";
        }
      }
      if ((await this.#noteDeleted(backup)) === "over") return "over";
    }
    return "go-on";
  }

  /** @param isFirstRequest whether nothing was sent before, so that a state that cannot be written is no failure of a step */
  async #create(isFirstRequest: boolean): Promise<Next> {
    const now = new Date();
    const name = backupName(this.#options.namePrefix, now, this.#ledger.names);
    const since = now.toISOString();
    if (this.#skipIfAborted("create", name)) return "over";
    try {
      // From here on, the state says that the backup may exist.
      await this.#ledger.intend({ name, since });
    } catch (error) {
      if (isFirstRequest) throw error;
      this.#failures.push({ step: "create", backup: name, error, isSkipped: true });
      return "over";
    }
    try {
      const input = createInputOf(this.#options, name);
      const { backup_id, job_id } = await this.#client.createManualBackup(input, this.#createOptions);
      if (!isSendable(backup_id)) {
        const reason = `the service gave it the ID ${JSON.stringify(backup_id)}, with which nothing can be deleted. Look for it in the console`;
        this.#failures.push({ step: "record", backup: name, error: new Error(reason) });
        return "over";
      }
      this.#made = { name, backup_id, job_id, since };
    } catch (error) {
      return this.#afterFailedCreate(name, error);
    }
    const { backup_id } = this.#made;
    return this.#record(name, () => this.#ledger.confirm(name, backup_id));
  }

  async #afterFailedCreate(name: string, error: unknown): Promise<Next> {
    const isUnknown = this.#isUnknown(error);
    this.#failures.push({ step: "create", backup: name, error, isUnknown });
    if (!isUnknown && (await this.#record(name, () => this.#ledger.remove(name))) === "over") return "over";
    const { deleteAnyway, signal } = this.#options;
    return deleteAnyway && mayDeleteAfter(kindOfFailure(error, signal)) ? "go-on" : "over";
  }

  async #deleteSurplus(): Promise<void> {
    const { surplus } = divide(this.#ledger.made, this.#options.keep);
    // All of them at first, so that the next run can go on with any: one may be gone already, and the account full until another is.
    for (const { name } of surplus) {
      try {
        await this.#ledger.decideToDelete(name);
      } catch (error) {
        this.#failures.push({ step: "delete", backup: name, error, isSkipped: true });
        return;
      }
    }
    for (const backup of this.#deletable) {
      if (this.#skipIfAborted("delete", backup.name)) return;
      if ((await this.#delete(backup)) === "over") return;
    }
  }

  async #delete(backup: ListedBackup): Promise<Next> {
    try {
      await this.#client.deleteManualBackup({ backup_id: backup.backup_id }, this.#callOptions);
    } catch (error) {
      // Where no create has succeeded, "gone" may only mean that the client does not reach the right service.
      if (this.#made === undefined || !isGone(error)) {
        this.#failures.push(this.#failedDelete(backup, error));
        // After any other failure, the next delete would fail as well.
        return kindOfFailure(error, this.#options.signal) === "refused-for-good" ? "go-on" : "over";
      }
    }
    return this.#noteDeleted(backup);
  }

  async #noteDeleted(backup: ListedBackup): Promise<Next> {
    this.#deleted.push(backup);
    return this.#record(backup.name, () => this.#ledger.remove(backup.name));
  }

  /** Writes to the state what was done. */
  async #record(backup: string, write: () => Promise<void>): Promise<Next> {
    try {
      await write();
      return "go-on";
    } catch (error) {
      this.#failures.push({ step: "record", backup, error });
      return "over";
    }
  }

  /**
   * Notes the next step as skipped when the caller has ended the rotation.
   * @returns whether it was skipped
   */
  #skipIfAborted(step: "create" | "delete", backup: string): boolean {
    const { signal } = this.#options;
    if (!signal?.aborted) return false;
    this.#failures.push({ step, backup, error: signal.reason, isSkipped: true });
    return true;
  }

  #failedDelete({ name }: ListedBackup, error: unknown): RotationFailure {
    return { step: "delete", backup: name, error, isUnknown: this.#isUnknown(error) };
  }

  /** Whether a step may have been carried out although it failed. */
  #isUnknown(error: unknown): boolean {
    // The reason of the caller's signal says nothing about this request, even if it is the error of another one.
    if (isAbortReason([this.#options.signal], error)) return this.#outcomeAtAbort === "unknown";
    return mayBeCarriedOut(error);
  }

  #isDeleted(name: string): boolean {
    return this.#deleted.some((backup) => backup.name === name);
  }

  /** What is to be deleted. It does not count as a backup, and the last backup is never deleted. */
  get #deletable(): ListedBackup[] {
    return this.#ledger.made.length === 0 ? [] : this.#ledger.deleting;
  }

  get #createOptions(): CallOptions {
    return this.#deleted.length > 0 ? { ...this.#callOptions, retries: retriesAfterDelete } : this.#callOptions;
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
    const isMade = ({ name }: PossibleBackup) => made?.name === name;
    const kept = this.#ledger.existing.filter(({ name }) => !this.#isDeleted(name));
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
