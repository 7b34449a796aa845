import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Where the command line of Redocly is. */
export const cli = fileURLToPath(new URL("../node_modules/@redocly/cli/bin/cli.js", import.meta.url));

/** The repository's root. Redocly reads `redocly.yaml` there. */
export const root = fileURLToPath(new URL("../", import.meta.url));

/** A problem that the reader can mend, such as an invalid spec. It is printed without a stack. */
export class Problem extends Error {
  override name = "Problem";
}

/** Variables that keep the output of Redocly free of what is for people only. */
export const variables = {
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  NO_COLOR: "1",
  FORCE_COLOR: "0",
};

/**
 * Runs the Redocly command line, without telemetry and update notices, and returns what it prints on standard output.
 * @throws {Problem} with its output, which names file, line and reason, when it does not succeed
 */
export function redocly(...args: string[]): Promise<string> {
  return redoclyIn(root, ...args);
}

/** The same in any folder that has a `redocly.yaml`. */
export async function redoclyIn(folder: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], {
      cwd: folder,
      maxBuffer: 64 * 2 ** 20,
      env: { ...process.env, ...variables },
    });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Problem(`redocly ${args[0]} failed:\n${withoutBanner(`${stdout}\n${stderr}`) || error}`, {
      cause: error,
    });
  }
}

/** Redocly tells on standard error, in a frame, that Node 20 is old. That is no part of a reason. */
function withoutBanner(output: string): string {
  return output
    .split("\n")
    .filter((line) => !/^\s*[╔║╚]/.test(line))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
