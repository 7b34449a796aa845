/** What `within` rejects with when the time is over. */
export class Overdue extends Error {}

/**
 * Runs `work` until it settles, the time is over or the caller aborts, whichever is first. The signal that `work` gets
 * ends it in the latter two. Nothing is left behind: `AbortSignal.any` and `AbortSignal.timeout` would keep listeners.
 * @throws {Overdue} when the time is over
 * @throws the caller's own reason, untouched, when the caller aborts
 */
export function within<T>(
  milliseconds: number,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    const end = () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", abort);
    };
    const stop = (reason: unknown) => {
      end();
      reject(reason);
      controller.abort(reason);
    };
    const abort = () => stop(caller?.reason);
    const timer = setTimeout(() => stop(new Overdue()), milliseconds);
    if (caller?.aborted) return abort();
    caller?.addEventListener("abort", abort);
    work(controller.signal).then(
      (value) => {
        end();
        resolve(value);
      },
      (error) => {
        end();
        reject(error);
      },
    );
  });
}

/** Waits, or rejects with the caller's reason as soon as the caller aborts. */
export function sleep(milliseconds: number, caller: AbortSignal | undefined): Promise<void> {
  return within(milliseconds, caller, () => new Promise<void>(() => {})).catch((reason) => {
    if (!(reason instanceof Overdue)) throw reason;
  });
}
