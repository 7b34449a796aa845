import { randomUUID } from "node:crypto";
import { open, readdir, rename, unlink, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
// The global timers may be those of a browser, as in jsdom.
import { clearInterval, setInterval } from "node:timers";
import { textOf } from "../client/untrusted.js";
import { LockedError, StateError } from "./errors.js";
import { type FoundHolder, findDeadHolder, idOf, isLeftBehindBy, readHolder } from "./lock-file.js";
import { type Holder, identifySelf } from "./process-identity.js";
import type { RotationLock } from "./store.js";
import { whereSupported } from "./where-supported.js";

/** How often a lock is renewed, in milliseconds, so that other machines see that its holder lives. */
const renewal = 15_000;

/** A lock that is a file. It holds on one machine and between machines that share the folder. */
export class FileLock implements RotationLock {
  readonly #path: string;
  readonly #own: Holder;
  readonly #timer: NodeJS.Timeout;
  /** The ID of the lock that a dead holder had left behind, if there was one. */
  readonly formerId: string | undefined;
  #isReleased = false;

  private constructor(path: string, own: Holder, formerId: string | undefined) {
    this.#path = path;
    this.#own = own;
    this.formerId = formerId;
    this.#timer = setInterval(() => void this.#renew(), renewal).unref();
  }

  /**
   * @param path the file of the lock
   * @param subject what is locked, for messages
   * @throws {LockedError} when a process that still runs holds it
   */
  static async acquire(path: string, subject: string): Promise<FileLock> {
    const own = { ...(await identifySelf()), id: randomUUID(), since: new Date().toISOString() };
    const formerId = await takeLock(path, own, subject);
    await removeOldClaims(path);
    return new FileLock(path, own, formerId);
  }

  /** Tells this lock from every other. */
  get id(): string {
    return this.#own.id;
  }

  get isReleased(): boolean {
    return this.#isReleased;
  }

  /**
   * Says what `acquire` would say, and takes nothing.
   * @throws {LockedError} when a process that still runs holds the lock
   */
  static async check(path: string, subject: string): Promise<void> {
    const dead = await findDeadHolder(path, subject);
    // Another run may be about to take the place of the dead one.
    if (dead) await FileLock.check(claimOn(path, dead), subject);
  }

  /**
   * @throws {LockedError} when another run has taken the lock over, because this one seemed to be dead
   * @throws {StateError} when the lock is gone
   */
  async assertHeld(): Promise<void> {
    const holder = await readHolder(this.#path);
    if (!holder) throw new StateError(`${this.#path} is gone: another run may have taken it over and ended`);
    if (idOf(holder) !== this.#own.id)
      throw new LockedError(
        `${this.#path} was taken over by another run. Try again when it has ended`,
        holder === "being-made" ? undefined : holder,
      );
  }

  /** A lock that cannot be renewed is no reason to stop: it is checked before each change of the state. */
  async #renew(): Promise<void> {
    try {
      await this.assertHeld();
      const now = new Date();
      await utimes(this.#path, now, now);
    } catch {}
  }

  async release(): Promise<void> {
    this.#isReleased = true;
    clearInterval(this.#timer);
    const holder = await readHolder(this.#path);
    if (holder && idOf(holder) === this.#own.id) await unlink(this.#path);
  }
}

/**
 * Makes the file, or takes the place of a holder that is dead.
 *
 * Two processes may find the same dead holder. So each first takes a second lock, which is named after that holder: only one
 * of them gets it, and only that one replaces the dead lock, by renaming its second lock to the first. A process that dies
 * in between leaves a dead second lock, which is taken over in the same way.
 * @returns the ID of the dead holder
 */
async function takeLock(path: string, own: Holder, subject: string): Promise<string | undefined> {
  for (;;) {
    if (await createLockFile(path, own)) return undefined;
    const dead = await findDeadHolder(path, subject);
    // It was released meanwhile.
    if (!dead) continue;
    const claim = claimOn(path, dead);
    await takeLock(claim, own, subject);
    // Somebody may have taken the lock over, and even released it, before the claim was made.
    if (await isLeftBehindBy(dead, path)) {
      await rename(claim, path);
      return idOf(dead);
    }
    // The new holder may have removed it.
    await unlink(claim).catch(() => {});
  }
}

/**
 * Removes the claims on holders that are gone. A process that is killed leaves its claim behind, and nobody else looks for it: each
 * holder has an ID of its own.
 */
async function removeOldClaims(path: string): Promise<void> {
  const names = await readdir(dirname(path)).catch(() => []);
  const claims = names.filter((name) => name.startsWith(`${basename(path)}.`) && claimEnd.test(name));
  await Promise.all(claims.map((name) => unlink(join(dirname(path), name)).catch(() => {})));
}

/** How the name of a claim ends: with the ID of a holder. */
const claimEnd = /\.[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The lock that a process holds while it replaces the lock of a dead holder. */
function claimOn(path: string, dead: FoundHolder): string {
  return `${path}.${idOf(dead)}`;
}

/** Makes the file of a lock. @returns whether it was not there before */
async function createLockFile(path: string, own: Holder): Promise<boolean> {
  const file = await open(path, "wx").catch((error) => {
    if (textOf(error, "code") === "EEXIST") return undefined;
    throw error;
  });
  if (!file) return false;
  try {
    await file.writeFile(JSON.stringify(own));
    // Whatever the umask is, other users must be able to see who holds the lock.
    await whereSupported(() => file.chmod(0o644));
  } catch (error) {
    // On a full disk, an empty file was made.
    await unlink(path).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
  return true;
}
