import { repeatLegend } from "../../repeat-words.js";
import { type Description, operationsOf } from "../description.js";
import type { ErrorEntry } from "../errors.js";
import { type Html, html } from "../html.js";
import type { Place, Renderer } from "../markdown.js";
import { propertyTable } from "./operation.js";
import { table } from "./table.js";

const place: Place = { file: "generated/openapi.json", id: "error-codes" };

/** Every known error code. The address of a row is the code, and never changes: errors of the client name it. */
export function errorCodesSection(description: Description, errors: ErrorEntry[], renderer: Renderer): Html {
  const rows = errors.map(({ id, code, status, meaning, advice, message, repeat, only }) => ({
    id,
    cells: [
      html`<a href="#${id}"><code>${code}</code></a> ${only.map((operation) => html`<span class="only">only <code>${operation}</code></span>`)}`,
      html`${status}`,
      html`${renderer.inline(meaning, place)} <q>${message}</q>`,
      renderer.inline(advice, place),
      renderer.inline(repeat, place),
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
  const responses = operationsOf(description).flatMap(({ responses: all }) => Object.entries(all));
  const failures = responses.filter(([status]) => status >= "400").map(([, response]) => response);
  return { anyOf: failures.flatMap(({ content }) => Object.values(content ?? {}).map(({ schema }) => schema)) };
}
