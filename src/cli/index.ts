#!/usr/bin/env node
import { catalogue } from "../../generated/catalogue.js";
import { packageVersion } from "../../generated/operations.js";
import { suggestion } from "../client/names.js";
import { commands } from "./commands.js";
import { exitCodes, UsageError } from "./exit-codes.js";
import { complain, OutputError, print } from "./output.js";
import { asksFor } from "./parse.js";

// A reader that is gone is reported by what was being written. Node would end the process with a stack.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
process.once("uncaughtException", (error) => void fail(error));

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  await fail(error);
}

async function main([name, ...args]: string[]): Promise<number> {
  if (name === "--version" || name === "-v") return show(packageVersion);
  if (name === "--help" || name === "-h") {
    const { overview } = await import("./help.js");
    return show(overview(catalogue.summary, commands));
  }
  const command = await findCommand(name).load();
  if (asksFor("help", args, command.flags)) return show(command.help());
  if (asksFor("version", args, command.flags)) return show(packageVersion);
  return command.run(args, process.env);
}

function findCommand(name: string | undefined) {
  const names = commands.map((command) => command.name);
  if (name === undefined) throw new UsageError(`a command is missing. There are ${names.join(", ")}; try --help`);
  const command = commands.find((one) => one.name === name);
  if (command) return command;
  const hint = suggestion(name, names) || `. There are ${names.join(", ")}; try --help`;
  throw new UsageError(`there is no command ${JSON.stringify(name.slice(0, 40))}${hint}`);
}

/** Shows a text. That its reader went away early, as `head` does, is no failure. */
async function show(text: string): Promise<number> {
  try {
    await print(text);
  } catch (error) {
    if (!(error instanceof OutputError) || error.code !== "EPIPE") throw error;
  }
  return exitCodes.done;
}

/** Ends with one line that says what is wrong. Never with a stack. */
async function fail(error: unknown): Promise<never> {
  // Loaded late, because the classes of the errors come with the whole client.
  const { endingFor } = await import("./failure.js");
  const { code, message } = endingFor(error);
  complain(message);
  process.exit(code);
}
