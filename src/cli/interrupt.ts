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

/** Aborts when a command is interrupted or terminated, so that what is under way can be recorded. */
export function abortOnSignals(context: Context): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    context.once(name, () => controller.abort(new Interruption(name)));
  }
  return controller.signal;
}
