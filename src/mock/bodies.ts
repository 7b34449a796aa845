/** Bodies that come or leave piece by piece. */
import { realTime, within } from "./clock.js";
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

/** A body that did not arrive in time. */
export class LateBody extends Error {
  constructor(limit: number) {
    super(`did not arrive within ${limit / 1000} seconds`);
  }
}

/**
 * The bytes of a body as they come.
 * @param limit milliseconds of real time to wait for them, all in all. What passes while they are not read does not count
 * @throws {LateBody} when it takes longer
 */
export async function* inTime(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<Uint8Array, void, void> {
  const iterator = stream[Symbol.asyncIterator]();
  let left = limit;
  try {
    while (true) {
      const began = realTime();
      const { done, value } = await within(left, iterator.next(), () => new LateBody(limit));
      left -= realTime() - began;
      if (done) return;
      yield value;
    }
  } finally {
    // Not waited for, because what is late may never come.
    void iterator.return?.().catch(() => {});
  }
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
