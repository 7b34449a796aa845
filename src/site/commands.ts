import { commands } from "../cli/commands.js";

/** A command of `geminidb-backup`, and the text of its `--help`. */
export interface CommandHelp {
  name: string;
  help: string;
}

/** Every command, in the words that a terminal shows. */
export function readCommands(): Promise<CommandHelp[]> {
  return Promise.all(commands.map(async ({ name, load }) => ({ name, help: (await load()).help() })));
}

/** The same as Markdown. */
export function commandLineMarkdown(all: readonly CommandHelp[]): string {
  const sections = all.map(({ name, help }) => `## geminidb-backup ${name}\n\n\`\`\`text\n${help}\n\`\`\`\n`);
  return `# Command line\n\nWhat \`--help\` of each command says.\n\n${sections.join("\n")}`;
}
