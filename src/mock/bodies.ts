/** Bodies that come or leave piece by piece. */
import type { Answer } from "./outcome.js";
import { pause } from "./waiting.js";

/**
 * All bytes of a stream; undefined as soon as there are more than `most`.
 * @param admit told the size after each piece. The stream is not read on before it allows that
 */
export async function collect(
  stream: AsyncIterable<Uint8Array>,
  most: number,
  admit?: (size: number) => Promise<void> | undefined,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > most) return undefined;
    chunks.push(chunk);
    await admit?.(size);
  }
  const [first] = chunks;
  return chunks.length === 1 && first ? first : Buffer.concat(chunks);
}

/** Milliseconds between two bytes of a body that drips. */
const dripInterval = 50;

/** The pieces of a body that does not come whole, each when it is due. It ends early when the caller goes away. */
export async function* pieces({ body, pace }: Answer, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
  const bytes = Buffer.from(body);
  if (pace === "cut") {
    yield bytes.subarray(0, Math.ceil(bytes.length / 2));
    return;
  }
  for (const byte of bytes) {
    if (signal.aborted) return;
    yield Uint8Array.of(byte);
    await pause(dripInterval, signal);
  }
}
