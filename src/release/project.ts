import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Problem, root } from "../redocly.js";

/** What this room reads of package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  /** `repository`: the address of the repository, empty until the project is published. */
  readonly config: { readonly repository: string };
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

export async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(join(root, "package.json"), "utf8"));
}

/**
 * Runs a program in the project, and returns what it prints on standard output.
 * @throws {Problem} with its output, when it does not succeed
 */
export async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  try {
    const options = { cwd: root, maxBuffer: 64 * 2 ** 20, env: { ...process.env, ...env } };
    const { stdout } = await promisify(execFile)(command, args, options);
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    const reason = `${stderr}${stdout}`.trim() || String(error);
    throw new Problem(`${command} ${args.join(" ")} failed:\n${reason}`, { cause: error });
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
