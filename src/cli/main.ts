import { catalogue } from "../../generated/catalogue.js";
import { packageVersion } from "../../generated/operations.js";
import { suggestion } from "../client/names.js";
import { commands } from "./commands.js";
import type { Context } from "./context.js";
import { UsageError } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { complain, OutputError, print } from "./output.js";
import { asksFor } from "./parse.js";

/** Runs the command that the arguments name. Never rejects: what goes wrong is one line on standard error. */
export async function main(args: readonly string[], context: Context): Promise<ExitCode> {
  try {
    return await run(args, context);
  } catch (error) {
    return endWith(error, context);
  }
}

/** Says what is wrong in one line, never with a stack. */
export async function endWith(error: unknown, context: Context): Promise<ExitCode> {
  // Loaded late, because the classes of the errors come with the whole client.
  const { endingFor } = await import("./failure.js");
  const { code, message } = endingFor(error);
  complain(context, message);
  return code;
}

async function run([name, ...args]: readonly string[], context: Context): Promise<ExitCode> {
  if (name === "help") return run([...args, "--help"], context);
  if (name === "--version" || name === "-v") return show(context, packageVersion);
  if (name === "--help" || name === "-h") {
    const { overview } = await import("./help.js");
    return show(context, overview(catalogue.summary, commands));
  }
  const command = await findCommand(name).load();
  if (asksFor("help", args, command.flags)) return show(context, command.help());
  if (asksFor("version", args, command.flags)) return show(context, packageVersion);
  return command.run(args, context);
}

function findCommand(name: string | undefined) {
  const names = commands.map((command) => command.name);
  const all = `. The commands are ${names.join(", ")}; try --help`;
  if (name === undefined) throw new UsageError(`a command is missing${all}`);
  const command = commands.find((one) => one.name === name);
  if (command) return command;
  // What does not look like a command may be a secret.
  if (!/^[a-z][a-z-]{0,20}$/.test(name)) throw new UsageError(`the first argument is not a command${all}`);
  const hint = suggestion(name, names) || all;
  throw new UsageError(`there is no command ${JSON.stringify(name)}${hint}`);
}

/** Shows a text. That its reader went away early, as `head` does, is no failure. */
async function show(context: Context, text: string): Promise<ExitCode> {
  try {
    await print(context, text);
  } catch (error) {
    if (!(error instanceof OutputError) || error.code !== "EPIPE") throw error;
  }
  return exitCodes.done;
}
