import { simplestFirst } from "../../openapi.js";
import { valueWords } from "../../type-words.js";
import type { Example, MediaType, Operation, Response, Schema } from "../description.js";
import { type ErrorRow, examplesOf } from "../errors.js";
import { type Html, html } from "../html.js";
import { breakable, type Place, type Renderer } from "../markdown.js";
import { samplesOfOperation } from "../operation-samples.js";
import type { Sample, Samples } from "../samples.js";
import { propertiesOf, typeText } from "../schema.js";
import { tabs } from "./code.js";
import { type Row, table } from "./table.js";
import { tryForm } from "./try-form.js";

/** One operation: what it does, how it is called, what it takes, what it answers. Examples stand beside what they show. */
export function operationSection(
  operation: Operation,
  errors: readonly ErrorRow[],
  samples: Samples,
  renderer: Renderer,
): Html {
  const { operationId: id, summary, method, path } = operation;
  const place: Place = { file: "generated/openapi.json", id };
  return html`<section class="operation" aria-labelledby="${id}">
<h2 id="${id}"><a href="#${id}">${summary}</a></h2>
<p class="method-bar" data-copy="${method} ${path}"><span class="method ${method.toLowerCase()}">${method}</span> ${breakable(path)} <span class="id">${id}</span></p>
${pair(
  html`${renderer.block(operation.description, place)}${requestTables(operation, renderer, place)}`,
  html`${samplesOf(operation, samples, renderer)}${requestExamples(operation, renderer)}`,
)}
${successes(operation, renderer, place)}
${failures(operation, errors, renderer, place)}
${tryForm(operation, simplestExample(operation)?.[1].value)}
</section>\n`;
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
  const [content] = Object.values(operation.requestBody?.content ?? {});
  const id = `${operation.operationId}-samples`;
  const heading = html`<h3 id="${id}"><a href="#${id}">Samples</a></h3>`;
  if (content === undefined)
    return html`${heading}${renderer.sample(samplesOfOperation(samples, operation, undefined))}`;
  const blocks = requestExamplesOf(content).map((example) => {
    const found = samplesOfOperation(samples, operation, example);
    return html`<p class="aside-title">${example[1].summary}</p>${renderer.sample(found)}`;
  });
  return html`${heading}${blocks}`;
}

function requestTables(
  { operationId, parameters = [], requestBody }: Operation,
  renderer: Renderer,
  place: Place,
): Html {
  const rows = parameters.map(({ name, in: where, required, description, example, schema }) => ({
    id: fieldId(operationId, name),
    cells: [
      nameCell(name, `${where}, ${typeText(schema)}`, required ?? false, renderer, place),
      renderer.inline(`${description}${example === undefined ? "" : ` Example: ${valueWords(example)}`}`, place),
    ],
  }));
  const body = Object.entries(requestBody?.content ?? {}).map(
    ([mediaType, { schema }]) => html`<h3 id="${operationId}-body"><a href="#${operationId}-body">Request body</a></h3>
${renderer.block(`${requestBody?.description ?? ""} Content type: \`${mediaType}\`.${bodyWords(requestBody)}`, place)}
${propertyTable(`Request body of ${operationId}`, schema, renderer, place, operationId)}`,
  );
  const list =
    rows.length > 0
      ? table(`Parameters of ${operationId}`, ["Name and type", "Description"], rows)
      : html`<p>None.</p>`;
  return html`<h3 id="${operationId}-parameters"><a href="#${operationId}-parameters">Parameters</a></h3>
${list}${body}`;
}

function requestExamples({ requestBody }: Operation, renderer: Renderer): Html | undefined {
  const [content] = Object.values(requestBody?.content ?? {});
  return (
    content && html`<p class="aside-title">The request body</p>${exampleTabs(requestExamplesOf(content), renderer)}`
  );
}

function successes({ operationId, responses }: Operation, renderer: Renderer, place: Place): Html {
  const all = Object.entries(responses).filter(([status]) => status < "400");
  const blocks = all.map(([status, response]) => {
    const id = `${operationId}-${status}`;
    const [content] = Object.values(response.content ?? {});
    const text = html`<h3 id="${id}"><a href="#${id}">Response ${status}</a></h3>
${renderer.block(`${response.description}${bodyWords(response)}`, place)}`;
    if (!content) return text;
    const properties = propertyTable(`Response ${status} of ${operationId}`, content.schema, renderer, place, id);
    return pair(html`${text}\n${properties}`, exampleTabs(examplesOf(response), renderer));
  });
  return html`${blocks}`;
}

function failures(
  { operationId, responses }: Operation,
  errors: readonly ErrorRow[],
  renderer: Renderer,
  place: Place,
): Html {
  const id = `${operationId}-failures`;
  const rows: Row[] = Object.entries(responses)
    .filter(([status]) => status >= "400")
    .map(([status, response]) => ({
      id: `${operationId}-${status}`,
      cells: [
        html`<strong>${status}</strong>`,
        renderer.inline(`${response.description}${bodyWords(response)}`, place),
        html`${examplesOf(response).map(([name]) => html`${codeLink(name, status, errors)} `)}`,
      ],
    }));
  return html`<h3 id="${id}"><a href="#${id}">Failures</a></h3>
<p>The status does not tell the cause: branch on the code. Each code leads to what it means and what to do.</p>
${table(`Failures of ${operationId}`, ["Status", "When", "Codes"], rows)}
${headers(Object.entries(responses), renderer, place)}`;
}

/** The name of the schema of a body, by which types and the reference know it. Markdown. */
function bodyWords({ content = {} }: { content?: Record<string, MediaType> } = {}): string {
  const names = Object.values(content).map(({ schema }) => schema.component);
  return names.map((name) => name && ` Schema: \`${name}\`.`).join("");
}

/** A code may mean different things under different statuses, so its link leads to the row of this one. */
function codeLink(name: string, status: string, errors: readonly ErrorRow[]): Html | undefined {
  const row = errors.find((one) => one.name === name && one.status === status);
  return row && linkToError(row);
}

/** A link to the row of an error. */
export function linkToError({ id, code, label }: ErrorRow): Html {
  return html`<a href="#${id}">${code === undefined ? label : html`<code>${code}</code>`}</a>`;
}

/** The headers of the responses, and the statuses that carry them. */
function headers(responses: [string, Response][], renderer: Renderer, place: Place): Html | undefined {
  const names = new Set(responses.flatMap(([, response]) => Object.keys(response.headers ?? {})));
  if (names.size === 0) return undefined;
  const rows = [...names].map((name) => {
    const carriers = responses.filter(([, response]) => response.headers?.[name]);
    const description = carriers[0]?.[1].headers?.[name]?.description ?? "";
    const statuses = carriers.map(([status]) => status).join(", ");
    return { cells: [`\`${name}\``, statuses, description].map((cell) => renderer.inline(cell, place)) };
  });
  return table(`Response headers of ${place.id}`, ["Response header", "Status", "Description"], rows);
}

/** The properties of a body, one row each. */
export function propertyTable(caption: string, schema: Schema, renderer: Renderer, place: Place, prefix: string): Html {
  const rows = propertiesOf(schema).map(({ name, required, schema: property }) => ({
    id: fieldId(prefix, name),
    cells: [
      nameCell(name, typeText(property), required, renderer, place),
      renderer.inline(property.description ?? "", place),
    ],
  }));
  return table(caption, ["Name and type", "Description"], rows);
}

/** The parts of an operation's section, whose addresses no parameter and no property may take. */
const partsOfSection = ["samples", "parameters", "body", "failures", "try"];

/** The address of a parameter or a property. */
function fieldId(prefix: string, name: string): string {
  const plain = name.replaceAll("[]", "");
  return partsOfSection.includes(plain) ? `${prefix}-field-${plain}` : `${prefix}-${plain}`;
}

/** @param type Markdown */
function nameCell(name: string, type: string, required: boolean, renderer: Renderer, place: Place): Html {
  const details = renderer.inline(`${type}, ${required ? "required" : "optional"}`, place);
  return html`${renderer.inline(`\`${name}\``, place)} <span class="in">${details}</span>`;
}

/** The examples of a request by name, the simplest first. */
function requestExamplesOf({ examples = {} }: MediaType): [string, Example][] {
  return simplestFirst(Object.entries(examples), ([, { value }]) => value);
}

function exampleTabs(examples: [string, Example][], renderer: Renderer): Html {
  const panels = examples.map(([name, { summary = name, value }]) => ({
    id: name,
    label: summary,
    language: "json",
    source: JSON.stringify(value, null, 2),
  }));
  return tabs(renderer.group(), panels);
}

/** The simplest documented request of an operation, by name. */
export function simplestExample({ requestBody }: Operation): [string, Example] | undefined {
  const [content] = Object.values(requestBody?.content ?? {});
  return content && requestExamplesOf(content)[0];
}

/** The samples of that request, where only one can be shown. */
export function simplestSamples(operation: Operation, samples: Samples): readonly Sample[] {
  return samplesOfOperation(samples, operation, simplestExample(operation));
}
