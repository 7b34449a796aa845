import type { RotationClient } from "./client.js";
import { applyFound } from "./found.js";
import { Ledger } from "./ledger.js";
import type { Rotation, RotationPlan } from "./listing.js";
import { backupName } from "./name.js";
import { checkOptions, type RotateOptions } from "./options.js";
import { identify } from "./service.js";
import { Run } from "./steps.js";
import type { RotationLock, RotationStore } from "./store.js";
import { divide } from "./surplus.js";

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
  const { surplus, kept } = divide(ledger.made, options.keep - 1);
  return {
    made: [{ name }],
    deleted: [...ledger.deleting, ...surplus],
    kept,
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
 * @throws the reason of the signal, when it aborts before the first step; nothing was sent
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
    const ledger = await openLedger(options);
    // The caller may have ended the rotation while the lock was taken and the state was read.
    options.signal?.throwIfAborted();
    return await new Run(client, options, ledger).run();
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
  const ledger = await Ledger.open(store, { ...identify(service), instance_id, namePrefix });
  await applyFound(ledger, found, namePrefix);
  return ledger;
}
