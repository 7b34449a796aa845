import { join } from "node:path";
import { root, run } from "../project.js";

const program = join(root, "dist", "cli", "index.js");

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
  return `$ geminidb-backup ${args.join(" ")}\n${text.trimEnd()}\n`;
}

/** The commands that the general help lists: the first word of each line below "Commands". */
function commandsIn(help: string): string[] {
  const lines = help.split("\n");
  const first = lines.indexOf("Commands") + 1;
  const behind = lines.indexOf("", first);
  return lines.slice(first, behind).map((line) => line.trim().split(" ")[0] ?? "");
}

/** Commands and flags that the help of the last release names and the present help does not. A sentence for each. */
export function removedFromCommand(before: string, now: string): string[] {
  const known = new Set(wordsOf(now));
  const gone = [...new Set(wordsOf(before))].filter((word) => !known.has(word));
  return gone.map((word) => `geminidb-backup: the help no longer names \`${word}\`.`);
}

/** The flags in a help text, and the names of the commands. */
function wordsOf(help: string): string[] {
  const flags = help.split(/[\s,|[\]()`=]+/).filter((word) => word.startsWith("--"));
  return [...commandsIn(help), ...flags];
}
