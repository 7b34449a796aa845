import type { Context } from "./context.js";
import { exitCodes } from "./exit-codes.js";

/** A signal of the operating system that ends the process, as the reason of an abort. */
export class Interruption extends Error {
  readonly code: typeof exitCodes.interrupted | typeof exitCodes.terminated;

  constructor(name: "SIGINT" | "SIGTERM") {
    super(name === "SIGINT" ? "interrupted" : "terminated");
    this.code = name === "SIGINT" ? exitCodes.interrupted : exitCodes.terminated;
  }
}

/**
 * Milliseconds for which the same signal is ignored. A terminal, npm and `timeout` may all send the same one, and what is under
 * way is being recorded. After that, the same signal ends the process at once.
 */
const sameSignal = 1_000;

/** Aborts when a command is interrupted or terminated, so that what is under way can be recorded. */
export function abortOnSignals(context: Context): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    const interrupt = () => {
      controller.abort(new Interruption(name));
      setTimeout(() => context.off(name, interrupt), sameSignal).unref();
    };
    context.on(name, interrupt);
  }
  return controller.signal;
}
