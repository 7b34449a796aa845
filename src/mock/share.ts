import { Budget } from "./budget.js";
import { largeBodyBytes, largestBody, largestWithoutShare } from "./limits.js";

/** The large bodies that are held at a time. The others are not read on meanwhile, so that they wait at their callers. */
const budget = new Budget(largeBodyBytes);

/** The room for one body, which is taken when the body turns out to be large. */
export class Share {
  readonly #announced: number;
  readonly #signal: () => AbortSignal;
  #taken = 0;

  /**
   * @param announced the size that the request announces; not a number where it announces none
   * @param signal aborted when the caller goes away. It is asked for when there is something to wait for
   */
  constructor(announced: number, signal: () => AbortSignal) {
    this.#announced = announced;
    this.#signal = signal;
  }

  get isTaken(): boolean {
    return this.#taken > 0;
  }

  /** Waits until a body of which so many bytes have been read may be read further. Undefined where it may at once. */
  admit(size: number): Promise<void> | undefined {
    return size > largestWithoutShare && !this.isTaken ? this.#take() : undefined;
  }

  giveBack(): void {
    if (this.isTaken) budget.giveBack(this.#taken);
    this.#taken = 0;
  }

  async #take(): Promise<void> {
    // All at once: bodies that took their share piece by piece could wait for each other for ever.
    const share = this.#announced > largestWithoutShare ? this.#announced : largestBody;
    await budget.take(share, this.#signal());
    this.#taken = share;
  }
}
