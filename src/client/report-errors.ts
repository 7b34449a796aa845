import type { Call } from "./call.js";
import { isAbortReason } from "./deadline.js";
import { GeminiDBError } from "./errors.js";
import { notify } from "./hooks.js";

/** Runs the work of a call, and tells the hooks how it ended if it failed. */
export async function reportErrors<Result>(call: Call, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (isAbortReason([call.signal], error)) {
      for (const hook of [call.config.onAbort, call.onAbort]) notify(hook, () => call.abortEvent);
    } else if (GeminiDBError.is(error)) {
      notify(call.config.onError, () => ({ ...call.event, error }));
    }
    throw error;
  }
}
