import type { Socket } from "node:net";
import timers from "node:timers";

/**
 * The timers of Node, taken when this module is loaded, so that they stay real where a test fakes timers later. The mock
 * itself relies on them. Only a `delay` follows the clock of the test.
 */
const { setImmediate, setInterval, clearInterval, setTimeout, clearTimeout } = timers;

/** Milliseconds of real time since some moment in the past. Neither a test nor the system can set this clock. */
export const realTime: () => number = performance.now.bind(performance);

/** In milliseconds. */
const longTime = 2 ** 30;

/** Waits until all timers and events that are due have been handled. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Waits in real time, and then until all timers and events that are due have been handled. */
export async function realPause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await nextTurn();
}

/** A limit, in real time, for something that is waited for. The timer does not keep the process running; the socket or the call that waits does. */
export class TimeLimit {
  #left: number;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #overdue: Promise<never>;
  #fail: (reason: Error) => void = () => {};
  readonly #late: () => Error;
  hasPassed = false;

  /** @param late makes the error */
  constructor(milliseconds: number, late: () => Error) {
    this.#left = milliseconds;
    this.#late = late;
    this.#overdue = new Promise((_, reject) => {
      this.#fail = reject;
    });
  }

  /** Waits for something. @throws what `late` makes, where it takes longer */
  async for<T>(task: Promise<T>): Promise<T> {
    this.#run();
    try {
      return await Promise.race([task, this.#overdue]);
    } finally {
      this.#stop();
    }
  }

  /** To be called within the task: waits for something, and the time for that does not count. */
  async without(pause: Promise<void>): Promise<void> {
    this.#stop();
    await pause;
    this.#run();
  }

  #run(): void {
    this.#since = realTime();
    this.#timer = setTimeout(() => {
      this.hasPassed = true;
      this.#fail(this.#late());
    }, this.#left);
    this.#timer.unref();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#left -= realTime() - this.#since;
  }
}

/** Ends a connection after that time, if its peer has not ended it before. */
export function destroyLater(socket: Socket, milliseconds: number): void {
  const timer = setTimeout(() => socket.destroy(), milliseconds);
  timer.unref();
  socket.once("close", () => clearTimeout(timer));
}

/**
 * Keeps the process running, and keeps an object from being garbage-collected, because nothing else may refer to a call that waits.
 * @returns a function that ends both
 */
export function keepProcess(kept: object): () => void {
  // A timer refers to the arguments of its callback.
  const timer = setInterval(() => {}, longTime, kept);
  return () => clearInterval(timer);
}
