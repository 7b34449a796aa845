import { type Failure, failuresOf } from "../description/failures.js";
import {
  type Body,
  type NamedExample,
  type Operation,
  operationsOf,
  type Response,
} from "../description/operations.js";
import { componentName } from "../description/references.js";
import { repeatLegend, repeatWords } from "../description/repeat-words.js";
import type { Header, Schema, Server, Spec } from "../description/spec.js";
import { typeWords, valueWords } from "../description/type-words.js";
import { oneLine } from "./one-line.js";

/**
 * The whole reference as Markdown, for a repository browser and for language models.
 * @param description with its references followed
 */
export function reference(description: Spec): string {
  const operations = operationsOf(description);
  const failures = failuresOf(operations);
  return `${[
    "<!-- Generated from openapi/ by `npm run generate`. Do not edit. -->",
    `# ${description.info.title}`,
    description.info.description.trim(),
    "## Servers",
    ...description.servers.map(serverText),
    "## Security schemes",
    ...Object.entries(description.components.securitySchemes).map(
      ([name, scheme]) => `**${name}**: header \`${scheme.name}\`. ${oneLine(scheme.description)}`,
    ),
    ...operations.flatMap((operation) => operationText(operation, failures)),
    "## Error codes",
    repeatLegend,
    errorTable(failures, operations.length),
  ].join("\n\n")}\n`;
}

/** Every known error code: status, meaning, what to do, whether to repeat the request, operations and message. */
function errorTable(failures: Failure[], operationCount: number): string {
  return table(
    ["Code", "Status", "Meaning", "What to do", "Repeat?", "Operations", "Message"],
    failures.map((failure) => {
      const { name, status, anchor, meaning, advice, operations, message, body } = failure;
      return [
        `<a id="${anchor}"></a>\`${name}\``,
        status,
        meaning,
        advice,
        repeatWords(failure),
        operations.length === operationCount
          ? "all"
          : operations.map(({ operationId }) => `\`${operationId}\``).join(", "),
        message ?? `\`${JSON.stringify(body)}\``,
      ];
    }),
  );
}

function serverText({ url, description, variables = {}, "x-iam": iam }: Server): string {
  const rows = Object.entries(variables).map(
    ([name, { enum: values, default: preset, description: text }]) =>
      `- \`${name}\`: ${text} ${values ? `One of ${values.map((value) => `\`${value}\``).join(", ")}. ` : ""}Default \`${preset}\`.`,
  );
  return [`**\`${url}\`** ${description}`, ...rows, ...(iam ? [`- IAM of the same region: \`${iam}\``] : [])].join(
    "\n",
  );
}

function operationText(operation: Operation, failures: Failure[]): string[] {
  const { operationId, method, path, summary, description, success } = operation;
  return [
    `## <a id="${operationId}"></a>${summary}`,
    `\`${method} ${path}\` (\`${operationId}\`)`,
    description.trim(),
    ...requestTexts(operation),
    ...(success ? successTexts(success) : []),
    ...failureTexts(operation, failures),
  ];
}

function requestTexts({ operationId, parameters, requestBody }: Operation): string[] {
  const rows = parameters.map(({ name, in: where, schema, required, description, example }) => [
    `\`${name}\``,
    where,
    typeWords(schema),
    required ? "yes" : "no",
    description,
    valueWords(example),
  ]);
  const texts = ["### Parameters", table(["Name", "In", "Type", "Mandatory", "Description", "Example"], rows)];
  if (requestBody === undefined) return texts;
  return [
    ...texts,
    `### <a id="${operationId}-body"></a>Request body (\`${requestBody.mediaType}\`)`,
    ...(requestBody.description === "" ? [] : [oneLine(requestBody.description)]),
    ...schemaTables(requestBody.schema),
    ...requestBody.examples.map(exampleText),
  ];
}

function successTexts(success: Response): string[] {
  const { status, description, body } = success;
  return [
    `### Response ${status}`,
    oneLine(description),
    ...headerTable([success]),
    ...(body ? [...schemaTables(body.schema), ...body.examples.map(exampleText)] : []),
  ];
}

function failureTexts({ failures }: Operation, catalogue: Failure[]): string[] {
  return [
    "### Failures",
    failures.map((response) => failureText(response, catalogue)).join("\n"),
    ...headerTable(failures),
    ...bodyTables(failures),
  ];
}

/** One failure of an operation: its status, its body and its codes, each with a link to its row among the error codes. */
function failureText({ status, description, body }: Response, catalogue: Failure[]): string {
  const codes = (body?.examples ?? []).map(([name]) => {
    const failure = catalogue.find((one) => one.status === status && one.name === name);
    return `[\`${name}\`](#${failure?.anchor})`;
  });
  const schema = componentName(body?.schema);
  return `- **${status}** ${oneLine(description)}${schema ? ` Body: \`${schema}\`.` : ""} ${codes.join(", ")}`.trim();
}

/** The bodies of failures, each once, with the statuses that have it. */
function bodyTables(failures: Response[]): string[] {
  const bodies = new Map<string, { body: Body; statuses: string[] }>();
  for (const { status, body } of failures) {
    if (!body) continue;
    const name = componentName(body.schema) ?? "body";
    const known = bodies.get(name);
    if (known) known.statuses.push(status);
    else bodies.set(name, { body, statuses: [status] });
  }
  return [...bodies].flatMap(([name, { body, statuses }]) => [
    `**\`${name}\`** (${statuses.join(", ")}): ${oneLine(body.schema.description ?? "")}`,
    ...schemaTables(body.schema),
  ]);
}

/** The headers of some responses, each once. */
function headerTable(responses: Response[]): string[] {
  const headers = new Map<string, Header>(responses.flatMap((response) => response.headers));
  const rows = [...headers].map(([name, { description, schema }]) => [`\`${name}\``, typeWords(schema), description]);
  return rows.length ? [table(["Response header", "Type", "Description"], rows)] : [];
}

/** A table for an object, then one for each object inside it. */
function schemaTables(schema: Schema, heading = ""): string[] {
  if (schema.items) return schemaTables(schema.items, `${heading}[]`);
  if (!schema.properties) return [];
  const properties = Object.entries(schema.properties);
  const rows = properties.map(([name, property]) => [
    `\`${name}\``,
    typeWords(property),
    schema.required?.includes(name) ? "yes" : "no",
    property.description ?? "",
  ]);
  return [
    ...(heading ? [`**\`${heading}\`**`] : []),
    table(["Name", "Type", "Mandatory", "Description"], rows),
    ...properties.flatMap(([name, property]) => schemaTables(property, heading ? `${heading}.${name}` : name)),
  ];
}

function exampleText([, { summary, value }]: NamedExample): string {
  return `Example: ${summary}\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

/** A Markdown table with aligned columns. */
function table(head: string[], rows: string[][]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => oneLine(cell).replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [first = [], ...rest] = cells;
  return [line(first), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rest.map(line)].join("\n");
}
