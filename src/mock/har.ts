import { closeSync, openSync, writeSync } from "node:fs";
import type { Entry } from "./journal.js";

/** What an HTTP Archive keeps beside the record. */
export interface Archived {
  readonly entry: Entry;
  readonly url: string;
  /** The status that left; 0 where none did. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The size of the body that was answered, in bytes. */
  readonly size: number;
  /** Why the answer is not what the description says; undefined where it is. */
  readonly comment: string | undefined;
}

const end = "\n]}}\n";

/**
 * An HTTP Archive, format 1.2, that is complete after every entry: each one is written over the end of the file, which
 * follows again. So nothing is lost when the process is killed.
 */
export class HarFile {
  readonly #file: number;
  #position = 0;
  #open = true;
  #separator = "";

  /** @throws {Error} in one sentence, when the file cannot be written */
  constructor(path: string, version: string) {
    try {
      this.#file = openSync(path, "w");
    } catch (error) {
      const reason = error instanceof Error ? error.message.split(",")[0] : String(error);
      throw new Error(`the HTTP Archive ${path} cannot be written: ${reason}`, { cause: error });
    }
    const creator = JSON.stringify({ name: "geminidb-backup", version });
    this.#write(`{"log":{"version":"1.2","creator":${creator},"entries":[\n`);
  }

  add(archived: Archived): void {
    if (!this.#open) return;
    this.#write(this.#separator + JSON.stringify(harEntry(archived)));
    this.#separator = ",\n";
  }

  close(): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }

  #write(text: string): void {
    const written = Buffer.from(text + end);
    writeSync(this.#file, written, 0, written.length, this.#position);
    this.#position += written.length - end.length;
  }
}

function harEntry({ entry, url, status, headers, size, comment }: Archived) {
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
      queryString: queryOf(url),
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
      content: { size, mimeType: headers["content-type"] ?? "", text: entry.answerText },
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

function queryOf(url: string): { name: string; value: string }[] {
  const at = url.indexOf("?");
  return at < 0 ? [] : [...new URLSearchParams(url.slice(at))].map(([name, value]) => ({ name, value }));
}
