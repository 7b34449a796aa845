#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { runMock } from "./mock.js";
import { printable } from "./printable.js";

/** The commands by name. Each gets the arguments behind its name. */
const commands: Readonly<Record<string, (args: string[]) => Promise<void>>> = { mock: runMock };

const help = `Usage: geminidb-backup <command> [options]

Commands
  mock   serves the GeminiDB backup API on this machine, with the documented examples

geminidb-backup <command> --help explains a command. --version prints the version.
`;

try {
  await main(process.argv.slice(2));
} catch (error) {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  console.error(`geminidb-backup: ${printable(line)}`);
  process.exitCode = 1;
}

async function main([name, ...args]: string[]): Promise<void> {
  if (name === "--version" || name === "-v") return console.log(await version());
  if (name === "--help" || name === "-h") return console.log(help);
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command(args);
  const wrong = name === undefined ? "a command is missing" : `no command ${JSON.stringify(name)}`;
  throw new Error(`${wrong}. Try geminidb-backup mock, or --help`);
}

async function version(): Promise<string> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  return JSON.parse(text).version;
}
