import { longestTimer } from "../client/deadline.js";

/** Waits, but no longer than the caller does. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(milliseconds, longestTimer));
    // Whoever waits for the answer keeps the process. A timer of a browser, which a test may have here, is a number.
    timer.unref?.();
    signal.addEventListener("abort", end);
  });
}

/** Waits without a limit, such as until the caller goes away. */
export function waitForAbort(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/** What is under way, so that its end can be waited for. None of it may reject. */
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
