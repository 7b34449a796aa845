import { catalogue } from "../../generated/catalogue.js";
import { commands } from "../cli/commands.js";
import { commonFlagSections, exitCodeSection, sections } from "../cli/help.js";
import { plainText } from "../cli/layout.js";

/** A command of `geminidb-backup`, and the text of its `--help`. */
export interface CommandHelp {
  name: string;
  help: string;
}

/** Every command, in the words that a terminal shows. */
export function readCommands(): Promise<CommandHelp[]> {
  return Promise.all(commands.map(async ({ name, load }) => ({ name, help: (await load()).help() })));
}

/** What the help of every command that calls the service contains. */
export const sharedHelp = sections(commonFlagSections, exitCodeSection);

/** The help of a command without what the page says elsewhere: `sharedHelp`, and the description of its operation. */
export function ownHelp({ name, help }: CommandHelp): string {
  const operation = catalogue.operations.find(({ command }) => command === name);
  const rest = help.replace(`\n\n${sharedHelp}`, "");
  return operation ? rest.replace(`\n\n${plainText(operation.description)}`, "") : rest;
}

/** The help of all commands as Markdown, each complete. */
export function commandLineMarkdown(all: readonly CommandHelp[]): string {
  const sections = all.map(({ name, help }) => `## geminidb-backup ${name}\n\n\`\`\`text\n${help}\n\`\`\`\n`);
  return `# Command line\n\nWhat \`--help\` of each command says.\n\n${sections.join("\n")}`;
}
