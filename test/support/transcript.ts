import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Json, Node } from "./facts.js";

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

const folder = new URL("../transcript/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

export const documents: Document[] = ["creating-a-manual-backup.yaml", "deleting-a-manual-backup.yaml"].map((name) =>
  parse(read(name)),
);
export const creating = documents[0] as Document;
export const deleting = documents[1] as Document;
export const beyond: { erratum: string; facts: Record<string, Json> }[] = parse(read("beyond.yaml"));
export const prose: Record<string, string[]> & { errors: Record<string, [string[], string[]]> } = parse(
  read("prose.yaml"),
);
export const phrases: Record<string, string[]> = parse(read("phrases.yaml"));
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

/** Everything that the spec must state, and nothing that it may not: path → value, in the words of `readFacts`. */
export function expectedFacts(): Record<string, Json> {
  const facts: Record<string, Json> = {};
  for (const document of documents) {
    const { operation, uri, response } = document;
    const [method = "", path = ""] = uri.split(" ");
    facts[`${operation}/method`] = method.toLowerCase();
    facts[`${operation}/path`] = path;
    for (const [name, cell] of Object.entries(document["path parameters"])) {
      const at = `${operation}/parameters/${name}`;
      facts[`${at}/name`] = name;
      facts[`${at}/in`] = "path";
      facts[`${at}/required`] = cell.mandatory === "Yes";
      facts[`${at}/schema/type`] = jsonType(cell.type);
      facts[`${at}/example`] = exampleUri(document).parameters[name] ?? "";
    }
    for (const name of Object.keys(document["header parameters"])) {
      facts["securitySchemes/token/type"] = "apiKey";
      facts["securitySchemes/token/in"] = "header";
      facts["securitySchemes/token/name"] = name;
      facts["security/0/token"] = [];
    }
    const body = document["body parameters"];
    if (body) {
      facts[`${operation}/requestBody/required`] = true;
      table(facts, `${operation}/requestBody/content/application/json/schema`, body, document.objects ?? {});
      facts[`${operation}/requestBody/content/application/json/examples/tables/value`] = mendedRequest();
    }
    const answer = `${operation}/responses/${response.status}/content/application/json`;
    facts[`${answer}/schema/type`] = "object";
    for (const [name, cell] of Object.entries(response.parameters)) {
      facts[`${answer}/schema/properties/${name}/type`] = jsonType(cell.type);
    }
    const example = body ? "tables" : "accepted";
    facts[`${answer}/examples/${example}/value`] = JSON.parse(document.examples.response) as Json;
    for (const { status, code, error_msg, transient } of errorsOf(document)) {
      const at = `${operation}/responses/${status}/content/application/json/examples/${code}`;
      const request_id = "7f3a1c5e9b2d4860a1f4c7e29d0b6358";
      facts[`${at}/value`] = { error_code: code, error_msg, ...(code.startsWith("APIGW") && { request_id }) };
      if (transient) facts[`${at}/x-transient/reason`] = transient;
    }
  }
  for (const group of beyond) for (const [path, value] of Object.entries(group.facts)) spread(facts, path, value);
  return facts;
}

/** The numbers and names that the prose of the spec must state. */
export function expectedTokens(): Record<string, string[]> {
  const { errors, ...texts } = prose;
  const result: Record<string, string[]> = {};
  for (const [path, value] of Object.entries(texts)) spread(result, path, value);
  for (const document of documents) {
    for (const { status, code } of errorsOf(document)) {
      const at = `${document.operation}/responses/${status}/content/application/json/examples/${code}`;
      const [summary, description] = errors[`${code}@${status}`] ?? errors[code] ?? [[], []];
      result[`${at}/summary`] = [...code.replace(/^[A-Z]+\./, "").split(" "), ...summary];
      result[`${at}/description`] = description;
    }
  }
  return result;
}

/** Replaces the stand-ins of a path: `*` by each operation, `{failure}` by each status of its failures. */
function spread<T>(into: Record<string, T>, path: string, value: T): void {
  for (const document of documents) {
    const failures = [...new Set(errorsOf(document).map(({ status }) => status))];
    const statuses: Record<string, string[]> = {
      "{failure}": failures,
      "{failure but 401}": failures.filter((status) => status !== "401"),
      "{failure of the gateway}": [
        ...new Set(errorsOf(document).flatMap(({ status, code }) => (code.startsWith("APIGW") ? [status] : []))),
      ],
      "{any}": [String(document.response.status), ...failures],
    };
    const own = path.replace(/^\*/, document.operation);
    const [stand] = /\{(?:failure|failure but 401|failure of the gateway|any)\}/.exec(own) ?? [];
    for (const status of stand ? (statuses[stand] ?? []) : [""]) into[stand ? own.replace(stand, status) : own] = value;
  }
}

function table(
  facts: Record<string, Json>,
  at: string,
  rows: Record<string, Cell>,
  objects: Record<string, Record<string, Cell>>,
): void {
  facts[`${at}/type`] = "object";
  facts[`${at}/required`] = Object.entries(rows).flatMap(([name, { mandatory }]) =>
    mandatory === "Yes" ? [name] : [],
  );
  for (const [name, cell] of Object.entries(rows)) {
    const property = `${at}/properties/${name}`;
    facts[`${property}/type`] = jsonType(cell.type);
    const rule = typeof cell.constraints === "object" ? cell.constraints : {};
    if (rule.least !== undefined) facts[`${property}/minLength`] = rule.least;
    if (rule.most !== undefined) facts[`${property}/maxLength`] = rule.most;
    if (rule.first)
      facts[`${property}/pattern`] = `^${characters([rule.first])}${characters(rule.allowed as Json[])}*$`;
    if (rule.forbidden) facts[`${property}/pattern`] = `^[^${rule.forbidden}]*$`;
    if (cell.objects) table(facts, `${property}/items`, objects[cell.objects] ?? {}, objects);
    else if (cell.type.startsWith("Array of "))
      facts[`${property}/items/type`] = jsonType(cell.type.replace(/Array of (\w+)s/, "$1"));
  }
}

function characters(kinds: Json[]): string {
  const hyphenLast = [...kinds].sort((a, b) => Number(a === "-") - Number(b === "-"));
  return `[${hyphenLast.map((kind) => ({ letters: "A-Za-z", digits: "0-9" })[String(kind)] ?? kind).join("")}]`;
}

function jsonType(type: string): string {
  return type.startsWith("Array") ? "array" : type.toLowerCase();
}
