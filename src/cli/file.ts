import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { fileReason } from "../shared/file-reason.js";

/** How much of a text is read. */
interface Limit {
  readonly bytes: number;
  readonly words: string;
}
const usualLimit: Limit = { bytes: 2 ** 20, words: "1 MB" };

/** Makes the error for what is wrong with a text, in words that follow its name: "cannot be read". */
export type TextFault = (reason: string) => Error;

/** The longest value that is taken for a relative path, in characters. Tokens and keys are longer. */
const longestName = 60;

/**
 * Whether the value of a flag can be shown as the name of a file: there is such a file, or the value looks like a name. Any
 * other value may be a secret that was given in the place of the file that holds it.
 */
export async function isNameOfFile(value: string): Promise<boolean> {
  if (isAbsolute(value)) return true;
  const hasSeparator = /[./\\]/.test(value);
  if (hasSeparator && value.length <= longestName) return true;
  return lstat(value).then(
    () => true,
    () => false,
  );
}

/** Why such a value is refused, in words that follow the name of its flag. */
export function notNameOfFile(content: string): string {
  return `the value is not the name of a file. Give the file that holds the ${content}, not the ${content}`;
}

/**
 * Opens a regular file to read it.
 *
 * A named pipe is refused, because to open one waits until somebody writes to it. Node cannot interrupt that wait, so not even
 * a signal would end the process.
 */
export async function openRegularFile(name: string, fault: TextFault): Promise<FileHandle> {
  // With O_NONBLOCK, which Windows does not have, the opening of a pipe does not wait.
  const file = await open(name, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error) => {
    throw fault(unreadable(error, name));
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw fault("is not a regular file");
}

function unreadable(error: unknown, name = ""): string {
  // A shell replaces it at the beginning of a word only, and not after "=", "@" or a quote.
  const absent = name.startsWith("~") ? "it does not exist, and no shell has replaced its ~" : "it does not exist";
  return `cannot be read: ${fileReason(error, absent) ?? error}`;
}

/** Reads a regular file as text, by the rules of `readText`. */
export async function readTextFile(name: string, fault: TextFault): Promise<string> {
  const file = await openRegularFile(name, fault);
  return readText(file.createReadStream(), fault);
}

/** Reads a text in UTF-8 to its end. One that is too large is refused as soon as that shows. */
export async function readText(
  stream: AsyncIterable<Uint8Array>,
  fault: TextFault,
  limit: Limit = usualLimit,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > limit.bytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw fault(unreadable(error));
  }
  if (size > limit.bytes) throw fault(`is larger than ${limit.words}`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw fault("is not UTF-8");
  }
}
