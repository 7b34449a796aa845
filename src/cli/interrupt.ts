import { exitCodes } from "./exit-codes.js";
import { complain } from "./output.js";

/**
 * Ends the process when it is interrupted or terminated, which closes every connection.
 * @param describe says what is known of the work that ends
 */
export function endOnSignals(describe: () => string): void {
  const end = (what: string, code: number) => () => {
    complain(`${what}. ${describe()}`);
    process.exit(code);
  };
  process.once("SIGINT", end("interrupted", exitCodes.interrupted));
  process.once("SIGTERM", end("terminated", exitCodes.terminated));
}
