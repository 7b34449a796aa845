import type { ListedBackup, PossibleBackup } from "./listing.js";
import { type BackupRecord, type Owner, readState, writeState } from "./state.js";
import type { RotationStore } from "./store.js";

/** The backups of a rotation, the oldest first. What it holds is what the store holds: each change is written at once. */
export class Ledger {
  readonly #store: RotationStore;
  readonly #owner: Owner;
  #records: readonly BackupRecord[];

  private constructor(store: RotationStore, owner: Owner, records: readonly BackupRecord[]) {
    this.#store = store;
    this.#owner = owner;
    this.#records = records;
  }

  /** @throws {StateError} when the state cannot be used */
  static async open(store: RotationStore, owner: Owner): Promise<Ledger> {
    const text = await store.read();
    return new Ledger(store, owner, text === undefined ? [] : readState(text, owner, store.name));
  }

  /** The store, for messages. */
  get storeName(): string {
    return this.#store.name;
  }

  /** The names that are taken. */
  get names(): string[] {
    return this.#records.map(({ name }) => name);
  }

  /** Backups that may exist. */
  get unknown(): PossibleBackup[] {
    return this.#records.filter(({ status }) => status === "unknown").map(({ name, since }) => ({ name, since }));
  }

  /** Backups that exist, and whose delete was not decided. */
  get made(): ListedBackup[] {
    return this.#withStatus("made");
  }

  /** Backups that are to be deleted. */
  get deleting(): ListedBackup[] {
    return this.#withStatus("deleting");
  }

  /** Backups that exist. */
  get existing(): ListedBackup[] {
    return this.#withStatus("made", "deleting");
  }

  /** Lists a backup that may exist from now on. */
  async intend({ name, since }: PossibleBackup): Promise<void> {
    await this.#write([...this.#records, { status: "unknown", name, since }]);
  }

  /** Lists a backup that may exist as one that does. */
  async confirm(name: string, backup_id: string): Promise<void> {
    // If two records had the same ID, rotating out the older one would delete the backup that the newer one keeps.
    const others = this.#records.filter((record) => record.status === "unknown" || record.backup_id !== backup_id);
    await this.#write(
      others.map((record) =>
        record.name === name ? { status: "made", name, since: record.since, backup_id } : record,
      ),
    );
  }

  /** Lists a backup that exists as one that is to be deleted. */
  async decideToDelete(name: string): Promise<void> {
    await this.#write(
      this.#records.map((record) =>
        record.name === name && record.status === "made" ? { ...record, status: "deleting" } : record,
      ),
    );
  }

  /** Lists the backup no longer: it does not exist. */
  async remove(name: string): Promise<void> {
    await this.#write(this.#records.filter((record) => record.name !== name));
  }

  async #write(records: readonly BackupRecord[]): Promise<void> {
    await this.#store.write(writeState(this.#owner, records));
    this.#records = records;
  }

  #withStatus(...wanted: BackupRecord["status"][]): ListedBackup[] {
    return this.#records.flatMap((record) => {
      if (record.status === "unknown" || !wanted.includes(record.status)) return [];
      const { name, backup_id, since } = record;
      return [{ name, backup_id, since }];
    });
  }
}
