import { readFileSync } from "node:fs";
import { parse } from "yaml";
import spec from "../../generated/openapi.json" with { type: "json" };
import { addFact, addOrder, collect, type Facts, type Json, type Node } from "./facts.js";

interface Cell {
  mandatory?: "Yes" | "No";
  type: string;
  objects?: string;
  constraints?: "N/A" | Record<string, Json>;
}
export interface Document {
  document: string;
  operation: string;
  instances: string[];
  uri: string;
  authorization?: Record<string, string>;
  "path parameters": Record<string, Cell>;
  "header parameters": Record<string, Cell>;
  "body parameters"?: Record<string, Cell>;
  objects?: Record<string, Record<string, Cell>>;
  response: { status: number; parameters: Record<string, Cell> };
  examples: { uri: string; request?: string; response: string };
}
export interface DocumentedError {
  status: string;
  code: string;
  error_msg: string;
  operations: string;
  transient: string;
}
interface Workflow {
  workflow: string;
  sends: Record<string, string>;
  steps: {
    step: string;
    calls: string;
    sends: Record<string, string>;
    body?: Node;
    expect: { status: number; [property: string]: string | number };
    keeps?: Node;
    repeats?: { name: string; on: number; after: number; limit: number };
  }[];
}

const folder = new URL("../transcript/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

export const documents: Document[] = ["creating-a-manual-backup.yaml", "deleting-a-manual-backup.yaml"].map((name) =>
  parse(read(name)),
);
export const creating = documents[0] as Document;
export const deleting = documents[1] as Document;
export const beyond: { erratum: string; facts: Record<string, Json> }[] = parse(read("beyond.yaml"));
/** Each sentence with its source, by the places where it stands. */
export const sentenceGroups: { at: string | string[]; says: Record<string, string>[] }[] = parse(
  read("sentences.yaml"),
);
const workflows: Workflow[] = parse(read("workflow.yaml"));
export const documentedErrors: DocumentedError[] = (() => {
  const [head = "", ...lines] = read("error-codes.tsv").trimEnd().split("\n");
  const columns = head.split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    return Object.fromEntries(
      columns.map((column, index) => [column, cells[index] ?? ""]),
    ) as unknown as DocumentedError;
  });
})();

/** The bundled description. */
export const bundle = JSON.parse(
  readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"),
) as Node;

/** What the description allows in the properties of the request that creates a backup. */
export const requestProperties = spec.components.schemas.CreateManualBackupRequest.properties;

/** An entry of docs/errata.md, such as E7. */
export function errata(entry: string): string | undefined {
  const text = readFileSync(new URL("../../docs/errata.md", import.meta.url), "utf8");
  return text.split(/^## /m).find((section) => section.startsWith(`${entry}.`));
}

/** The error codes that a document's operation can meet. */
export function errorsOf({ operation }: Document): DocumentedError[] {
  return documentedErrors.filter(({ operations }) => operations === "both" || operation.startsWith(operations));
}

/** The URI of a document's example, taken apart. */
export function exampleUri({ examples, uri }: Document): {
  host: string;
  path: string;
  parameters: Record<string, string>;
} {
  const url = new URL(examples.uri.replace(/^\w+ /, ""));
  const template = (uri.split(" ")[1] ?? "").split("/");
  const values = url.pathname.split("/");
  return {
    host: url.origin,
    path: url.pathname,
    parameters: Object.fromEntries(
      template.flatMap((part, index) => (part.startsWith("{") ? [[part.slice(1, -1), values[index] ?? ""]] : [])),
    ),
  };
}

/** The example of the create as `openapi/` may state it: erratum E1. */
export function mendedRequest(): Node {
  const request = JSON.parse(creating.examples.request ?? "") as Node;
  return { ...request, name: String(request.name).replaceAll(" ", "_") };
}

/** Everything that the description must state, and nothing else: path → value, with the paths of `readFacts`. */
export function expectedFacts(): Record<string, Json> {
  const facts: Record<string, Json> = {};
  addOrder(
    facts,
    "operations",
    documents.map(({ operation }) => operation),
  );
  for (const document of documents) {
    const { operation, uri, response } = document;
    const [method = "", path = ""] = uri.split(" ");
    addFact(facts, `${operation}/method`, method.toLowerCase());
    addFact(facts, `${operation}/path`, path);
    addOrder(facts, `${operation}/parameters`, Object.keys(document["path parameters"]));
    for (const [name, cell] of Object.entries(document["path parameters"])) {
      const at = `${operation}/parameters/${name}`;
      addFact(facts, `${at}/name`, name);
      addFact(facts, `${at}/in`, "path");
      addFact(facts, `${at}/required`, cell.mandatory === "Yes");
      addFact(facts, `${at}/schema/type`, jsonType(cell.type));
      addFact(facts, `${at}/example`, exampleUri(document).parameters[name] ?? "");
    }
    for (const name of Object.keys(document["header parameters"])) {
      addFact(facts, "securitySchemes/token/type", "apiKey");
      addFact(facts, "securitySchemes/token/in", "header");
      addFact(facts, "securitySchemes/token/name", name);
      addFact(facts, "security/0/token", []);
    }
    const body = document["body parameters"];
    if (body) {
      addFact(facts, `${operation}/requestBody/required`, true);
      table(facts, `${operation}/requestBody/content/application/json/schema`, body, document.objects ?? {});
      addFact(facts, `${operation}/requestBody/content/application/json/examples/tables/value`, mendedRequest());
    }
    const answer = `${operation}/responses/${response.status}/content/application/json`;
    addFact(facts, `${answer}/schema/type`, "object");
    addOrder(facts, `${answer}/schema/properties`, Object.keys(response.parameters));
    for (const [name, cell] of Object.entries(response.parameters)) {
      addFact(facts, `${answer}/schema/properties/${name}/type`, jsonType(cell.type));
    }
    const example = body ? "tables" : "accepted";
    addFact(facts, `${answer}/examples/${example}/value`, JSON.parse(document.examples.response) as Json);
    const failures = examplesOf(document);
    const statuses = [...new Set(failures.map(({ status }) => status))].sort();
    addOrder(facts, `${operation}/responses`, [String(response.status), ...statuses]);
    for (const one of statuses) {
      const codes = failures.filter(({ status }) => status === one).map(({ code }) => code);
      addOrder(facts, `${operation}/responses/${one}/content/application/json/examples`, codes);
    }
    for (const { status, code, error_msg, transient } of errorsOf(document)) {
      const at = `${operation}/responses/${status}/content/application/json/examples/${code}`;
      const request_id = "7f3a1c5e9b2d4860a1f4c7e29d0b6358";
      addFact(facts, `${at}/value`, { error_code: code, error_msg, ...(code.startsWith("APIGW") && { request_id }) });
      if (transient) addFact(facts, `${at}/x-transient/reason`, transient);
    }
  }
  for (const group of beyond) {
    for (const [path, value] of Object.entries(group.facts))
      for (const place of places(path)) {
        // An erratum may replace what a document says.
        delete facts[place];
        addFact(facts, place, value);
      }
  }
  return facts;
}

/** The sentences that the description and the workflow must consist of, by place and in their order. */
export function expectedSentences(): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  for (const { at, says } of sentenceGroups) {
    const added = says.flatMap((sentence) => Object.values(sentence));
    for (const place of [at].flat().flatMap(places)) result[place] = [...(result[place] ?? []), ...added];
  }
  return result;
}

/** The facts of the workflow, as its transcript has them. */
export function expectedWorkflow(): Facts["facts"] {
  const result: Facts = { facts: {}, texts: {} };
  const inputs = { token: { type: "string", format: "password" }, ...strings("project_id", "instance_id", "name") };
  collect(result, "workflow", {
    arazzo: "1.0.1",
    info: { version: "1.0.0" },
    sourceDescriptions: [{ name: "geminidb", type: "openapi", url: "openapi.yaml" }],
    components: { inputs: { Call: { type: "object", required: Object.keys(inputs), properties: inputs } } },
    workflows: workflows.map(({ workflow, sends, steps }) => ({
      workflowId: workflow,
      inputs: { type: "object", required: Object.keys(inputs), properties: inputs },
      parameters: parameters(sends),
      steps: steps.map(({ step, calls, sends, body, expect, keeps, repeats }) => ({
        stepId: step,
        operationId: calls,
        parameters: parameters(sends),
        ...(body && { requestBody: { contentType: "application/json", payload: body } }),
        successCriteria: Object.entries(expect).map(([name, value]) => ({ condition: condition(name, value) })),
        ...(keeps && { outputs: keeps }),
        ...(repeats && {
          onFailure: [
            {
              name: repeats.name,
              type: "retry",
              retryAfter: repeats.after,
              retryLimit: repeats.limit,
              criteria: [{ condition: condition("status", repeats.on) }],
            },
          ],
        }),
      })),
    })),
  });
  return result.facts;
}

function strings(...names: string[]): Node {
  return Object.fromEntries(names.map((name) => [name, { type: "string" }]));
}

function parameters(values: Record<string, string>): Node[] {
  return Object.entries(values).map(([name, value]) => ({
    in: name.startsWith("X-") ? "header" : "path",
    name,
    value,
  }));
}

function condition(name: string, value: string | number): string {
  if (name === "status") return `$statusCode == ${value}`;
  return value === "any" ? `$response.body#/${name} != null` : `$response.body#/${name} == "${value}"`;
}

/** The places that a path of the transcript stands for. */
function places(path: string): string[] {
  const [, code, status, rest] = /^code ([^@/]+)(?:@(\d+))?\/(.*)$/.exec(path) ?? [];
  if (code) {
    return documents.flatMap((document) =>
      examplesOf(document)
        .filter((example) => example.code === code && (status === undefined || example.status === status))
        .map(
          (example) =>
            `${document.operation}/responses/${example.status}/content/application/json/examples/${code}/${rest}`,
        ),
    );
  }
  if (!path.startsWith("*")) return [path];
  return documents.flatMap((document) => {
    const own = path.replace("*", document.operation);
    const [placeholder] = /\{(?:any|failure[^}]*)\}/.exec(own) ?? [];
    if (!placeholder) return [own];
    return statusesOf(document, placeholder).map((status) => own.replace(placeholder, status));
  });
}

/** The examples of failures of an operation: its error codes, and the body of IAM, which has none. */
function examplesOf(document: Document): { status: string; code: string }[] {
  return [...errorsOf(document), { status: "401", code: "iam.401" }];
}

function statusesOf(document: Document, placeholder: string): string[] {
  const failures = [...new Set(errorsOf(document).map(({ status }) => status))];
  /** Who answers with a status. IAM answers 401 as well, so that status has a body of its own. */
  const senders = (status: string) => {
    const codes = errorsOf(document).filter((error) => error.status === status);
    if (status === "401") return "gateway and IAM";
    if (codes.every(({ code }) => code.startsWith("DBS."))) return "service";
    return codes.every(({ code }) => code.startsWith("APIGW.")) ? "gateway" : "both";
  };
  switch (placeholder) {
    case "{any}":
      return [String(document.response.status), ...failures];
    case "{failure}":
      return failures;
    case "{failure of the service}":
      return failures.filter((status) => senders(status) === "service");
    case "{failure of the gateway}":
      return failures.filter((status) => senders(status) === "gateway");
    case "{failure of both}":
      return failures.filter((status) => senders(status) === "both");
    default:
      throw new Error(`The transcript uses ${placeholder}, which is unknown.`);
  }
}

function table(
  facts: Record<string, Json>,
  at: string,
  rows: Record<string, Cell>,
  objects: Record<string, Record<string, Cell>>,
): void {
  addFact(facts, `${at}/type`, "object");
  addOrder(facts, `${at}/properties`, Object.keys(rows));
  addFact(
    facts,
    `${at}/required`,
    Object.entries(rows).flatMap(([name, { mandatory }]) => (mandatory === "Yes" ? [name] : [])),
  );
  for (const [name, cell] of Object.entries(rows)) {
    const property = `${at}/properties/${name}`;
    addFact(facts, `${property}/type`, jsonType(cell.type));
    const rule = typeof cell.constraints === "object" ? cell.constraints : {};
    if (rule.least !== undefined) addFact(facts, `${property}/minLength`, rule.least);
    if (rule.most !== undefined) addFact(facts, `${property}/maxLength`, rule.most);
    if (rule.first)
      addFact(facts, `${property}/pattern`, `^${characters([rule.first])}${characters(rule.allowed as Json[])}*$`);
    if (rule.forbidden) addFact(facts, `${property}/pattern`, `^[^${rule.forbidden}]*$`);
    if (cell.objects) table(facts, `${property}/items`, objects[cell.objects] ?? {}, objects);
    else if (cell.type.startsWith("Array of "))
      addFact(facts, `${property}/items/type`, jsonType(cell.type.replace(/Array of (\w+)s/, "$1")));
  }
}

function characters(kinds: Json[]): string {
  const hyphenLast = [...kinds].sort((a, b) => Number(a === "-") - Number(b === "-"));
  return `[${hyphenLast.map((kind) => ({ letters: "A-Za-z", digits: "0-9" })[String(kind)] ?? kind).join("")}]`;
}

function jsonType(type: string): string {
  return type.startsWith("Array") ? "array" : type.toLowerCase();
}
