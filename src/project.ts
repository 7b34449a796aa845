import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ParseArgsConfig, parseArgs, promisify } from "node:util";

/** The repository's root. */
export const root = fileURLToPath(new URL("../", import.meta.url));

/** A problem that the reader can fix, such as an invalid description. It is printed without a stack. */
export class Problem extends Error {
  override name = "Problem";
}

/**
 * Runs a program to its end, and returns what it prints on standard output.
 * @param options `cwd`: where it runs, the repository's root by default; `env`: variables besides those of this process
 * @throws {Problem} with all that it printed, when it does not succeed
 */
export async function run(
  program: string,
  args: readonly string[],
  { cwd = root, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  try {
    const options = { cwd, maxBuffer: 64 * 2 ** 20, env: { ...process.env, ...env } };
    const { stdout } = await promisify(execFile)(program, args, options);
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const reason = `${stdout}\n${stderr}`.trim() || String(error);
    throw new Problem(`${[program, ...args].join(" ")} failed:\n${reason}`, { cause: error });
  }
}

/** Runs a script of this project in TypeScript, as `run` runs a program. */
export function runScript(script: string, args: readonly string[] = [], options?: { env?: NodeJS.ProcessEnv }) {
  return run(process.execPath, ["--import", "tsx", join("src", script), ...args], options);
}

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
    const [reason] = (error as Error).message.split(". ");
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
