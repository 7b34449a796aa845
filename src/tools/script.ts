import { type ParseArgsConfig, parseArgs } from "node:util";
import { Problem } from "../shared/problem.js";

/**
 * The options that a script was given.
 * @param script how it is called in a message
 * @throws {Problem} that names an option which is not known, and those that are
 */
export function readOptions<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  script: string,
  options: Options,
) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    // Further sentences of parseArgs are about words that are no options, and may stand on lines of their own.
    const [reason] = (error as Error).message.split(/\.\s/, 1);
    const known = Object.keys(options).map((name) => `--${name}`);
    const allowed = known.length === 1 ? `The only option is ${known[0]}.` : `The options are ${known.join(", ")}.`;
    throw new Problem(`${script}: ${reason}. ${allowed}`, { cause: error });
  }
}

/** Runs the steps of a script. A problem is printed as its sentence, without a stack, and the script ends with 1. */
export async function main(steps: () => Promise<void>): Promise<void> {
  try {
    await steps();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
