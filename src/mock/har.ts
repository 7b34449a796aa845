import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { reasonOf } from "../client/untrusted.js";
import type { Entry } from "./journal.js";

/** What an HTTP Archive keeps beside the record. Credentials were redacted before: see secrets.ts. */
export interface Archived {
  readonly entry: Entry;
  readonly url: string;
  /** The status that arrived; 0 where none did. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The part of the answer's body that was sent, in bytes, and as text. */
  readonly size: number;
  readonly text: string;
  /** Why the answer is not what the description says; undefined where it is. */
  readonly comment: string | undefined;
}

/** How every archive of a mock begins, whatever its version is. */
const ownBeginning = '{"log":{"version":"1.2","creator":{"name":"geminidb-backup","version":';
const end = "\n]}}\n";

/** The files to which mocks of this process write, by device and inode, because one file can have several paths. */
const inUse = new Set<string>();

/**
 * An HTTP Archive, format 1.2, that is complete after every entry: each one is written over the end of the file, which
 * follows again. So no entry is lost when the process is killed. An entry says what has been sent of an answer, so it is
 * written after that, and the caller may have the answer a moment before.
 */
export class HarFile {
  readonly #path: string;
  readonly #version: string;
  /** Undefined before `begin` and after `close`. */
  #file: number | undefined;
  #identity = "";
  #position = 0;
  #separator = "";

  constructor(path: string, version: string) {
    this.#path = path;
    this.#version = version;
  }

  /**
   * Makes the file, or empties it. That is not done before, because the mock may not be able to start, and another one may
   * still write to the file.
   * @throws {Error} in one sentence, when the file cannot be written, holds anything but the archive of a mock, or another mock of this process writes to it
   */
  begin(): void {
    try {
      const file = openWithoutWaiting(this.#path);
      this.#file = file;
      const stats = fstatSync(file);
      if (!stats.isFile() && !stats.isCharacterDevice()) throw new Error(wrongKind);
      // A device has no length, and several mocks may write to it.
      if (stats.isFile()) {
        this.#reserve(`${stats.dev}:${stats.ino}`);
        if (stats.size > 0 && !beginsAsOurs(file)) throw new Error(somethingElse);
        ftruncateSync(file);
      }
      this.#write(file, `${ownBeginning}${JSON.stringify(this.#version)}},"entries":[\n`);
    } catch (error) {
      attempt(() => this.#letGo());
      throw this.#fault(error);
    }
  }

  /** Adds an entry. When that fails, a warning of the process says so, and the archive ends there. */
  add(archived: Archived): void {
    if (this.#file === undefined) return;
    try {
      this.#write(this.#file, this.#separator + JSON.stringify(harEntry(archived)));
      this.#separator = ",\n";
    } catch (error) {
      this.#giveUp(this.#file, error);
    }
  }

  /** When that fails, a warning of the process says so. */
  close(): void {
    try {
      this.#letGo();
    } catch (error) {
      this.#warn(error);
    }
  }

  /** Takes away what was written of an entry, so that the archive can be read, and closes the file. */
  #giveUp(file: number, error: unknown): void {
    // The end is written where it stood before, which needs no more room on the disk.
    attempt(() => writeSync(file, end, this.#position));
    attempt(() => ftruncateSync(file, this.#position + end.length));
    attempt(() => this.#letGo());
    this.#warn(error);
  }

  /** Closes the file. Whether or not that succeeds, another mock may have it then. */
  #letGo(): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    inUse.delete(this.#identity);
    closeSync(file);
  }

  #warn(error: unknown): void {
    process.emitWarning(this.#fault(error).message, "GeminiDBMockWarning");
  }

  #reserve(identity: string): void {
    if (inUse.has(identity)) {
      throw new Error("another mock of this process writes to it. Give each mock a file of its own");
    }
    inUse.add(identity);
    this.#identity = identity;
  }

  #write(file: number, text: string): void {
    const bytes = Buffer.from(text + end);
    // A write may take a part of what it is given.
    for (let written = 0; written < bytes.length; ) {
      written += writeSync(file, bytes, written, bytes.length - written, this.#position + written);
    }
    this.#position += bytes.length - end.length;
  }

  #fault(error: unknown): Error {
    // Node adds the system call and the path after a comma.
    const reason = reasonOf(error).split(",")[0];
    return new Error(`the HTTP Archive ${this.#path} cannot be written: ${reason}`, { cause: error });
  }
}

/** The path may be a slip, such as that of the scenario or of the key. */
const somethingElse = "it holds something else and would be emptied: remove it or name another file";

/** Whether a file begins as the archives that a mock writes. Such a one may be written again. */
function beginsAsOurs(file: number): boolean {
  const start = Buffer.alloc(ownBeginning.length);
  readSync(file, start, 0, start.length, 0);
  return start.toString() === ownBeginning;
}

/** Takes a step after a failure. It may fail as well. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // The first error already says that the archive cannot be written.
  }
}

const wrongKind = "it is neither a regular file nor a character device such as /dev/null";
/** What the system says of a folder, and of a named pipe or a socket that nobody reads. */
const notOpened: ReadonlySet<unknown> = new Set(["EISDIR", "ENXIO"]);

/**
 * Opens a file for reading and writing, and makes it where there is none. To open a named pipe would wait until somebody reads from it,
 * and hold up the process for so long. With O_NONBLOCK, which Windows does not have, it does not wait.
 */
function openWithoutWaiting(path: string): number {
  try {
    return openSync(path, constants.O_RDWR | constants.O_CREAT | (constants.O_NONBLOCK ?? 0), 0o666);
  } catch (error) {
    throw notOpened.has(Object(error).code) ? new Error(wrongKind, { cause: error }) : error;
  }
}

function harEntry({ entry, url, status, headers, size, text, comment }: Archived) {
  return {
    startedDateTime: entry.arrived.toISOString(),
    time: entry.duration,
    ...(comment && { comment }),
    request: {
      method: entry.method,
      url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(entry.headers),
      queryString: queryPairs(url),
      ...(entry.bodyText && {
        postData: { mimeType: entry.headers["content-type"] ?? "", text: entry.bodyText },
      }),
      headersSize: -1,
      bodySize: entry.bodySize,
    },
    response: {
      status,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: pairs(headers),
      content: { size, mimeType: headers["content-type"] ?? "", text },
      redirectURL: "",
      headersSize: -1,
      bodySize: size,
    },
    cache: {},
    timings: { send: 0, wait: entry.duration, receive: 0 },
  };
}

function pairs(values: Readonly<Record<string, string>>): { name: string; value: string }[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function queryPairs(url: string): { name: string; value: string }[] {
  const at = url.indexOf("?");
  return at < 0 ? [] : [...new URLSearchParams(url.slice(at))].map(([name, value]) => ({ name, value }));
}
