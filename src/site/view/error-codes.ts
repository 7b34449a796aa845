import { repeatLegend } from "../../repeat-words.js";
import { type Description, operationsWithPaths } from "../description.js";
import type { ErrorRow } from "../errors.js";
import { type Html, html } from "../html.js";
import type { Place, Renderer } from "../markdown.js";
import { linkToError, propertyTable } from "./operation.js";
import { table } from "./table.js";

const place: Place = { file: "generated/openapi.json", id: "error-codes" };

/** Every known error code. The address of a row is the code, and never changes: errors of the client name it. */
export function errorCodesSection(description: Description, errors: ErrorRow[], renderer: Renderer): Html {
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
${propertyTable("The body of a failure", failureSchema(description), renderer, place, "error-codes-body")}
</section>\n`;
}

/** All keys that the body of a failure can have, whoever answers. */
function failureSchema(description: Description) {
  const responses = operationsWithPaths(description).flatMap(({ responses: all }) => Object.entries(all));
  const failures = responses.filter(([status]) => status >= "400").map(([, response]) => response);
  return { anyOf: failures.flatMap(({ content }) => Object.values(content ?? {}).map(({ schema }) => schema)) };
}
