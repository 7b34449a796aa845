import { untilAborted, withDeadline } from "../deadline.js";

/** One request that several callers wait for. When the last of those who wait gives up, the request is aborted. */
export class SharedRequest<T> {
  private readonly controller = new AbortController();
  private readonly result: Promise<T>;
  private waiting = 0;
  /** Whether a caller may still join: the request is not over, and nobody has given up on it, since it may hang for everybody. */
  isOpen = true;

  constructor(start: (signal: AbortSignal) => Promise<T>) {
    this.result = start(this.controller.signal);
    const close = () => {
      this.isOpen = false;
    };
    // Whoever waits gets the error. When nobody waits, it must not end the process as an unhandled rejection.
    this.result.then(close, close);
  }

  /**
   * Waits for the result.
   * @throws the reason of the signal, as soon as it aborts
   */
  async wait(signal: AbortSignal): Promise<T> {
    this.waiting++;
    try {
      return await untilAborted(signal, () => this.result);
    } finally {
      this.waiting--;
      this.giveUp();
    }
  }

  /** Limits a request that was started for nobody: after this many milliseconds it is aborted, unless somebody waits for it by then. */
  async limit(milliseconds: number): Promise<void> {
    try {
      await withDeadline(milliseconds, [], () => this.result);
    } catch {
      this.giveUp();
    }
  }

  /** Without effect on a request that is over. */
  private giveUp(): void {
    this.isOpen = false;
    if (this.waiting === 0) this.controller.abort();
  }
}
