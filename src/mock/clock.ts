import type { Socket } from "node:net";
import timers from "node:timers";

/**
 * Timers of Node, also in a test whose timers are fake: they are taken when this module is loaded. What keeps the mock
 * itself going uses them. A `delay` follows the clock of the test.
 */
const { setImmediate, setInterval, clearInterval, setTimeout, clearTimeout } = timers;

/** Milliseconds of real time since some moment in the past. Nobody can set this clock, neither a test nor the system. */
export const realTime: () => number = performance.now.bind(performance);

/** In milliseconds. */
const longTime = 2 ** 30;

/** Waits until everything that is due has had its turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Waits in real time, and then until everything that is due has had its turn. */
export async function realPause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await nextTurn();
}

/** A limit, in real time, for something that is waited for. Whoever causes the wait keeps the process. */
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

  /** Waits, as a part of the task, for something that does not count. */
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

/** Ends a connection after a while, if its peer does not do so before. */
export function destroyLater(socket: Socket, milliseconds: number): void {
  const timer = setTimeout(() => socket.destroy(), milliseconds);
  timer.unref();
  socket.once("close", () => clearTimeout(timer));
}

/**
 * Keeps the process from ending, and an object from being collected as garbage: nothing else may refer to a call that waits.
 * @returns a function that lets both go
 */
export function keepProcess(kept: object): () => void {
  // A timer refers to the arguments of its callback.
  const timer = setInterval(() => {}, longTime, kept);
  return () => clearInterval(timer);
}
