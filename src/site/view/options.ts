import { type DocumentedType, defaultOf, descriptionOf } from "../documented-types.js";
import { type Html, html } from "../html.js";
import { breakable, type Place, type Renderer } from "../markdown.js";
import { table } from "./table.js";

const id = "client-options";
// The names of options are also words that guides explain.
const place: Place = { file: "src/client", id, ownTerms: true };

/** What the client takes and hands over, as its types say it. */
export function optionsSection(types: readonly DocumentedType[], renderer: Renderer): Html {
  const tables = types.map((type) => {
    const anchor = anchorOf(type.name);
    return html`<h3 id="${anchor}"><a href="#${anchor}"><code>${type.name}</code></a></h3>
${renderer.block(type.description, place)}${basesOf(type)}${memberTable(type, renderer)}`;
  });
  return html`<section aria-labelledby="${id}">
<h2 id="${id}"><a href="#${id}">Options of the client</a></h2>
${tables}</section>\n`;
}

function anchorOf(type: string): string {
  return `${id}-${type.toLowerCase()}`;
}

function basesOf({ bases }: DocumentedType): Html[] {
  return bases.map((base) => html`<p>All members of <a href="#${anchorOf(base)}"><code>${base}</code></a>, and:</p>\n`);
}

function memberTable({ name, isReceived, members }: DocumentedType, renderer: Renderer): Html {
  const hasDefaults = members.some(({ defaultValue }) => defaultValue !== undefined);
  const rows = members.map((member) => ({
    id: `${anchorOf(name)}-${member.name}`,
    cells: [
      html`<code>${member.name}</code>${member.required && !isReceived && html` <span class="in">required</span>`}`,
      breakable(member.type),
      renderer.inline(descriptionOf(member), place),
      ...(hasDefaults ? [renderer.inline(defaultOf(member), place)] : []),
    ],
  }));
  const columns = ["Name", "Type", "Description", ...(hasDefaults ? ["Default"] : [])];
  return table(name, columns, rows);
}
