import { lstat, readFile, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { parseJson } from "../client/json.js";
import { sentences } from "../client/sentences.js";
import { textOf } from "../client/untrusted.js";
import { LockedError, StateError } from "./errors.js";
import { type Holder, isRunning } from "./process-identity.js";

/** After how long a lock counts as stale whose process cannot be asked: ten minutes, in milliseconds. Clocks may differ by minutes. */
const expiry = 600_000;
/** After how long an empty lock counts as left behind, in milliseconds. A run that makes its lock fills it at once. */
const emptyExpiry = 10_000;
/** The largest lock that is read, in bytes. One has about 250. */
const largest = 4096;

/** Who holds a lock. One that is empty does not say it: a run is still making it, or was killed meanwhile. */
export type FoundHolder = Holder | "being-made";

/** Tells a lock from every other. Empty ones share an ID that no run draws, in the form by which old claims are found. */
export function idOf(holder: FoundHolder): string {
  return holder === "being-made" ? "00000000-0000-0000-0000-000000000000" : holder.id;
}

/**
 * What a lock says of its holder; undefined where there is no lock.
 * @throws {StateError} when the file is not a lock
 */
export async function readHolder(path: string): Promise<FoundHolder | undefined> {
  // A lock that was made at this moment may not be written yet.
  for (let attempt = 0; attempt < 10; attempt++) {
    const text = await readLock(path);
    if (text === undefined) return undefined;
    const holder = parseJson(text)?.value;
    if (isHolder(holder)) return holder;
    await pause(10);
  }
  // Only an empty file can be what a run has left that was killed while it made its lock.
  if ((await readLock(path)) !== "") throw notALock(path);
  return "being-made";
}

/** Whether a lock is still that of a dead holder. Empty locks all have the same ID, so another run may be making this one. */
export async function isLeftBehindBy(dead: FoundHolder, path: string): Promise<boolean> {
  const holder = await readHolder(path);
  return holder !== undefined && idOf(holder) === idOf(dead) && (await lifeOf(holder, path)) === "dead";
}

/**
 * The holder of a lock, if it has left it behind; undefined where there is no lock.
 * @throws {LockedError} when it still runs
 */
export async function findDeadHolder(path: string, subject: string): Promise<FoundHolder | undefined> {
  const holder = await readHolder(path);
  if (!holder) return undefined;
  const life = await lifeOf(holder, path);
  if (life !== "dead") throw locked(holder, life, path, subject);
  return holder;
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
