/** Bodies that are received or sent piece by piece. */
import { TimeLimit } from "./clock.js";
import type { Answer, Delivery } from "./outcome.js";
import { pause } from "./waiting.js";

/** A body that did not arrive in time. */
export class LateBody extends Error {
  constructor(limit: number) {
    super(`did not arrive within ${limit / 1000} seconds`);
  }
}

/** A body that breaks the rules of HTTP, so that nobody knows where it ends. */
export class MalformedBody extends Error {}

/** What a body that is read must keep to. */
export interface BodyLimits {
  /** In bytes. */
  readonly most: number;
  /** Milliseconds of real time for which the caller may keep the mock waiting, all in all. */
  readonly limit: number;
  /** Called with the size after each piece. Reading goes on when its promise is fulfilled, and the wait for that does not count as time. */
  readonly admit?: (size: number) => Promise<void> | undefined;
}

/**
 * All bytes of a body; undefined as soon as there are more than `most`.
 * @throws {LateBody} when it takes too long
 */
export async function collect(
  body: AsyncIterable<Uint8Array>,
  { most, limit, admit }: BodyLimits,
): Promise<Uint8Array | undefined> {
  const time = new TimeLimit(limit, () => new LateBody(limit));
  return time.for(read());

  async function read() {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      // Reading goes on after the time limit, and its result is not used any more.
      if (size > most || time.hasPassed) return undefined;
      chunks.push(chunk);
      const admitted = admit?.(size);
      if (admitted) await time.without(admitted);
    }
    const [first] = chunks;
    return chunks.length === 1 && first ? first : Buffer.concat(chunks);
  }
}

/** Milliseconds before each byte of a body that drips. */
const dripInterval = 50;

/** The part of a body that is to be sent. */
function partToSend({ body, pace }: Answer): Uint8Array {
  const bytes = Buffer.from(body);
  return pace === "cut" ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes;
}

/** The pieces of a body that does not come at once, each when it is due. It ends early when the caller goes away. */
export async function* pieces(answer: Answer, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
  const bytes = partToSend(answer);
  if (answer.pace === "cut") {
    yield bytes;
    return;
  }
  for (const byte of bytes) {
    // Before each byte and not after the last one: the caller then has the whole body, and may leave.
    await pause(dripInterval, signal);
    if (signal.aborted) return;
    yield Uint8Array.of(byte);
  }
}

/** What the caller got of a body of which so many bytes have been sent. */
export function deliveryOf(answer: Answer, bodySize: number): Delivery {
  return { isComplete: bodySize === partToSend(answer).length, bodySize };
}
