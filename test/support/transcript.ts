import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import spec from "../../generated/openapi.json" with { type: "json" };
import { addFact, addOrder, collect, type Facts, type Json, type Node } from "./facts.js";

/** What must hold for a response: its status, and properties of its body. */
interface Expected {
  status: number;
  [property: string]: string | number;
}

interface Cell {
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
interface Workflow {
  workflow: string;
  sends: Record<string, string>;
  steps: {
    step: string;
    calls: string;
    sends: Record<string, string>;
    body?: Node;
    expect: Expected;
    keeps?: Node;
    repeats?: { name: string; on: Expected; after: number; limit: number }[];
  }[];
}

const folder = new URL("../transcript/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

/** What the folder holds besides the vendor's documents. */
const others = ["beyond.yaml", "sentences.yaml", "workflow.yaml"];
export const documents: Document[] = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml") && !others.includes(name))
  .sort()
  .map((name) => parse(read(name)));
export const creating = documentOf("createManualBackup");
export const deleting = documentOf("deleteManualBackup");
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
const tokenHeader = "X-Auth-Token";

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

/** Everything that the description must state, and nothing else: path → value, with the paths of `readFacts`. */
export function expectedFacts(): Record<string, Json> {
  const facts: Record<string, Json> = {};
  for (const document of documents) {
    const [method = "", path = ""] = document.uri.split(" ");
    addFact(facts, `${document.operation}/method`, method.toLowerCase());
    addFact(facts, `${document.operation}/path`, path);
    requestFacts(facts, document);
    successFacts(facts, document);
    failureFacts(facts, document);
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

/** A parameter, or a key of a body. */
export interface DocumentedField {
  /** `parameters`, `request body`, or `response` with its status. */
  place: string;
  /** With the names of the objects around it, such as `database_tables[].table_names`. */
  name: string;
  isMandatory: boolean;
}

/** What an operation takes and answers, field by field, as the transcript has it. */
export function fieldsOf({ operation }: Document): DocumentedField[] {
  const facts = expectedFacts();
  const parameter = new RegExp(`^${operation}/parameters/([^/]+)/name$`);
  // The type of what may be null is a list.
  const property = new RegExp(
    `^(${operation}/(?:requestBody|responses/(\\d+))/content/application/json/schema)(.*)/properties/([^/]+)/type(?:/array)?$`,
  );
  return Object.keys(facts).flatMap((path) => {
    const [, ofParameter] = parameter.exec(path) ?? [];
    if (ofParameter !== undefined) {
      const isMandatory = facts[`${operation}/parameters/${ofParameter}/required`] === true;
      return [{ place: "parameters", name: ofParameter, isMandatory }];
    }
    const [, schema, status, around = "", key] = property.exec(path) ?? [];
    if (key === undefined) return [];
    const objects = around.replaceAll("/properties/", ".").replaceAll("/items", "[]").slice(1);
    return [
      {
        place: status === undefined ? "request body" : `response ${status}`,
        name: objects === "" ? key : `${objects}.${key}`,
        isMandatory: `${schema}${around}/required/${key}` in facts,
      },
    ];
  });
}

/** A server of the description, as the transcript has it. */
export interface DocumentedServer {
  url: string;
  iam: string | undefined;
  /** The default of its variable. */
  preset: string;
  regions: string[];
}

export function documentedServers(): DocumentedServer[] {
  const facts = expectedFacts();
  const urls = Object.keys(facts).flatMap((path) => /^servers\/(.*)\/url$/.exec(path)?.[1] ?? []);
  return urls.map((url) => {
    const variable = `servers/${url}/variables/${url.includes("{region}") ? "region" : "host"}`;
    const regions = Object.keys(facts).filter(
      (path) => path.startsWith(`${variable}/enum/`) && !path.endsWith("/after"),
    );
    const iam = facts[`servers/${url}/x-iam`];
    return {
      url,
      iam: iam === undefined ? undefined : String(iam),
      preset: String(facts[`${variable}/default`]),
      regions: regions.map((path) => String(facts[path])),
    };
  });
}

function requestFacts(facts: Record<string, Json>, document: Document): void {
  const { operation, objects = {}, "body parameters": body, examples } = document;
  const parameters = parametersOf(document);
  const names = parameters.map(({ name }) => name);
  addOrder(facts, `${operation}/parameters`, names);
  for (const { name, in: place, cell, example } of parameters) {
    const at = `${operation}/parameters/${name}`;
    addFact(facts, `${at}/name`, name);
    addFact(facts, `${at}/in`, place);
    if (cell.mandatory === "Yes") addFact(facts, `${at}/required`, true);
    cellFacts(facts, `${at}/schema`, cell, objects);
    if (example !== undefined) addFact(facts, `${at}/example`, example);
  }
  if (tokenHeader in document["header parameters"]) {
    addFact(facts, "securitySchemes/token/type", "apiKey");
    addFact(facts, "securitySchemes/token/in", "header");
    addFact(facts, "securitySchemes/token/name", tokenHeader);
    addFact(facts, "security/0/token", []);
  }
  if (!body) return;
  const media = `${operation}/requestBody/content/application/json`;
  addFact(facts, `${operation}/requestBody/required`, true);
  table(facts, `${media}/schema`, body, objects);
  const example = exampleBody(document);
  if (example) addFact(facts, `${media}/examples/${examples.called}/value`, example);
}

function successFacts(facts: Record<string, Json>, document: Document): void {
  const { operation, objects = {}, response, examples } = document;
  const media = `${operation}/responses/${response.status}/content/application/json`;
  if (response.parameters) table(facts, `${media}/schema`, response.parameters, objects);
  const example = exampleResponse(document);
  if (example !== undefined) addFact(facts, `${media}/examples/${examples.called}/value`, example);
}

function failureFacts(facts: Record<string, Json>, document: Document): void {
  const { operation, response } = document;
  const failures = examplesOf(document);
  const statuses = [...new Set(failures.map(({ status }) => status))].sort();
  addOrder(facts, `${operation}/responses`, [String(response.status), ...statuses]);
  for (const one of statuses) {
    const codes = failures.filter(({ status }) => status === one).map(({ code }) => code);
    addOrder(facts, `${operation}/responses/${one}/content/application/json/examples`, codes);
  }
  for (const error of errorsOf(document)) {
    const at = `${operation}/responses/${error.status}/content/application/json/examples/${error.code}`;
    addFact(facts, `${at}/value`, failureBody(error));
    addFact(facts, `${at}/$ref`, exampleName(error));
    if (error.transient) addFact(facts, `${at}/x-transient/reason`, error.transient);
  }
}

/** The component of a failure's example. A code that belongs to several statuses has one for each. */
function exampleName({ code, status }: DocumentedError): string {
  const statuses = new Set(documentedErrors.filter((error) => error.code === code).map((error) => error.status));
  return statuses.size === 1 ? `error.${code}` : `error.${code}.${status}`;
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
        successCriteria: conditions(expect),
        ...(keeps && { outputs: keeps }),
        ...(repeats && {
          onFailure: repeats.map(({ name, on, after, limit }) => ({
            name,
            type: "retry",
            retryAfter: after,
            retryLimit: limit,
            criteria: conditions(on),
          })),
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

function conditions(expected: Expected): Node[] {
  return Object.entries(expected).map(([name, value]) => ({ condition: condition(name, value) }));
}

function condition(name: string, value: string | number): string {
  if (name === "status") return `$statusCode == ${value}`;
  return value === "any" ? `$response.body#/${name} != null` : `$response.body#/${name} == "${value}"`;
}

/** The places that a path of the transcript stands for. */
function places(path: string): string[] {
  const [, code, status, rest] = /^code ([^@/]+)(?:@(\d+))?\/(.*)$/.exec(path) ?? [];
  if (code) {
    const found = documents.flatMap((document) =>
      examplesOf(document)
        .filter((example) => example.code === code && (status === undefined || example.status === status))
        .map(
          (example) =>
            `${document.operation}/responses/${example.status}/content/application/json/examples/${code}/${rest}`,
        ),
    );
    if (found.length === 0) throw new Error(`The transcript speaks of ${path}, which no document has.`);
    return found;
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

/** The facts of an object. Only the tables of requests say what is mandatory. */
function table(
  facts: Record<string, Json>,
  at: string,
  rows: Record<string, Cell>,
  objects: Record<string, Record<string, Cell>>,
): void {
  addFact(facts, `${at}/type`, "object");
  addOrder(facts, `${at}/properties`, Object.keys(rows));
  const required = Object.entries(rows).flatMap(([name, { mandatory }]) => (mandatory === "Yes" ? [name] : []));
  if (required.length > 0) addFact(facts, `${at}/required`, required);
  for (const [name, cell] of Object.entries(rows)) cellFacts(facts, `${at}/properties/${name}`, cell, objects);
}

/** The facts of a value: its type and its limits. */
function cellFacts(
  facts: Record<string, Json>,
  at: string,
  cell: Cell,
  objects: Record<string, Record<string, Cell>>,
): void {
  const type = jsonType(cell.type);
  addFact(facts, `${at}/type`, type);
  const rule = typeof cell.constraints === "object" ? cell.constraints : {};
  const [least, most] = limitKeywords[type] ?? ["minLength", "maxLength"];
  if (rule.least !== undefined) addFact(facts, `${at}/${least}`, rule.least);
  if (rule.most !== undefined) addFact(facts, `${at}/${most}`, rule.most);
  if (rule.first)
    addFact(facts, `${at}/pattern`, `^${characters([rule.first])}${characters(rule.allowed as Json[])}*$`);
  if (rule.forbidden) addFact(facts, `${at}/pattern`, `^[^${rule.forbidden}]*$`);
  if (cell.objects) {
    addFact(facts, `${at}/items/$ref`, cell.objects);
    table(facts, `${at}/items`, objects[cell.objects] ?? {}, objects);
  } else if (cell.type.startsWith("Array of "))
    addFact(facts, `${at}/items/type`, jsonType(cell.type.replace(/Array of (\w+)s/, "$1")));
}

/** The keywords for the least and the most of a type. For a text, that is its length. */
const limitKeywords: Record<string, [string, string]> = {
  array: ["minItems", "maxItems"],
  integer: ["minimum", "maximum"],
  number: ["minimum", "maximum"],
};

function characters(kinds: Json[]): string {
  const hyphenLast = [...kinds].sort((a, b) => Number(a === "-") - Number(b === "-"));
  return `[${hyphenLast.map((kind) => ({ letters: "A-Za-z", digits: "0-9" })[String(kind)] ?? kind).join("")}]`;
}

function jsonType(type: string): string {
  return type.startsWith("Array") ? "array" : type.toLowerCase();
}
