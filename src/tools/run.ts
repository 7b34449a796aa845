import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Problem } from "../shared/problem.js";
import { root } from "./project.js";

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
