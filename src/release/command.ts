import { join } from "node:path";
import { root } from "../tools/project.js";
import { run } from "../tools/run.js";
import { definitionsBelow, headline } from "./help-text.js";

/** The built command. */
export const program = join(root, "dist", "cli", "index.js");

/** All help texts of the command line, one after another. */
export async function commandHelp(): Promise<string> {
  const general = await helpOf();
  const texts = [general];
  for (const name of commandsIn(general)) texts.push(await helpOf(name));
  return texts.join("\n");
}

async function helpOf(...command: string[]): Promise<string> {
  const args = [...command, "--help"];
  const text = await run(process.execPath, [program, ...args]);
  return `${headline(...args)}\n${text.trimEnd()}\n`;
}

/** The names of the commands that the general help lists. */
export function commandsIn(help: string): string[] {
  return definitionsBelow("Commands", help).map(([name]) => name);
}
