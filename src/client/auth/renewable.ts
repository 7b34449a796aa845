import { SharedRequest } from "./shared-request.js";

/**
 * How long a renewal may take for which no call waits, in milliseconds. Node ends no earlier than its requests, so a script that is
 * done may last this much longer.
 */
const renewalTimeout = 5_000;
/**
 * How long after the start of a request that fails no renewal is tried, in milliseconds. IAM may lock a user after some logins that
 * fail.
 */
const renewalPause = 30_000;

/** A value that ends, such as a token. */
export interface Usable<T> {
  value: T;
  /** The time when it ends, in milliseconds since 1970 by this machine's clock. Without one, nobody uses it later. */
  endsAt: number;
}

/** Asks for a new value until the signal aborts. */
type Ask<T> = (ended: AbortSignal) => Promise<Usable<T>>;

/** Keeps a value while it may be used. All callers share one request for a new one. */
export class Renewable<T> {
  /** The value, and the number of the request that gave it. */
  private known: (Usable<T> & { request: number }) | undefined;
  /** The last request that was started. */
  private pending: SharedRequest<Usable<T>> | undefined;
  /** Its number. */
  private lastRequest = 0;
  /** Until when a usable value is not renewed, in milliseconds since 1970. */
  private pausedUntil = 0;

  /** @param margin how long before its end a value is renewed, in milliseconds */
  constructor(private readonly margin: number) {}

  /**
   * Gives the value, or asks for a new one. A usable value is given at once, and shortly before its end renewed in the background.
   * @param signal ends the wait of this caller
   * @param isRefused whether the service refused the value
   * @throws the reason of the signal, or what `ask` throws
   */
  async get(signal: AbortSignal, isRefused: (value: T) => boolean, ask: Ask<T>): Promise<T> {
    // A caller that has left must not start a request: nobody would be left to end it.
    signal.throwIfAborted();
    const { known, margin, pausedUntil } = this;
    const now = Date.now();
    if (known && !isRefused(known.value) && now < known.endsAt) {
      const isDue = now >= Math.max(known.endsAt - margin, pausedUntil);
      if (isDue) void this.start(ask).limit(renewalTimeout);
      return known.value;
    }
    const pending = this.pending?.isOpen ? this.pending : this.start(ask);
    return (await pending.wait(signal)).value;
  }

  private start(ask: Ask<T>): SharedRequest<Usable<T>> {
    const request = ++this.lastRequest;
    this.pausedUntil = Date.now() + renewalPause;
    this.pending = new SharedRequest(async (ended) => {
      const usable = await ask(ended);
      // A request that took long must not replace the value of one that was started after it.
      if (request > (this.known?.request ?? 0)) {
        // The first value may be near its end. A renewal that gives one near its end again is not repeated by every call.
        if (!this.known) this.pausedUntil = 0;
        this.known = { ...usable, request };
      }
      return usable;
    });
    return this.pending;
  }
}

/** Neither tokens nor keys live longer than a day. A server that says twice as much has a wrong clock. In milliseconds. */
const senselessLife = 2 * 86_400_000;

/**
 * When a value ends, in milliseconds since 1970 by this machine's clock. Its life is the difference of two times by the clock of
 * the server that gave it, because the clock of this machine may be wrong.
 * @param expires the end by the server's clock
 * @param issued what the server's clock said when it gave the value. If that is missing or senseless, the clock of this machine counts
 * @returns NaN when the server names no end
 */
export function endOf(expires: string | undefined, issued: string | null | undefined): number {
  const end = Date.parse(expires ?? "");
  const life = end - Date.parse(issued ?? "");
  return life > 0 && life < senselessLife ? Date.now() + life : end;
}
