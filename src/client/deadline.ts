import { isInstance } from "./untrusted.js";

/** The longest time that a timer takes, in milliseconds. It would end at once after a longer one. */
export const longestTimer = 2 ** 31 - 1;

/** What `withDeadline` rejects with when the time is over. */
export class DeadlineExceeded extends Error {
  constructor(readonly milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

/**
 * Runs `work` until it settles, the time is over, or one of the signals aborts, whichever comes first. The signal that
 * `work` gets then aborts too.
 * @param milliseconds how long it may take
 * @throws {DeadlineExceeded} when the time is over
 * @throws the reason of the signal, untouched, when one aborts
 */
export async function withDeadline<T>(
  milliseconds: number,
  signals: readonly (AbortSignal | undefined)[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const cleanups: (() => void)[] = [];
  try {
    return await new Promise<T>((resolve, reject) => {
      const stop = (reason: unknown) => {
        reject(reason);
        controller.abort(reason);
      };
      for (const signal of signals) {
        if (signal?.aborted) return stop(signal.reason);
        if (signal) cleanups.push(onAbort(signal, stop));
      }
      const timer = setTimeout(() => stop(new DeadlineExceeded(milliseconds)), milliseconds);
      cleanups.push(() => clearTimeout(timer));
      work(controller.signal).then(resolve, reject);
    });
  } finally {
    for (const cleanup of cleanups) cleanup();
  }
}

/** Runs `work` until it settles or the signal aborts. Then it rejects with the reason of the signal. */
export async function untilAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  if (!signal) return work();
  if (signal.aborted) throw signal.reason;
  let stopListening = () => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      stopListening = onAbort(signal, reject);
      work().then(resolve, reject);
    });
  } finally {
    stopListening();
  }
}

/** Waits, or rejects with the reason of a signal as soon as it aborts. */
export async function sleep(milliseconds: number, signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  const never = new Promise<void>(() => {});
  try {
    await withDeadline(milliseconds, signals, () => never);
  } catch (reason) {
    if (!isInstance(reason, DeadlineExceeded)) throw reason;
  }
}

/** Whether one of the signals has aborted for this reason, which may be any value. */
export function isAbortReason(signals: readonly (AbortSignal | undefined)[], thrown: unknown): boolean {
  return signals.some((signal) => signal?.aborted && Object.is(signal.reason, thrown));
}

type Callback = (reason: unknown) => void;

/** Those who wait for a signal, and the one listener that tells them. */
interface Waiting {
  callbacks: Set<Callback>;
  listener: () => void;
}
const waitingFor = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls back when the signal aborts, until the returned function is called. `AbortSignal.any` would do the same, but has
 * leaked memory in Node. All callbacks of a signal share one listener, because Node warns of a leak at the eleventh.
 */
export function onAbort(signal: AbortSignal, callback: Callback): () => void {
  const { callbacks, listener } = waitingFor.get(signal) ?? waitFor(signal);
  if (callbacks.size === 0) signal.addEventListener("abort", listener);
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size === 0) signal.removeEventListener("abort", listener);
  };
}

function waitFor(signal: AbortSignal): Waiting {
  const callbacks = new Set<Callback>();
  const listener = () => {
    // A copy, because a callback may remove itself or others.
    for (const callback of [...callbacks]) callback(signal.reason);
  };
  const waiting = { callbacks, listener };
  waitingFor.set(signal, waiting);
  return waiting;
}
