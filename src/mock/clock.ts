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

/**
 * What a promise gives, unless it takes longer. Whoever waits for that keeps the process.
 * @param milliseconds of real time
 * @throws what `late` makes, where it takes longer
 */
export async function within<T>(milliseconds: number, promise: Promise<T>, late: () => Error): Promise<T> {
  let stop = () => {};
  const overdue = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(late()), milliseconds);
    timer.unref();
    stop = () => clearTimeout(timer);
  });
  try {
    return await Promise.race([promise, overdue]);
  } finally {
    stop();
  }
}

/** Keeps the process from ending. @returns a function that lets it end */
export function keepProcess(): () => void {
  const timer = setInterval(() => {}, longTime);
  return () => clearInterval(timer);
}
