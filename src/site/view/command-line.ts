import { type CommandHelp, ownHelp, sharedHelp } from "../command-help.js";
import { type Html, html } from "../html.js";
import { codeBlock } from "./code.js";

const id = "command-line";
const sharedId = `${id}-shared`;

/** What `--help` of each command says, without what stands elsewhere. What several commands share is shown once, at the end. */
export function commandLineSection(commands: readonly CommandHelp[]): Html {
  const names = commands.filter(({ help }) => help.includes(sharedHelp)).map(({ name }) => name);
  const helps = commands.map((command) => {
    const { name } = command;
    return html`<h3 id="${id}-${name}"><a href="#${id}-${name}"><code>geminidb-backup</code> <code>${name}</code></a></h3>
${codeBlock(ownHelp(command), "text", `geminidb-backup ${name} --help`)}`;
  });
  return html`<section aria-labelledby="${id}">
<h2 id="${id}"><a href="#${id}">Command line</a></h2>
<p>What <code>--help</code> of each command says, except for the description of its operation. What several share is at the end.</p>
${helps}<h3 id="${sharedId}"><a href="#${sharedId}">What ${listed(names)} share</a></h3>
${codeBlock(sharedHelp, "text", "geminidb-backup COMMAND --help")}</section>\n`;
}

/** Names as a sentence lists them: "create, delete and rotate". */
function listed(names: string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}
