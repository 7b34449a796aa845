import { simplestFirst } from "../openapi.js";
import { repeatLegend, repeatWords } from "../repeat-words.js";
import { type TypedSchema, typeWords, valueWords } from "../type-words.js";
import {
  type Example,
  errorsOf,
  type Header,
  type MediaType,
  type OperationEntry,
  oneLine,
  operationsOf,
  type Ref,
  type Response,
  resolve,
  type Schema,
  type Spec,
} from "./description.js";

type ResponseEntry = OperationEntry["responses"][number];

/** The whole reference as Markdown, for a repository browser and for language models. */
export function reference(spec: Spec): string {
  return `${[
    "<!-- Generated from openapi/ by `npm run generate`. Do not edit. -->",
    `# ${spec.info.title}`,
    spec.info.description.trim(),
    "## Servers",
    ...spec.servers.map(serverText),
    "## Security schemes",
    ...Object.entries(spec.components.securitySchemes).map(
      ([name, scheme]) => `**${name}**: header \`${scheme.name}\`. ${oneLine(scheme.description)}`,
    ),
    ...operationsOf(spec).flatMap((entry) => operationText(spec, entry)),
    "## Error codes",
    repeatLegend,
    errorTable(spec, true),
  ].join("\n\n")}\n`;
}

/**
 * Every known error code: status, meaning, what to do, whether to repeat the request, operations and message. On request
 * each row has its anchor.
 */
export function errorTable(spec: Spec, withAnchors = false): string {
  const all = operationsOf(spec).map(({ method, operation: { operationId } }) => ({ method, operationId }));
  return table(
    ["Code", "Status", "Meaning", "What to do", "Repeat?", "Operations", "Message"],
    errorsOf(spec).map((entry) => {
      const { name, status, meaning, advice, operations, value } = entry;
      const anchor = withAnchors ? `<a id="${entry.anchor}"></a>` : "";
      return [
        `${anchor}\`${name}\``,
        status,
        meaning,
        advice,
        repeatWords(
          entry,
          all.filter(({ operationId }) => operations.includes(operationId)),
        ),
        operations.length === all.length ? "all" : operations.map((id) => `\`${id}\``).join(", "),
        value.error_msg ?? `\`${JSON.stringify(value)}\``,
      ];
    }),
  );
}

function serverText({ url, description, variables = {}, "x-iam": iam }: Spec["servers"][number]): string {
  const rows = Object.entries(variables).map(
    ([name, { enum: values, default: preset, description: text }]) =>
      `- \`${name}\`: ${text} ${values ? `One of ${values.map((value) => `\`${value}\``).join(", ")}. ` : ""}Default \`${preset}\`.`,
  );
  return [`**\`${url}\`** ${description}`, ...rows, ...(iam ? [`- IAM of the same region: \`${iam}\``] : [])].join(
    "\n",
  );
}

function operationText(spec: Spec, entry: OperationEntry): string[] {
  const { path, method, operation } = entry;
  return [
    `## <a id="${operation.operationId}"></a>${operation.summary}`,
    `\`${method.toUpperCase()} ${path}\` (\`${operation.operationId}\`)`,
    operation.description.trim(),
    ...requestTexts(spec, entry),
    ...successTexts(spec, entry),
    ...failureTexts(spec, entry),
  ];
}

function requestTexts(spec: Spec, { operation: { operationId }, parameters, requestBody }: OperationEntry): string[] {
  const rows = parameters.map(({ name, in: where, schema, required, description, example }) => [
    `\`${name}\``,
    where,
    typeText(spec, schema),
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
    ...schemaTables(spec, requestBody.content.schema),
    ...simplestFirst(examplesOf(spec, requestBody.content), ({ value }) => value).map(exampleText),
  ];
}

function successTexts(spec: Spec, { responses }: OperationEntry): string[] {
  const successes = responses.filter(({ status }) => status < "400");
  return successes.flatMap(({ status, response, content }) => [
    `### Response ${status}`,
    oneLine(response.description),
    ...headerTable(spec, [response]),
    ...(content ? [...schemaTables(spec, content.schema), ...examplesOf(spec, content).map(exampleText)] : []),
  ]);
}

function failureTexts(spec: Spec, { responses }: OperationEntry): string[] {
  const failures = responses.filter(({ status }) => status >= "400");
  return [
    "### Failures",
    failures.map((failure) => failureText(spec, failure)).join("\n"),
    ...headerTable(
      spec,
      failures.map(({ response }) => response),
    ),
    ...bodyTables(spec, failures),
  ];
}

/** One failure of an operation: its status, its body and its codes, each with a link to its row among the error codes. */
function failureText(spec: Spec, { status, response, content }: ResponseEntry): string {
  const anchors = new Map(errorsOf(spec).map((entry) => [`${entry.status} ${entry.name}`, entry.anchor]));
  const codes = Object.keys(content?.examples ?? {}).map(
    (name) => `[\`${name}\`](#${anchors.get(`${status} ${name}`)})`,
  );
  const body = schemaName(content?.schema);
  return `- **${status}** ${oneLine(response.description)}${body ? ` Body: \`${body}\`.` : ""} ${codes.join(", ")}`.trim();
}

/** The bodies of failures, each once, with the statuses that have it. */
function bodyTables(spec: Spec, failures: ResponseEntry[]): string[] {
  const bodies = new Map<string, { schema: Schema; statuses: string[] }>();
  for (const { status, content } of failures) {
    if (!content) continue;
    const name = schemaName(content.schema) || "body";
    const known = bodies.get(name);
    if (known) known.statuses.push(status);
    else bodies.set(name, { schema: content.schema, statuses: [status] });
  }
  return [...bodies].flatMap(([name, { schema, statuses }]) => [
    `**\`${name}\`** (${statuses.join(", ")}): ${oneLine(resolve<Schema>(spec, schema).description ?? "")}`,
    ...schemaTables(spec, schema),
  ]);
}

/** The headers of some responses, each once. */
function headerTable(spec: Spec, responses: Response[]): string[] {
  const headers = new Map<string, Header>();
  for (const response of responses) {
    for (const [name, header] of Object.entries(response.headers ?? {})) {
      headers.set(name, resolve<Header>(spec, header as Header | Ref));
    }
  }
  const rows = [...headers].map(([name, { description, schema }]) => [
    `\`${name}\``,
    typeText(spec, schema),
    description,
  ]);
  return rows.length ? [table(["Response header", "Type", "Description"], rows)] : [];
}

/** The name of a schema that is a component. */
function schemaName(schema: Schema | undefined): string {
  return schema?.$ref?.split("/").at(-1) ?? "";
}

/** A table for an object, then one for each object inside it. */
function schemaTables(spec: Spec, node: Schema, heading = ""): string[] {
  const schema = resolve<Schema>(spec, node);
  const items = schema.items && resolve<Schema>(spec, schema.items);
  if (items) return schemaTables(spec, items, `${heading}[]`);
  if (!schema.properties) return [];
  const rows = Object.entries(schema.properties).map(([name, property]) => {
    const resolved = resolve<Schema>(spec, property);
    return [
      `\`${name}\``,
      typeText(spec, resolved),
      schema.required?.includes(name) ? "yes" : "no",
      resolved.description ?? "",
    ];
  });
  return [
    ...(heading ? [`**\`${heading}\`**`] : []),
    table(["Name", "Type", "Mandatory", "Description"], rows),
    ...Object.entries(schema.properties).flatMap(([name, property]) =>
      schemaTables(spec, property, heading ? `${heading}.${name}` : name),
    ),
  ];
}

function examplesOf(spec: Spec, { examples = {} }: MediaType): Example[] {
  return Object.values(examples).map((reference) => resolve<Example>(spec, reference));
}

function exampleText({ summary, value }: Example): string {
  return `Example: ${summary}\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

function typeText(spec: Spec, schema: Schema): string {
  return typeWords(schema, { follow: (node) => resolve<TypedSchema>(spec, node), range: rangeText });
}

function rangeText(unit: string, least: unknown, most: unknown): string | undefined {
  const limits: string[] = [];
  if (least !== undefined) limits.push(`at least ${least}`);
  if (most !== undefined) limits.push(`at most ${most}`);
  if (limits.length === 0) return undefined;
  const counted = unit === "" || (most ?? least) === 1 ? unit : `${unit}s`;
  return `${limits.join(", ")} ${counted}`.trim();
}

/** A Markdown table with aligned columns. */
function table(head: string[], rows: string[][]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => oneLine(cell).replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [first = [], ...rest] = cells;
  return [line(first), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rest.map(line)].join("\n");
}
