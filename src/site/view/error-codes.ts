import type { Failure } from "../../description/failures.js";
import { repeatLegend, repeatWords } from "../../description/repeat-words.js";
import type { Schema } from "../../description/spec.js";
import { messageOf } from "../failures.js";
import { type Html, html } from "../html.js";
import type { Place, Renderer, TextAt } from "../markdown.js";
import { linkToFailure, propertyTable } from "./operation.js";
import { table } from "./table.js";

const place: Place = { file: "generated/openapi.json", id: "error-codes" };

/** Every known error code. The address of a row is the code, and never changes: errors of the client name it. */
export function errorCodesSection(
  failures: Failure[],
  operationCount: number,
  bodies: ReadonlyMap<string, Schema>,
  renderer: Renderer,
): Html {
  const text = renderer.at(place);
  const rows = failures.map((failure) => ({
    id: failure.anchor,
    cells: [
      html`${linkToFailure(failure)} ${failure.operations.length < operationCount && onlyAt(failure)}`,
      html`${failure.status}`,
      html`${text.inline(failure.meaning)} <q>${messageOf(failure)}</q>`,
      text.inline(failure.advice),
      text.inline(repeatWords(failure)),
    ],
  }));
  return html`<section aria-labelledby="error-codes">
<h2 id="error-codes"><a href="#error-codes">Error codes</a></h2>
<p>Sorted by status. The service's own message is in quotation marks. ${repeatLegend}</p>
<div class="wide">${table("Error codes", ["Code", "Status", "Meaning", "What to do", "Repeat?"], rows)}</div>
<h3 id="error-codes-body"><a href="#error-codes-body">The body of a failure</a></h3>
${[...bodies].map(([name, schema]) => bodyTable(name, schema, text))}
</section>\n`;
}

/** The operations that know a failure, where not all of them do. */
function onlyAt({ operations }: Failure): Html {
  return html`${operations.map(({ operationId }) => html`<span class="only">only <code>${operationId}</code></span>`)}`;
}

function bodyTable(name: string, schema: Schema, text: TextAt): Html {
  return html`<h4 id="${name}"><a href="#${name}"><code>${name}</code></a></h4>
${text.block(schema.description ?? "")}
${propertyTable(name, schema, text, name)}`;
}
