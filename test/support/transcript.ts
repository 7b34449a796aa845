import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import spec from "../../generated/openapi.json" with { type: "json" };
import type { Json, Node } from "./facts.js";

export interface Cell {
  mandatory?: "Yes" | "No";
  type: string;
  objects?: string;
  constraints?: "N/A" | Record<string, Json>;
  /** What the values mean, such as an empty one. */
  values?: "N/A" | Record<string, string>;
  default?: Json;
  /** The value of a header in the document's example. Those of a path and of a query stand in the URI. */
  example?: Json;
}
export interface Document {
  document: string;
  /** The day of its edition. */
  updated?: string;
  operation: string;
  instances: string[];
  uri: string;
  authorization?: Record<string, string>;
  "path parameters": Record<string, Cell>;
  "query parameters"?: Record<string, Cell>;
  /** The header of the token is among them. */
  "header parameters": Record<string, Cell>;
  "body parameters"?: Record<string, Cell>;
  objects?: Record<string, Record<string, Cell>>;
  /** Without parameters, it has no body. */
  response: { status: number; parameters?: Record<string, Cell> };
  /** `called` is the name that `openapi/` gives to the examples of the request and of the response. */
  examples: { called: string; uri: string; request?: string; response?: string };
}
export interface DocumentedError {
  status: string;
  code: string;
  error_msg: string;
  /** `all`, or how the names of the operations start, such as `create delete`. */
  operations: string;
  transient: string;
}
const folder = new URL("../transcript/", import.meta.url);
/** A file of test/transcript. */
export const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

/** What the folder holds besides the vendor's documents. */
const others = ["beyond.yaml", "sentences.yaml", "workflow.yaml"];
export const documents: Document[] = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml") && !others.includes(name))
  .sort()
  .map((name) => parse(read(name)));
export const creating = documentOf("createManualBackup");
export const deleting = documentOf("deleteManualBackup");
export const beyond: { erratum: string; facts: Record<string, Json> }[] = parse(read("beyond.yaml"));
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

function documentOf(operation: string): Document {
  const found = documents.find((document) => document.operation === operation);
  if (!found) throw new Error(`test/transcript/ has no document of ${operation}.`);
  return found;
}

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
  return documentedErrors.filter(
    ({ operations }) => operations === "all" || operations.split(" ").some((start) => operation.startsWith(start)),
  );
}

/** The URI of a document's example, taken apart. */
export function exampleUri({ examples, uri }: Document): {
  host: string;
  path: string;
  parameters: Record<string, string>;
  query: URLSearchParams;
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
    query: url.searchParams,
  };
}

/** A parameter of an operation as its document has it, with its example. */
interface DocumentedParameter {
  name: string;
  in: "path" | "query" | "header";
  cell: Cell;
  example: Json | undefined;
}

/** The header that carries the token. The description has it as a security scheme, not as a parameter. */
export const tokenHeader = "X-Auth-Token";

/** The parameters of a document in the order in which the description has them. */
export function parametersOf(document: Document): DocumentedParameter[] {
  const uri = exampleUri(document);
  const rows = (place: DocumentedParameter["in"], example: (name: string, cell: Cell) => Json | undefined) =>
    Object.entries(document[`${place} parameters`] ?? {}).map(([name, cell]) => ({
      name,
      in: place,
      cell,
      example: example(name, cell),
    }));
  return [
    ...rows("path", (name, { type }) => fromTexts([uri.parameters[name] ?? ""], type)),
    ...rows("query", (name, { type }) => fromTexts(uri.query.getAll(name), type)),
    ...rows("header", (_, { example }) => example).filter(({ name }) => name !== tokenHeader),
  ];
}

/** The texts that a URI has for a parameter, as a value of its type. */
function fromTexts(texts: string[], type: string): Json | undefined {
  const [text] = texts;
  if (text === undefined) return undefined;
  if (type.startsWith("Array")) return texts;
  return type === "String" ? text : (JSON.parse(text) as Json);
}

/** The input of the client for a document's example: the parameters and the properties of the body in one object. */
export function exampleInput(document: Document): Node {
  const parameters = parametersOf(document).flatMap(({ name, example }) =>
    example === undefined ? [] : [[name, example] as const],
  );
  return { ...Object.fromEntries(parameters), ...exampleBody(document) };
}

/** The body of the response in a document's example. Undefined where the response has none. */
export function exampleResponse({ examples: { response } }: Document): Json | undefined {
  return response === undefined ? undefined : (JSON.parse(response) as Json);
}

/** The body of a document's example, as `openapi/` may state it. */
export function exampleBody(document: Document): Node | undefined {
  if (document.operation === creating.operation) return mendedRequest();
  return document.examples.request === undefined ? undefined : (JSON.parse(document.examples.request) as Node);
}

/** The body of a document's failure as its example has it. */
export function failureBody({ code, error_msg }: DocumentedError): Node {
  const request_id = "7f3a1c5e9b2d4860a1f4c7e29d0b6358";
  return { error_code: code, error_msg, ...(code.startsWith("APIGW") && { request_id }) };
}

/** The example of the create as `openapi/` may state it: erratum E1. */
export function mendedRequest(): Node {
  const request = JSON.parse(creating.examples.request ?? "") as Node;
  return { ...request, name: String(request.name).replaceAll(" ", "_") };
}
