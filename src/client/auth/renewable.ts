import { withDeadline } from "../deadline.js";
import { SharedRequest } from "./shared-request.js";

/** How long a caller waits for a new value while the old one can still be used, in milliseconds. */
const renewalPatience = 1_000;
/**
 * How long the old value is used without another try after a renewal that failed, in milliseconds. IAM may lock a user after some
 * logins that fail.
 */
const renewalPause = 30_000;

/** A value that ends, such as a token. */
export interface Usable<T> {
  value: T;
  /** The time when it ends, in milliseconds since 1970 by this machine's clock. Without one, nobody uses it later. */
  endsAt: number;
}

/** Keeps a value while it may be used. All callers share one request for a new one. */
export class Renewable<T> {
  private known: Usable<T> | undefined;
  /** The request that whoever comes now waits for. */
  private pending: SharedRequest<Usable<T>> | undefined;
  /** The number of the last request that was started. */
  private lastRequest = 0;
  /** The number of the request that gave the known value. */
  private requestOfKnown = 0;
  /** Until when the known value is not renewed, because that has just failed. In milliseconds since 1970. */
  private pausedUntil = 0;

  /** @param margin how long before its end a value is renewed, in milliseconds */
  constructor(private readonly margin: number) {}

  /**
   * Gives the value, or asks for a new one. While the old one lasts, it is given if no new one can be had soon.
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
    // A caller that has left must not start a request: nobody would be left to end it.
    signal.throwIfAborted();
    const old = this.usable(isRefused);
    if (old && Date.now() < Math.max(old.endsAt - this.margin, this.pausedUntil)) return old.value;
    if (!this.pending || this.pending.isAbandoned) {
      this.pending = new SharedRequest(request);
      this.lastRequest++;
    }
    const { pending, lastRequest: ownRequest } = this;
    try {
      const usable = await (old
        ? withDeadline(renewalPatience, [signal], (ended) => pending.wait(ended))
        : pending.wait(signal));
      // A request that took long must not replace the value of one that was started after it.
      if (ownRequest >= this.requestOfKnown) {
        this.known = usable;
        this.requestOfKnown = ownRequest;
        this.pausedUntil = 0;
      }
      return usable.value;
    } catch (error) {
      if (!old || signal.aborted) throw error;
      this.pausedUntil = Date.now() + renewalPause;
      return old.value;
    } finally {
      // The request is over, or it may hang for everybody: either way, who comes later starts another one.
      if (this.pending === pending) this.pending = undefined;
    }
  }

  /** The known value, unless it was refused or has ended. */
  private usable(isRefused: (value: T) => boolean): Usable<T> | undefined {
    const { known } = this;
    return known && !isRefused(known.value) && Date.now() < known.endsAt ? known : undefined;
  }
}
