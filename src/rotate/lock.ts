import { randomUUID } from "node:crypto";
import { lstat, open, readdir, readFile, rename, stat, unlink, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
// The global timers may be those of a browser, as in jsdom.
import { clearInterval, setInterval } from "node:timers";
import { setTimeout as pause } from "node:timers/promises";
import { sentences } from "../client/sentences.js";
import { textOf } from "../client/untrusted.js";
import { LockedError, StateError } from "./errors.js";
import { type Holder, identifySelf, isRunning } from "./process-identity.js";
import type { RotationLock } from "./store.js";
import { whereSupported } from "./where-supported.js";

/** How often a lock is renewed, in milliseconds, so that other machines see that its holder lives. */
const renewal = 15_000;
/** After how long a lock counts as stale whose process cannot be asked: ten minutes, in milliseconds. Clocks may differ by minutes. */
const expiry = 600_000;
/** After how long an empty lock counts as left behind, in milliseconds. A run that makes its lock fills it at once. */
const emptyExpiry = 10_000;
/** The largest lock that is read, in bytes. One has about 250. */
const largest = 4096;

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

/** Whether a lock is still that of a dead holder. Empty locks all have the same ID, so another run may be making this one. */
async function isLeftBehindBy(dead: FoundHolder, path: string): Promise<boolean> {
  const holder = await readHolder(path);
  return holder !== undefined && idOf(holder) === idOf(dead) && (await lifeOf(holder, path)) === "dead";
}

/**
 * The holder of a lock, if it has left it behind; undefined where there is no lock.
 * @throws {LockedError} when it still runs
 */
async function findDeadHolder(path: string, subject: string): Promise<FoundHolder | undefined> {
  const holder = await readHolder(path);
  if (!holder) return undefined;
  const life = await lifeOf(holder, path);
  if (life !== "dead") throw locked(holder, life, path, subject);
  return holder;
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

/**
 * What a lock says of its holder; undefined where there is no lock.
 * @throws {StateError} when the file is not a lock
 */
async function readHolder(path: string): Promise<FoundHolder | undefined> {
  // A lock that was made at this moment may not be written yet.
  for (let attempt = 0; attempt < 10; attempt++) {
    const text = await readLock(path);
    if (text === undefined) return undefined;
    const holder = parse(text);
    if (isHolder(holder)) return holder;
    await pause(10);
  }
  // Only an empty file can be what a run has left that was killed while it made its lock.
  if ((await readLock(path)) !== "") throw notALock(path);
  return "being-made";
}

/**
 * The text of a lock; undefined where there is none. What no run can have made is refused: a large file, a folder, a pipe that
 * would never end, or a symbolic link that leads nowhere, which can neither be read nor made.
 */
async function readLock(path: string): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    if (!found.isFile())
      throw new StateError(`${path} is in the place of the lock, and is not a regular file. Remove it`);
    if (found.size > largest) throw notALock(path);
    return await readFile(path, "utf8");
  } catch (error) {
    if (textOf(error, "code") === "ENOENT") return undefined;
    throw error;
  }
}

/** The file may be anybody's, such as the state of another rotation. */
function notALock(path: string): StateError {
  return new StateError(
    `${path} is in the place of the lock, but is not one. Move it away, or give the state another name`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Who holds a lock. One that is empty does not say it: a run is still making it, or was killed meanwhile. */
type FoundHolder = Holder | "being-made";

/** Tells a lock from every other. Empty ones share an ID that no run draws, in the form by which old claims are found. */
function idOf(holder: FoundHolder): string {
  return holder === "being-made" ? "00000000-0000-0000-0000-000000000000" : holder.id;
}

function isHolder(value: unknown): value is Holder {
  const { pid, ...texts } = Object(value);
  const names = ["id", "host", "machine", "started", "since"];
  // The ID becomes a part of a file's name.
  return (
    Number.isInteger(pid) && names.every((name) => typeof texts[name] === "string") && /^[\w-]{1,40}$/.test(texts.id)
  );
}

/** Whether a holder still runs. Where nobody can tell, it counts as alive until a time. */
type Life = "dead" | "alive" | { readonly until: Date };

async function lifeOf(holder: FoundHolder, path: string): Promise<Life> {
  if (holder === "being-made") return lifeFor(emptyExpiry, path);
  const running = await isRunning(holder);
  if (running === "no") return "dead";
  if (running === "yes") return "alive";
  return lifeFor(expiry, path);
}

/** The life of a holder that counts as dead after some milliseconds without a sign. */
async function lifeFor(milliseconds: number, path: string): Promise<Life> {
  const until = (await lastSignOfLife(path)) + milliseconds;
  return Date.now() < until ? { until: new Date(until) } : "dead";
}

/** When a lock was made or renewed, in milliseconds since 1970; 0 where it is gone. */
async function lastSignOfLife(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (textOf(error, "code") === "ENOENT") return 0;
    throw error;
  }
}

function locked(holder: FoundHolder, life: Exclude<Life, "dead">, path: string, subject: string): LockedError {
  if (holder === "being-made")
    return new LockedError(`${subject} is being locked by another run (${path}). Try again`, undefined);
  const { pid, host, since } = holder;
  const message = sentences(
    `${subject} is in use by process ${pid} on ${host}, since ${since} (${path})`,
    "Try again when it has ended",
    life === "alive"
      ? ""
      : `If it was killed, another run can take its place ten minutes after its last sign of life, from ${life.until.toISOString()} on`,
  );
  return new LockedError(message, holder);
}
