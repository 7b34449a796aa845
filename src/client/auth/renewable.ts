import { SharedRequest } from "./shared-request.js";

/** A value that ends, such as a token. */
export interface Usable<T> {
  value: T;
  /** The time, in milliseconds since 1970 by this machine's clock, until which it is used. */
  usableUntil: number;
}

/** Keeps a value while it may be used. All callers share one request for a new one. */
export class Renewable<T> {
  private known: Usable<T> | undefined;
  /** The request that whoever comes now waits for. */
  private pending: SharedRequest<Usable<T>> | undefined;
  /** How many requests were started. */
  private requests = 0;
  /** The number of the request that gave the known value. */
  private knownFrom = 0;

  /**
   * Gives the value, or asks for a new one.
   * @param signal ends the wait of this caller
   * @param isRefused whether the service refused the value
   * @param request asks for a new value
   * @throws the reason of the signal, or what the request throws
   */
  async get(
    signal: AbortSignal,
    isRefused: (value: T) => boolean,
    request: (ended: AbortSignal) => Promise<Usable<T>>,
  ): Promise<T> {
    const { known } = this;
    if (known && !isRefused(known.value) && Date.now() < known.usableUntil) return known.value;
    if (!this.pending || this.pending.isAbandoned) {
      this.pending = new SharedRequest(request);
      this.requests++;
    }
    const { pending, requests: number } = this;
    try {
      const usable = await pending.wait(signal);
      // A request that took long must not replace the value of one that was started after it.
      if (number >= this.knownFrom) {
        this.known = usable;
        this.knownFrom = number;
      }
      return usable.value;
    } finally {
      // The request is over, or it may hang for everybody: either way, who comes later starts another one.
      if (this.pending === pending) this.pending = undefined;
    }
  }
}
