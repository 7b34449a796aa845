import { repeatLegend } from "../../repeat-words.js";
import type { Schema } from "../description.js";
import type { ErrorRow } from "../errors.js";
import { type Html, html } from "../html.js";
import type { Place, Renderer } from "../markdown.js";
import { linkToError, propertyTable } from "./operation.js";
import { table } from "./table.js";

const place: Place = { file: "generated/openapi.json", id: "error-codes" };

/** Every known error code. The address of a row is the code, and never changes: errors of the client name it. */
export function errorCodesSection(errors: ErrorRow[], bodies: ReadonlyMap<string, Schema>, renderer: Renderer): Html {
  const rows = errors.map((row) => ({
    id: row.id,
    cells: [
      html`${linkToError(row)} ${row.only.map((operation) => html`<span class="only">only <code>${operation}</code></span>`)}`,
      html`${row.status}`,
      html`${renderer.inline(row.meaning, place)} <q>${row.message}</q>`,
      renderer.inline(row.advice, place),
      renderer.inline(row.repeat, place),
    ],
  }));
  return html`<section aria-labelledby="error-codes">
<h2 id="error-codes"><a href="#error-codes">Error codes</a></h2>
<p>The codes that these operations can meet, by status. In quotation marks: the message of the service. ${repeatLegend}</p>
<div class="wide">${table("Error codes", ["Code", "Status", "Meaning", "What to do", "Repeat?"], rows)}</div>
<h3 id="error-codes-body"><a href="#error-codes-body">The body of a failure</a></h3>
<p>Each failure of an operation names the schema of its body.</p>
${[...bodies].map(([name, schema]) => bodyTable(name, schema, renderer))}
</section>\n`;
}

function bodyTable(name: string, schema: Schema, renderer: Renderer): Html {
  return html`<h4 id="${name}"><a href="#${name}"><code>${name}</code></a></h4>
${renderer.block(schema.description ?? "", place)}
${propertyTable(name, schema, renderer, place, name)}`;
}
