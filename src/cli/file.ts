import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** What is wrong with a file, in words that follow its name: "cannot be read". */
export type FileFault = (reason: string) => Error;

/**
 * Opens a regular file to read it.
 *
 * A named pipe is refused, because to open one waits until somebody writes to it. Node cannot interrupt that wait, so not even
 * a signal would end the process.
 * @param fault makes the error for what is wrong
 */
export async function openRegularFile(name: string, fault: FileFault): Promise<FileHandle> {
  // With O_NONBLOCK, which Windows does not have, the opening of a pipe does not wait.
  const file = await open(name, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => {
    throw fault("cannot be read");
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw fault("is not a regular file");
}

/**
 * Reads a stream that must not be longer than a number of bytes.
 * @param fault makes the error for what is wrong
 * @returns undefined when it is longer
 */
export async function readAtMost(
  most: number,
  stream: AsyncIterable<Uint8Array>,
  fault: FileFault,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > most) return undefined;
      chunks.push(chunk);
    }
  } catch {
    throw fault("cannot be read");
  }
  return Buffer.concat(chunks);
}
