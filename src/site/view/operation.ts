import type { Failure } from "../../description/failures.js";
import { takesWholeBody } from "../../description/flat-body.js";
import {
  type ApiBody,
  type ApiResponse,
  type NamedExample,
  type Operation,
  parameterWords,
} from "../../description/operations.js";
import { propertiesOf } from "../../description/properties.js";
import { componentName } from "../../description/references.js";
import type { Schema } from "../../description/spec.js";
import { typeWords, valueWords } from "../../shared/type-words.js";
import { labelOf } from "../failures.js";
import { type Html, html } from "../html.js";
import { breakable, type Renderer, type TextAt } from "../markdown.js";
import { samplesOfOperation, simplestExample } from "../operation-samples.js";
import type { Samples } from "../samples.js";
import { tabs } from "./code.js";
import { type Row, table } from "./table.js";
import { tryForm } from "./try-form.js";

/** One operation: what it does, how it is called, what it takes, what it answers. Examples stand beside what they show. */
export function operationSection(
  operation: Operation,
  catalogue: readonly Failure[],
  samples: Samples,
  renderer: Renderer,
): Html {
  const { operationId: id, summary, description, method, path, success } = operation;
  const text = renderer.at({ file: "generated/openapi.json", id });
  return html`<section class="operation" aria-labelledby="${id}">
<h2 id="${id}"><a href="#${id}">${summary}</a></h2>
<p class="method-bar" data-copy="${method} ${path}"><span class="method ${method.toLowerCase()}">${method}</span> ${breakable(path)} <span class="id">${id}</span></p>
${pair(
  html`${text.block(description)}${parameterTable(operation, text)}${bodyTable(operation, text)}`,
  html`${samplesOf(operation, samples, renderer)}${requestExamples(operation, renderer)}`,
)}
${tryForm(operation, simplestExample(operation)?.[1].value)}
${success && successSection(id, success, text, renderer)}
${failureTable(operation, catalogue, text)}
${headerTable(operation, text)}
</section>\n`;
}

/** A link to the row of a failure among the error codes. */
export function linkToFailure(failure: Failure): Html {
  const label = labelOf(failure);
  return html`<a href="#${failure.anchor}">${failure.code === undefined ? label : html`<code>${label}</code>`}</a>`;
}

/** The properties of a body, one row each. */
export function propertyTable(caption: string, schema: Schema, text: TextAt, prefix: string): Html {
  const rows = propertiesOf(schema).map(({ name, required, schema: property }) => ({
    id: fieldId(prefix, name),
    cells: [nameCell(name, typeWords(property), required, text), text.inline(property.description ?? "")],
  }));
  const type = schema.type === "object" && rows.length > 0 ? undefined : text.block(`Type: ${typeWords(schema)}.`);
  return html`${type}${rows.length > 0 && table(caption, ["Name and type", "Description"], rows)}`;
}

/** Text, and what it is about beside it where there is room. */
function pair(text: Html, aside: Html): Html {
  return html`<div class="pair"><div>${text}</div><div class="aside">${aside}</div></div>`;
}

/**
 * The samples of an operation: one for each documented request, or just one where there is no body. The label is the
 * example's own, and a test compares what the sample sends with the example.
 */
function samplesOf(operation: Operation, samples: Samples, renderer: Renderer): Html {
  const { operationId, requestBody } = operation;
  const id = `${operationId}-samples`;
  const heading = html`<h3 id="${id}"><a href="#${id}">Samples</a></h3>
<p class="note">They read <a href="#a-first-call-call-the-service">these variables</a>.</p>`;
  if (requestBody === undefined)
    return html`${heading}${renderer.sample(samplesOfOperation(samples, operation, undefined), operationId)}`;
  const blocks = requestBody.examples.map((example) => {
    const found = samplesOfOperation(samples, operation, example);
    return html`<p class="aside-title">${example[1].summary}</p>${renderer.sample(found, `${operationId}.${example[0]}`)}`;
  });
  return html`${heading}${blocks}`;
}

function parameterTable({ operationId, parameters }: Operation, text: TextAt): Html {
  const id = `${operationId}-parameters`;
  const rows = parameters.map((parameter) => {
    const { name, in: where, required = false, example, schema } = parameter;
    const words = `${parameterWords(parameter)}${example === undefined ? "" : ` Example: ${valueWords(example)}`}`;
    const type = `${where}, ${typeWords(schema)}`;
    return { id: fieldId(operationId, name), cells: [nameCell(name, type, required, text), text.inline(words)] };
  });
  const list =
    rows.length > 0
      ? table(`Parameters of ${operationId}`, ["Name and type", "Description"], rows)
      : html`<p>None.</p>`;
  return html`<h3 id="${id}"><a href="#${id}">Parameters</a></h3>
${list}`;
}

function bodyTable(operation: Operation, text: TextAt): Html | undefined {
  const { operationId, requestBody } = operation;
  if (requestBody === undefined) return undefined;
  const { mediaType, required, description, schema } = requestBody;
  const id = `${operationId}-body`;
  // Only a flat body shares its names with the parameters, so that none is there twice.
  return html`<h3 id="${id}"><a href="#${id}">Request body</a></h3>
${text.block(`${required ? "" : "Optional. "}${description} Content type: \`${mediaType}\`.${bodyWords(requestBody)}`)}
${propertyTable(`Request body of ${operationId}`, schema, text, takesWholeBody(operation) ? id : operationId)}`;
}

function requestExamples({ requestBody }: Operation, renderer: Renderer): Html | undefined {
  if (requestBody === undefined) return undefined;
  const examples = exampleTabs(requestBody.examples, renderer);
  return html`<p class="aside-title">The request body</p>${examples}`;
}

function successSection(
  operationId: string,
  { status, description, body }: ApiResponse,
  text: TextAt,
  renderer: Renderer,
): Html {
  const id = `${operationId}-${status}`;
  const words = html`<h3 id="${id}"><a href="#${id}">Response ${status}</a></h3>
${text.block(`${description}${bodyWords(body)}`)}`;
  if (!body) return words;
  const properties = propertyTable(`Response ${status} of ${operationId}`, body.schema, text, id);
  return pair(html`${words}\n${properties}`, exampleTabs(body.examples, renderer));
}

function failureTable({ operationId, failures }: Operation, catalogue: readonly Failure[], text: TextAt): Html {
  const id = `${operationId}-failures`;
  const rows: Row[] = failures.map(({ status, description, body }) => ({
    id: `${operationId}-${status}`,
    cells: [
      html`<strong>${status}</strong>`,
      text.inline(`${description}${bodyWords(body)}`),
      html`${(body?.examples ?? []).map(([name]) => html`${codeLink(name, status, catalogue)} `)}`,
    ],
  }));
  return html`<h3 id="${id}"><a href="#${id}">Failures</a></h3>
<p>The status does not tell the cause: branch on the code. Each code leads to what it means and what to do.</p>
${table(`Failures of ${operationId}`, ["Status", "When", "Codes"], rows)}`;
}

/** The name of the schema of a body, by which types and the reference know it. Markdown. */
function bodyWords(body: ApiBody | undefined): string {
  const name = componentName(body?.schema);
  return name === undefined ? "" : ` Schema: \`${name}\`.`;
}

/** A code may mean different things under different statuses, so its link leads to the row of this one. */
function codeLink(name: string, status: string, catalogue: readonly Failure[]): Html | undefined {
  const failure = catalogue.find((one) => one.name === name && one.status === status);
  return failure && linkToFailure(failure);
}

/** The headers of the responses, and the statuses that carry them. */
function headerTable({ operationId, responses }: Operation, text: TextAt): Html | undefined {
  const headers = new Map<string, { description: string; statuses: string[] }>();
  for (const { status, headers: ofResponse } of responses) {
    for (const [name, { description }] of ofResponse) {
      const header = headers.get(name) ?? { description, statuses: [] };
      header.statuses.push(status);
      headers.set(name, header);
    }
  }
  if (headers.size === 0) return undefined;
  const rows = [...headers].map(([name, { description, statuses }]) => {
    const shown = statuses.length === responses.length ? "all" : statuses.join(", ");
    return { cells: [`\`${name}\``, shown, description].map((cell) => text.inline(cell)) };
  });
  const id = `${operationId}-headers`;
  return html`<h3 id="${id}"><a href="#${id}">Response headers</a></h3>
${table(`Response headers of ${operationId}`, ["Header", "Status", "Description"], rows)}`;
}

/** The parts of an operation's section, whose addresses no parameter and no property may take. */
const partsOfSection = ["samples", "parameters", "body", "failures", "headers", "try"];

/** The address of a parameter or a property. */
function fieldId(prefix: string, name: string): string {
  const plain = name.replaceAll("[]", "");
  return partsOfSection.includes(plain) ? `${prefix}-field-${plain}` : `${prefix}-${plain}`;
}

/** @param type Markdown */
function nameCell(name: string, type: string, required: boolean, text: TextAt): Html {
  const details = text.inline(`${type}, ${required ? "required" : "optional"}`);
  return html`${text.inline(`\`${name}\``)} <span class="in">${details}</span>`;
}

function exampleTabs(examples: NamedExample[], renderer: Renderer): Html {
  const panels = examples.map(([name, { summary = name, value }]) => ({
    id: name,
    label: summary,
    language: "json",
    source: JSON.stringify(value, null, 2),
  }));
  return tabs(renderer.group(), panels);
}
