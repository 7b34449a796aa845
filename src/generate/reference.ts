import { type Example, errorsOf, operationsOf, resolve, type Schema, type Spec } from "./description.js";

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
      ([name, scheme]) => `**${name}**: header \`${scheme.name}\`. ${flow(scheme.description)}`,
    ),
    ...operationsOf(spec).flatMap((entry) => operationText(spec, entry)),
    "## Error codes",
    errorTable(spec, true),
  ].join("\n\n")}\n`;
}

/**
 * Every known error code: status, meaning, operations, what to do, and why repeating may help. With an anchor for each,
 * which never changes, since errors of the client name it: the code. A code of several statuses has it at the first.
 */
export function errorTable(spec: Spec, anchors = false): string {
  const seen = new Set<string>();
  const anchor = (code: string, status: string) => {
    const id = seen.has(code) ? `${code}-${status}` : code;
    seen.add(code);
    return anchors ? `<a id="${id}"></a>` : "";
  };
  const all = operationsOf(spec).map(({ operation }) => operation.operationId);
  return table(
    ["Code", "Status", "Meaning", "What to do", "Transient", "Operations", "Message"],
    errorsOf(spec).map(({ name, status, meaning, advice, transient, operations, value }) => [
      `${anchor(value.error_code ?? name, status)}\`${value.error_code ?? name}\``,
      status,
      meaning,
      advice,
      transient?.reason ?? "no",
      operations.length === all.length ? "all" : operations.map((id) => `\`${id}\``).join(", "),
      value.error_msg ?? `\`${JSON.stringify(value)}\``,
    ]),
  );
}

function serverText({ url, description, variables = {} }: Spec["servers"][number]): string {
  const rows = Object.entries(variables).map(
    ([name, { enum: values, default: preset, description: text }]) =>
      `- \`${name}\`: ${text} ${values ? `One of ${values.map((value) => `\`${value}\``).join(", ")}. ` : ""}Default \`${preset}\`.`,
  );
  return [`**\`${url}\`** ${description}`, ...rows].join("\n");
}

function operationText(spec: Spec, entry: ReturnType<typeof operationsOf>[number]): string[] {
  const { path, method, operation, parameters, requestBody, responses } = entry;
  return [
    `## ${operation.summary}`,
    `\`${method.toUpperCase()} ${path}\` (\`${operation.operationId}\`)`,
    operation.description.trim(),
    "### Parameters",
    table(
      ["Name", "In", "Type", "Mandatory", "Description", "Example"],
      parameters.map(({ name, in: where, schema, required, description, example }) => [
        `\`${name}\``,
        where,
        typeText(spec, schema),
        required ? "yes" : "no",
        description,
        `\`${example}\``,
      ]),
    ),
    ...(requestBody
      ? [
          `### Request body (\`${requestBody.mediaType}\`)`,
          ...schemaTables(spec, requestBody.content.schema),
          ...exampleTexts(spec, requestBody.content.examples ?? {}),
        ]
      : []),
    ...responses
      .filter(({ status }) => status < "400")
      .flatMap(({ status, response, content }) => [
        `### Response ${status}`,
        response.description,
        ...(content ? [...schemaTables(spec, content.schema), ...exampleTexts(spec, content.examples ?? {})] : []),
      ]),
    "### Failures",
    ...responses
      .filter(({ status }) => status >= "400")
      .map(
        ({ status, response, content }) =>
          `- **${status}** ${flow(response.description)} ${Object.keys(content?.examples ?? {})
            .map((name) => `\`${name}\``)
            .join(", ")}`,
      )
      .join("\n")
      .split("\n\n"),
    "The body of a failure:",
    ...schemaTables(spec, responses.find(({ status, content }) => status >= "400" && content)?.content?.schema ?? {}),
  ];
}

/** A table for an object, then one for each object inside it. */
function schemaTables(spec: Spec, node: Schema, heading = ""): string[] {
  const schema = resolve<Schema>(spec, node as Schema & { $ref: string });
  const items = schema.items && resolve<Schema>(spec, schema.items as Schema & { $ref: string });
  if (items) return schemaTables(spec, items, `${heading}[]`);
  if (!schema.properties) return [];
  const rows = Object.entries(schema.properties).map(([name, property]) => {
    const resolved = resolve<Schema>(spec, property as Schema & { $ref: string });
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

function exampleTexts(spec: Spec, examples: Record<string, Example | { $ref: string }>): string[] {
  return Object.values(examples).map((reference) => {
    const { summary, value } = resolve<Example>(spec, reference as Example);
    return `Example: ${summary}\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
  });
}

function typeText(spec: Spec, node: Schema): string {
  const schema = resolve<Schema>(spec, node as Schema & { $ref: string });
  const types = [schema.type ?? "any"].flat().map((type) => {
    if (type !== "array" || !schema.items) return type;
    const items = resolve<Schema>(spec, schema.items as Schema & { $ref: string });
    return `array of ${items.type}s`;
  });
  const limits = [
    schema.minLength !== undefined && `at least ${schema.minLength}`,
    schema.maxLength !== undefined && `at most ${schema.maxLength}`,
  ].filter(Boolean);
  return [
    types.join(" or "),
    limits.length ? `${limits.join(", ")} character${limits.join().endsWith(" 1") ? "" : "s"}` : "",
    schema.pattern ? `\`${schema.pattern}\`` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** A Markdown table with aligned columns. */
function table(head: string[], rows: string[][]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => flow(cell).replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [first = [], ...rest] = cells;
  return [line(first), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rest.map(line)].join("\n");
}

/** One line, whatever line breaks the source has. */
function flow(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
