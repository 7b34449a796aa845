import { longestTimer } from "../client/deadline.js";

/** Waits for that time, or until the signal is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(milliseconds, longestTimer));
    // The timer does not keep the process running; the socket or the call that waits does. In the environment of a browser, which a
    // test may have, a timer is a number.
    timer.unref?.();
    signal.addEventListener("abort", end);
  });
}

/** Waits without a limit, such as until the caller goes away. */
export function waitForAbort(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** Promises that are pending, so that their end can be waited for. None of them may reject. */
export class UnderWay {
  readonly #all = new Set<Promise<unknown>>();

  add(one: Promise<unknown>): void {
    this.#all.add(one);
    void one.then(() => this.#all.delete(one));
  }

  async ended(): Promise<void> {
    await Promise.all(this.#all);
  }
}
