import { join } from "node:path";
import { Problem } from "../shared/problem.js";
import { root } from "./project.js";
import { run } from "./run.js";

/** Where the command line of Redocly is. */
export const redoclyProgram = join(root, "node_modules/@redocly/cli/bin/cli.js");

/** Variables that keep the output of Redocly free of what is for people only. */
export const quietEnvironment = {
  REDOCLY_TELEMETRY: "off",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  NO_COLOR: "1",
  FORCE_COLOR: "0",
};

/**
 * Runs the Redocly command line, without telemetry and update notices, and returns what it prints on standard output. It reads
 * `redocly.yaml` in the repository's root.
 * @throws {Problem} with its output, which names file, line and reason, when it does not succeed
 */
export function redocly(...args: string[]): Promise<string> {
  return redoclyIn(root, ...args);
}

/** The same in any folder that has a `redocly.yaml`. */
export async function redoclyIn(folder: string, ...args: string[]): Promise<string> {
  try {
    return await run(process.execPath, [redoclyProgram, ...args], { cwd: folder, env: quietEnvironment });
  } catch (error) {
    if (error instanceof Problem) error.message = withoutBanner(error.message);
    throw error;
  }
}

/** Redocly tells on standard error, in a frame, that Node 20 is old. That is not part of a reason. */
function withoutBanner(output: string): string {
  return (
    output
      .split("\n")
      .filter((line) => !/^\s*[╔║╚]/.test(line))
      // A file of ignored problems would hide this one from every check.
      .filter((line) => !line.includes("--generate-ignore-file"))
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim()
  );
}
