import { type Html, html } from "../html.js";
import { breakable, type Place, type Renderer } from "../markdown.js";
import type { DocumentedType } from "../options.js";
import { table } from "./table.js";

const id = "client-options";
// The names of options are also words that guides explain.
const place: Place = { file: "src/client", id, ownTerms: true };

/** What the client takes and hands over, as its types say it. */
export function optionsSection(types: DocumentedType[], renderer: Renderer): Html {
  const tables = types.map(({ name, description, members }) => {
    const anchor = `${id}-${name.toLowerCase()}`;
    const rows = members.map(({ name: member, type, required, description: text, preset, example }) => ({
      id: `${anchor}-${member}`,
      cells: [
        html`<code>${member}</code>${required && html` <span class="in">required</span>`}`,
        breakable(type),
        renderer.inline(`${text}${example ? ` Example: \`${example}\`` : ""}`, place),
        presetCell(preset),
      ],
    }));
    return html`<h3 id="${anchor}"><a href="#${anchor}"><code>${name}</code></a></h3>
${renderer.block(description, place)}
${table(name, ["Name", "Type", "Description", "Default"], rows)}`;
  });
  return html`<section aria-labelledby="${id}">
<h2 id="${id}"><a href="#${id}">Options of the client</a></h2>
<p>Made from the doc comments of the types, which an editor shows as well.</p>
${tables}
</section>\n`;
}

/** A default is a value, or a sentence about one. */
function presetCell(preset = ""): Html {
  return preset === "" || preset.includes(" ") ? html`${preset}` : html`<code>${preset}</code>`;
}
