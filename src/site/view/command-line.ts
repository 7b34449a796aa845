import type { CommandHelp } from "../commands.js";
import { type Html, html } from "../html.js";
import { codeBlock } from "./code.js";

export const commandLineId = "command-line";

/** What `--help` of each command says. */
export function commandLineSection(commands: readonly CommandHelp[]): Html {
  const helps = commands.map(({ name, help }) => {
    const id = `${commandLineId}-${name}`;
    return html`<h3 id="${id}"><a href="#${id}"><code>geminidb-backup ${name}</code></a></h3>
${codeBlock(help, "text", `geminidb-backup ${name} --help`)}`;
  });
  return html`<section aria-labelledby="${commandLineId}">
<h2 id="${commandLineId}"><a href="#${commandLineId}">Command line</a></h2>
<p>What <code>--help</code> of each command says. The same as a file: <a href="command-line.md">command-line.md</a>.</p>
${helps}
</section>\n`;
}
