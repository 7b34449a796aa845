import { type Failure, failuresOf } from "../description/failures.js";
import {
  type ApiBody,
  type ApiResponse,
  type NamedExample,
  type Operation,
  operationsOf,
  parameterWords,
} from "../description/operations.js";
import { propertiesOf } from "../description/properties.js";
import { componentName } from "../description/references.js";
import { repeatLegend, repeatWords } from "../description/repeat-words.js";
import type { Header, Schema, Server, Spec } from "../description/spec.js";
import { markdownTable } from "../shared/markdown-table.js";
import { typeWords, valueWords } from "../shared/type-words.js";
import { withoutLineBreaks } from "../shared/without-line-breaks.js";

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
      ([name, scheme]) => `**${name}**: header \`${scheme.name}\`. ${withoutLineBreaks(scheme.description)}`,
    ),
    ...operations.flatMap((operation) => operationText(operation, failures)),
    "## Error codes",
    repeatLegend,
    errorTable(failures, operations.length),
  ].join("\n\n")}\n`;
}

/** Every known error code: status, meaning, what to do, whether to repeat the request, operations and message. */
function errorTable(failures: Failure[], operationCount: number): string {
  return markdownTable(
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
  const ofVariables = Object.entries(variables).map(
    ([name, { enum: values, default: defaultValue, description: text }]) => {
      const allowed = values ? `One of ${values.map((value) => `\`${value}\``).join(", ")}. ` : "";
      return `- \`${name}\`: ${text} ${allowed}Default \`${defaultValue}\`.`;
    },
  );
  const ofIam = iam ? [`- IAM of the same region: \`${iam}\``] : [];
  return [`**\`${url}\`** ${description}`, ...ofVariables, ...ofIam].join("\n");
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
  const rows = parameters.map((parameter) => [
    `\`${parameter.name}\``,
    parameter.in,
    typeWords(parameter.schema),
    parameter.required ? "yes" : "no",
    parameterWords(parameter),
    valueWords(parameter.example),
  ]);
  const texts = ["### Parameters", markdownTable(["Name", "In", "Type", "Mandatory", "Description", "Example"], rows)];
  if (requestBody === undefined) return texts;
  const about = withoutLineBreaks(`${requestBody.required ? "" : "Optional. "}${requestBody.description}`);
  return [
    ...texts,
    `### <a id="${operationId}-body"></a>Request body (\`${requestBody.mediaType}\`)`,
    ...(about === "" ? [] : [about]),
    ...schemaTexts(requestBody.schema),
    ...requestBody.examples.map(exampleText),
  ];
}

function successTexts(success: ApiResponse): string[] {
  const { status, description, body } = success;
  return [
    `### Response ${status}`,
    withoutLineBreaks(description),
    ...headerTable([success]),
    ...(body ? [...schemaTexts(body.schema), ...body.examples.map(exampleText)] : []),
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
function failureText({ status, description, body }: ApiResponse, catalogue: Failure[]): string {
  const codes = (body?.examples ?? []).map(([name]) => {
    const failure = catalogue.find((one) => one.status === status && one.name === name);
    return `[\`${name}\`](#${failure?.anchor})`;
  });
  const schema = componentName(body?.schema);
  const words = [withoutLineBreaks(description), schema && `Body: \`${schema}\`.`, codes.join(", ")];
  return [`- **${status}**`, ...words].filter(Boolean).join(" ");
}

/** The bodies of failures, each once, with the statuses that have it. */
function bodyTables(failures: ApiResponse[]): string[] {
  const bodies = new Map<string, { body: ApiBody; statuses: string[] }>();
  for (const { status, body } of failures) {
    if (!body) continue;
    const name = componentName(body.schema) ?? `body of ${status}`;
    const known = bodies.get(name);
    if (known) known.statuses.push(status);
    else bodies.set(name, { body, statuses: [status] });
  }
  return [...bodies].flatMap(([name, { body, statuses }]) => [
    `**\`${name}\`** (${statuses.join(", ")}): ${withoutLineBreaks(body.schema.description ?? "")}`,
    ...schemaTexts(body.schema),
  ]);
}

/** The headers of some responses, each once. */
function headerTable(responses: ApiResponse[]): string[] {
  const headers = new Map<string, Header>(responses.flatMap((response) => response.headers));
  const rows = [...headers].map(([name, { description, schema }]) => [`\`${name}\``, typeWords(schema), description]);
  return rows.length ? [markdownTable(["Response header", "Type", "Description"], rows)] : [];
}

/** The type of a body that is no object by itself, and its properties with those of the objects inside it. */
function schemaTexts(schema: Schema): string[] {
  const rows = propertiesOf(schema).map(({ name, required, schema: property }) => [
    `\`${name}\``,
    typeWords(property),
    required ? "yes" : "no",
    property.description ?? "",
  ]);
  const properties = markdownTable(["Name", "Type", "Mandatory", "Description"], rows);
  const texts = rows.length > 0 ? [properties] : [];
  return schema.type === "object" && rows.length > 0 ? texts : [`Type: ${typeWords(schema)}.`, ...texts];
}

function exampleText([, { summary, value }]: NamedExample): string {
  return `Example: ${summary}\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}
