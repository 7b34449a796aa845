/** What `within` rejects with when the time is over. */
export const overdue = new Error("timeout");

/**
 * Runs `work` until it settles, the time is over or the caller aborts, whichever is first. The signal that `work` gets
 * ends it in the latter two. Nothing is left behind: `AbortSignal.any` and `AbortSignal.timeout` would keep listeners.
 * @throws {overdue} when the time is over
 * @throws the caller's own reason, untouched, when the caller aborts
 */
export async function within<T>(
  milliseconds: number,
  caller: AbortSignal | null | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let abort: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      const stop = (reason: unknown) => {
        reject(reason);
        controller.abort(reason);
      };
      abort = () => stop(caller?.reason);
      if (caller?.aborted) return abort();
      caller?.addEventListener("abort", abort);
      timer = setTimeout(stop, milliseconds, overdue);
      work(controller.signal).then(resolve, stop);
    });
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener("abort", abort as () => void);
  }
}

/** Waits, or rejects with the caller's reason as soon as the caller aborts. */
export function sleep(milliseconds: number, caller: AbortSignal | null | undefined): Promise<void> {
  return within<void>(milliseconds, caller, () => new Promise(() => {})).catch((reason) => {
    if (reason !== overdue) throw reason;
  });
}
