import { markdownTable } from "../shared/markdown-table.js";
import { type DocumentedType, defaultOf, descriptionOf } from "./documented-types.js";

/** What the client takes and hands over, as Markdown: a table for each type. */
export function clientOptionsMarkdown(types: readonly DocumentedType[]): string {
  return `# Options of the client\n\n${types.map(section).join("\n\n")}\n`;
}

function section({ name, description, bases, isReceived, members }: DocumentedType): string {
  const inherited = bases.map((base) => `All members of \`${base}\`, and:`);
  const rows = members.map((member) => [
    `\`${member.name}\`${member.required && !isReceived ? " (required)" : ""}`,
    `\`${member.type}\``,
    descriptionOf(member),
    defaultOf(member),
  ]);
  const table = markdownTable(["Name", "Type", "Description", "Default"], rows);
  return [`## ${name}`, description, ...inherited, table].filter((part) => part !== "").join("\n\n");
}
