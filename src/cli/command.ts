import type { Context } from "./context.js";
import type { ExitCode } from "./exit-codes.js";
import type { Flag } from "./flag.js";

/** A command of `geminidb-backup`. */
export interface Command {
  /** Its flags, without --help and --version, which every command has. */
  readonly flags: readonly Flag[];
  /** The text of `--help`. */
  help(): string;
  /**
   * Does the work, and prints the result.
   * @param args the arguments behind the name of the command
   * @throws {Error} in one sentence: see failure.ts for the exit codes of errors
   */
  run(args: readonly string[], context: Context): Promise<ExitCode>;
}

/** A command in the list of `--help`. Its code is loaded when it is used. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}
