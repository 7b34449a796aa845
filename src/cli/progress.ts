import type { Hooks } from "../client/hooks.js";
import type { Context } from "./context.js";
import { tell } from "./output.js";

/** Reports every attempt, answer and wait of a call on standard error. */
export function progressHooks(context: Context): Hooks {
  return {
    onRequest({ attempt, method, url }) {
      tell(context, `attempt ${attempt}: ${method} ${url}`);
    },
    onResponse({ attempt, status, requestId, duration }) {
      const request = requestId === undefined ? "" : `, request ID ${requestId}`;
      tell(context, `attempt ${attempt}: ${status} after ${duration} ms${request}`);
    },
    onRetry({ attempt, delay, reason }) {
      tell(context, `attempt ${attempt} failed: ${reason}`);
      tell(context, `waiting ${(delay / 1000).toFixed(1)} s`);
    },
  };
}
