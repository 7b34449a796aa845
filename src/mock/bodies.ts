/** Bodies that come or leave piece by piece. */
import type { Answer, Delivery } from "./outcome.js";
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

/** Milliseconds before each byte of a body that drips. */
const dripInterval = 50;

/** The part of a body that is to leave. */
function leaving({ body, pace }: Answer): Uint8Array {
  const bytes = Buffer.from(body);
  return pace === "cut" ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes;
}

/** The pieces of a body that does not come at once, each when it is due. It ends early when the caller goes away. */
export async function* pieces(answer: Answer, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
  const bytes = leaving(answer);
  if (answer.pace === "cut") {
    yield bytes;
    return;
  }
  for (const byte of bytes) {
    // Not behind the last byte: its caller has the whole body by then, and may leave.
    await pause(dripInterval, signal);
    if (signal.aborted) return;
    yield Uint8Array.of(byte);
  }
}

/** What the caller got of a body of which so many bytes have left. */
export function deliveryOf(answer: Answer, bodySize: number): Delivery {
  return { isComplete: bodySize === leaving(answer).length, bodySize };
}
