import { untilAborted } from "../deadline.js";

/**
 * One request that several callers wait for. It lives as long as somebody waits: when the signal of the last one aborts, the
 * request is aborted too.
 */
export class SharedRequest<T> {
  private readonly controller = new AbortController();
  private readonly result: Promise<T>;
  private waiting = 0;
  private isSettled = false;

  constructor(start: (signal: AbortSignal) => Promise<T>) {
    this.result = start(this.controller.signal);
    const settle = () => {
      this.isSettled = true;
    };
    // Whoever waits gets the error. When nobody waits any more, it must not end the process as an unhandled rejection.
    this.result.then(settle, settle);
  }

  /** Whether all callers gave up waiting, so that the request was aborted. */
  get isAbandoned(): boolean {
    return this.controller.signal.aborted;
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
      if (this.waiting === 0 && !this.isSettled) this.controller.abort();
    }
  }
}
