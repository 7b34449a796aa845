import { randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { access, type FileHandle, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { textOf } from "../client/untrusted.js";
import { fileReason, mountedByItself } from "../shared/file-reason.js";
import { StateError } from "./errors.js";
import { FileLock } from "./lock.js";
import { isMountPoint } from "./mount-point.js";
import type { RotationStore } from "./store.js";
import { whereSupported } from "./where-supported.js";

/** The largest state that is read, in bytes. One of a thousand backups has about 250 kB. */
const largest = 2 ** 24;

/**
 * Keeps the state of a rotation in a file of JSON. Beside it stand, while a rotation runs, a lock (`….lock`) and the next
 * version, whose name holds the ID of the lock (`….new`). A run that takes over the lock of one that was killed makes a second lock
 * for a moment (`….lock.ID`). No other file is touched.
 * @param path the file; its folder must exist, and the file is made by the first rotation. A relative path begins at the
 *   present working directory. Symbolic links are followed when the lock is taken, and lead to the same file until its release.
 * @throws {TypeError} when the path is empty, or no text
 */
export function fileStore(path: string): RotationStore {
  // An empty path would name the working directory.
  if (typeof path !== "string" || path.trim() === "") {
    throw new TypeError('fileStore: the path must be the name of a file, such as "nightly.json"');
  }
  const place = absolute(path);
  let taken: { readonly file: string; readonly lock: FileLock } | undefined;
  /** The file itself. While the lock is held, it is the locked one, even if a link on the way leads elsewhere meanwhile. */
  const findFile = async () => {
    if (taken && !taken.lock.isReleased) return taken.file;
    if (/[\\/]$/.test(path)) throw new StateError(`${path} ends with a slash: the state is a file, and not a folder`);
    return target(place);
  };
  return {
    name: path,
    lock: async () => {
      const file = await explained(path, "locked", findFile);
      const lock = await withLockOf(file, path, FileLock.acquire);
      taken = { file, lock };
      if (lock.formerId !== undefined) await removeNext(nextOf(file, lock.formerId));
      return lock;
    },
    check: async () => {
      const file = await explained(path, "written", findFile);
      await withLockOf(file, path, FileLock.check);
      await explained(path, "written", () => access(dirname(file), constants.R_OK | constants.W_OK | constants.X_OK));
      if (await isMountPoint(file)) throw new StateError(`${path} cannot be written: ${mountedByItself}`);
    },
    read: () => explained(path, "read", async () => readState(await findFile())),
    write: (text) =>
      explained(path, "written", async () => {
        await taken?.lock.assertHeld();
        const file = await findFile();
        await replaceText(file, text, nextOf(file, taken?.lock.id ?? randomUUID()));
      }),
  };
}

/** The path from the root, so that it names the same file when the working directory changes. */
function absolute(path: string): string {
  try {
    return resolve(path);
  } catch (error) {
    if (textOf(error, "code") !== "ENOENT") throw error;
    // The working directory was removed. Whoever uses the path is told that its folder does not exist.
    return path;
  }
}

/** Does something with the lock of a state. An error names the file of the lock, which may be another user's. */
function withLockOf<Result>(
  file: string,
  subject: string,
  work: (lock: string, subject: string) => Promise<Result>,
): Promise<Result> {
  const lock = `${file}.lock`;
  return explained(subject, `locked with ${lock}`, () => work(lock, subject));
}

/** Where a path leads: a rename would replace a symbolic link, and leave what it leads to as it is. */
async function target(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (textOf(error, "code") !== "ENOENT") throw error;
  }
  // Before the first rotation there is no file, but its folder, and perhaps a link to where the file is to be.
  const folder = await realpath(dirname(path));
  const link = await readlink(path).catch(() => undefined);
  return link === undefined ? join(folder, basename(path)) : target(resolve(folder, link));
}

async function readState(path: string): Promise<string | undefined> {
  const found = await stat(path).catch((error) => {
    if (textOf(error, "code") === "ENOENT") return undefined;
    throw error;
  });
  if (!found) return undefined;
  // A pipe or a device could be read without end.
  if (!found.isFile()) throw new StateError(`${path} is not a regular file`);
  if (found.size > largest) throw new StateError(`${path} is larger than ${largest} bytes, too large for a state`);
  const file = await open(path);
  try {
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

/** Writes the new text beside the old one, makes sure that it is on the disk, and lets it take the old one's place. */
async function replaceText(path: string, text: string, next: string): Promise<void> {
  const folder = await openFolder(dirname(path));
  try {
    await writeNext(next, text, await stat(path).catch(() => undefined));
    await rename(next, path);
    // The new name of a file is on the disk only when its folder is.
    if (folder) await whereSupported(() => folder.sync());
  } catch (error) {
    await removeNext(next);
    throw error;
  } finally {
    await folder?.close();
  }
}

/**
 * Writes the next version of a state.
 * @param former the file whose place it takes. Its mode, owner and group stay the same, as far as the system allows
 */
async function writeNext(next: string, text: string, former: Stats | undefined): Promise<void> {
  const file = await open(next, "wx", 0o600);
  try {
    await file.writeFile(text);
    if (former) {
      await keepMode(file, former);
      await keepOwnership(file, former);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives a file the mode of another one, but nobody else may write it: whoever writes a state can have backups deleted. */
async function keepMode(file: FileHandle, { mode }: Stats): Promise<void> {
  await whereSupported(() => file.chmod(mode & 0o755));
}

/**
 * Gives a file the owner and the group of another one, so that a run by somebody else does not take the state away from whoever
 * ran before. Only the administrator may give a file away, and not in every container. Others make it their own, and keep its
 * group if they are in it.
 */
async function keepOwnership(file: FileHandle, { uid, gid }: Stats): Promise<void> {
  const isAdministrator = process.getuid?.() === 0;
  if (isAdministrator && (await whereSupported(() => file.chown(uid, gid)))) return;
  const sameOwner = -1;
  await whereSupported(() => file.chown(sameOwner, gid));
}

/** Where the next version of a state is written. With the ID of the lock in it, no other file has this name. */
function nextOf(path: string, lockId: string): string {
  return `${path}.${lockId}.new`;
}

/** A next version that cannot be removed does no harm. */
async function removeNext(next: string): Promise<void> {
  await rm(next, { force: true }).catch(() => {});
}

/** Windows cannot open folders, and need not. */
async function openFolder(folder: string): Promise<FileHandle | undefined> {
  return process.platform === "win32" ? undefined : open(folder);
}

/** @throws {StateError} in place of an error of the file system */
async function explained<Result>(path: string, verb: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // A shell replaces it at the beginning of a word only, and not after "=".
    const tilde = path.startsWith("~") ? ", and no shell has replaced its ~" : "";
    const reason = fileReason(error, `its folder does not exist${tilde}`);
    if (reason === undefined) throw error;
    throw new StateError(`${path} cannot be ${verb}: ${reason}`, { cause: error });
  }
}
