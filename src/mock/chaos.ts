import { type Fault, faults, type Reply } from "./reply.js";

export interface ChaosOptions {
  /** The share of the requests that meet a fault, from 0 to 1. */
  readonly share: number;
  /** A whole number. The same seed gives the same faults to the same sequence of requests. */
  readonly seed?: number | undefined;
  /**
   * The faults to choose from.
   * @default all
   */
  readonly faults?: readonly Fault[] | undefined;
}

/** Random faults that the seed makes repeatable. */
export class Chaos {
  readonly #options: ChaosOptions;
  #random: () => number;

  constructor(options: ChaosOptions, seed: number) {
    this.#options = options;
    this.#random = randomFrom(seed);
  }

  /** The fault of the next request, if chance has one for it. */
  next(): Reply | undefined {
    const { share, faults: chosen = faults } = this.#options;
    // Each request draws two numbers, whether it meets a fault or not. So its fault depends only on its place in the sequence.
    const [luck, choice] = [this.#random(), this.#random()];
    const fault = chosen[Math.floor(choice * chosen.length)];
    return luck >= share || fault === undefined ? undefined : { fault };
  }
}

/** Numbers from 0 to 1 that follow from the seed: the generator mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
