import type { Outcome } from "../client/errors.js";
import { readFailure } from "../client/failure.js";
import type { Hooks } from "../client/hooks.js";
import { outcomeOf } from "../client/outcome.js";
import type { Context } from "./context.js";
import { tell } from "./output.js";

/** What is known of a call while it runs. */
export interface Progress {
  hooks: Hooks;
  /** What is known of its outcome now. */
  outcome(): Outcome;
}

/** Follows a call: for what is known of it when it is interrupted, and on standard error if wanted. */
export function followCall(context: Context, isVerbose: boolean): Progress {
  const say = isVerbose ? (text: string) => tell(context, text) : () => {};
  let sent = 0;
  let refused = 0;
  return {
    hooks: {
      onRequest({ attempt, method, url }) {
        sent++;
        say(`attempt ${attempt}: ${method} ${url}`);
      },
      onResponse({ attempt, status, requestId, duration }) {
        if (status >= 400 && outcomeOf(readFailure(status, undefined)) === "refused") refused++;
        const request = requestId === undefined ? "" : `, request ID ${requestId}`;
        say(`attempt ${attempt}: ${status} after ${duration} ms${request}`);
      },
      onRetry({ attempt, delay, reason }) {
        say(`attempt ${attempt} failed: ${reason}`);
        say(`waiting ${(delay / 1000).toFixed(1)} s`);
      },
    },
    outcome() {
      if (sent === 0) return "not-sent";
      return sent === refused ? "refused" : "unknown";
    },
  };
}
