import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addFact, addOrder, type Json } from "./facts.js";
import { root } from "./project.js";
import {
  beyond,
  type Cell,
  type Document,
  type DocumentedError,
  documentedErrors,
  documents,
  errorsOf,
  exampleBody,
  exampleResponse,
  failureBody,
  parametersOf,
  tokenHeader,
} from "./transcript.js";
import { examplesOf, places } from "./transcript-sentences.js";

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
  // The page is published under the version of the package.
  addFact(facts, "info/version", packageVersion);
  return facts;
}

const { version: packageVersion } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

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
