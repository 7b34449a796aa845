import { constants, type Stats } from "node:fs";
import { access, type FileHandle, lstat, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { textOf } from "../client/untrusted.js";
import { StateError } from "./errors.js";
import { fileReason } from "./file-reason.js";
import { FileLock } from "./lock.js";
import type { RotationStore } from "./store.js";

/** The largest state that is read, in bytes. One of a thousand backups has about 250 kB. */
const largest = 2 ** 24;

/**
 * Keeps the state of a rotation in a file of JSON. Beside it stand, while a rotation runs, a lock (`….lock`) and the next
 * version (`….new`).
 * @param path the file; its folder must exist, and the file is made by the first rotation
 */
export function fileStore(path: string): RotationStore {
  let lock: FileLock | undefined;
  return {
    name: path,
    lock: async () => {
      lock = await explained(path, "locked", async () => FileLock.acquire(`${await target(path)}.lock`, path));
      return lock;
    },
    check: () =>
      explained(path, "written", async () => {
        const file = await target(path);
        await FileLock.check(`${file}.lock`, path);
        await access(dirname(file), constants.R_OK | constants.W_OK | constants.X_OK);
        await refuseFolder(nextOf(file));
      }),
    read: () => explained(path, "read", async () => readState(await target(path))),
    write: (text) =>
      explained(path, "written", async () => {
        await lock?.assertHeld();
        await replaceText(await target(path), text);
      }),
  };
}

/** The file itself: a rename would replace a symbolic link, and leave what it leads to as it is. */
async function target(path: string): Promise<string> {
  if (/[\\/]$/.test(path)) throw new StateError(`${path} ends with a slash: the state is a file, and not a folder`);
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
async function replaceText(path: string, text: string): Promise<void> {
  const next = nextOf(path);
  await refuseFolder(next);
  const folder = await openFolder(dirname(path));
  try {
    await writeNext(next, text, await stat(path).catch(() => undefined));
    await rename(next, path);
    if (folder) await syncFolder(folder);
  } finally {
    await folder?.close();
  }
}

/**
 * Writes the next version of a state.
 * @param former the file whose place it takes. Its owner, and who may read it, stay the same, whoever runs this.
 */
async function writeNext(next: string, text: string, former: Stats | undefined): Promise<void> {
  // What stands there is left over from a run that died, or a trap: opening it could write through a symbolic link.
  await rm(next, { force: true });
  const file = await open(next, "wx", 0o600);
  try {
    await file.writeFile(text);
    if (former) {
      // Whoever writes a state can have backups deleted.
      await file.chmod(former.mode & 0o755);
      // Only the administrator may give a file away.
      if (process.getuid?.() === 0) await file.chown(former.uid, former.gid);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Where the next version of a state is written. */
function nextOf(path: string): string {
  return `${path}.new`;
}

async function refuseFolder(next: string): Promise<void> {
  const found = await lstat(next).catch(() => undefined);
  if (!found?.isDirectory()) return;
  throw new StateError(`${next} is in the place of the next version of the state, and is a folder. Remove it`);
}

/** The new name of a file is on the disk only when its folder is. */
async function syncFolder(folder: FileHandle): Promise<void> {
  try {
    await folder.sync();
  } catch (error) {
    // Some network file systems cannot do it.
    if (!["EINVAL", "ENOTSUP"].includes(textOf(error, "code") ?? "")) throw error;
  }
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
