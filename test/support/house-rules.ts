import { dirname, join } from "node:path/posix";
import { isAlias, parseDocument, visit } from "yaml";
import { dereference, isNode, type Json, type Node } from "./facts.js";

/** What is wrong with the files of openapi/, a sentence each. */
export function fileFaults(files: ReadonlyMap<string, string>): string[] {
  return [...exampleFaults(files), ...useFaults(files), ...aliasFaults(files)];
}

/** An error example is named after the code that it holds, and says first what it means and what to do. */
function exampleFaults(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([name, text]) => {
    if (!name.startsWith("examples/error.")) return [];
    const code = /error_code: (\S+)/.exec(text)?.[1] ?? "iam";
    const faults: string[] = [];
    if (!new RegExp(`^examples/error\\.${code}\\.(\\d{3}\\.)?yaml$`).test(name))
      faults.push(`${name} holds the code ${code}, so it should be called error.${code}.yaml`);
    if (!/^summary: .{10,}\ndescription: .{10,}/.test(text))
      faults.push(`${name} does not start with a summary and a description`);
    return faults;
  });
}

/** Each file is the description, the workflow, or one that they refer to. */
function useFaults(files: ReadonlyMap<string, string>): string[] {
  const used = new Set<string>();
  const follow = (name: string): void => {
    const text = files.get(name);
    if (used.has(name) || text === undefined) return;
    used.add(name);
    for (const reference of readFile(text).references) follow(join(dirname(name), reference));
  };
  for (const name of ["openapi.yaml", "workflow.arazzo.yaml"]) follow(name);
  return [...files.keys()].filter((name) => !used.has(name)).map((name) => `nothing refers to ${name}`);
}

/** The files that a part of a file refers to. */
function references(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isNode(value)) return [];
  const { $ref } = value;
  const own = typeof $ref === "string" && !$ref.startsWith("#") ? [$ref.replace(/#.*/, "")] : [];
  return [...own, ...Object.values(value).flatMap(references)];
}

function aliasFaults(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([name, text]) => readFile(text).shorthands.map((kind) => `${name} has a YAML ${kind}`));
}

interface ReadFile {
  /** The files that it refers to. */
  references: string[];
  /** Its aliases and anchors. */
  shorthands: string[];
}
const readFiles = new Map<string, ReadFile>();

/** Reads a file once, however many descriptions it belongs to. */
function readFile(text: string): ReadFile {
  const known = readFiles.get(text);
  if (known) return known;
  const document = parseDocument(text);
  const shorthands: string[] = [];
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) shorthands.push("alias");
      if ("anchor" in node && node.anchor !== undefined) shorthands.push("anchor");
    },
  });
  const read = { references: references(document.toJS() as Json), shorthands };
  readFiles.set(text, read);
  return read;
}

/** Files become components of their names, and there are no others. */
export function componentFaults(files: ReadonlyMap<string, string>, bundle: Node): string[] {
  const found = Object.entries(bundle.components as Node)
    .filter(([kind]) => kind !== "securitySchemes")
    .flatMap(([kind, components]) => Object.keys(components as Node).map((name) => `${kind}/${name}.yaml`));
  // The parts of paths are no components.
  const wanted = [...files.keys()].filter((name) => name.includes("/") && !name.startsWith("paths/"));
  return [
    ...found.filter((name) => !wanted.includes(name)).map((name) => `there is no file ${name} for its component`),
    ...wanted.filter((name) => !found.includes(name)).map((name) => `${name} is no component`),
  ];
}

interface Place {
  path: string;
  schema: Node;
}

/** The schemas of all request bodies, and of all responses, with those inside them. */
export function schemasOf(bundle: Node): { requests: Place[]; responses: Place[] } {
  const { paths } = dereference(bundle);
  const operations = Object.values(paths as Node).flatMap((item) => Object.values(item as Node) as Node[]);
  return {
    requests: operations.flatMap(({ operationId, requestBody }) => inContent(requestBody, String(operationId))),
    responses: operations.flatMap(({ operationId, responses }) =>
      Object.entries(responses as Node).flatMap(([status, response]) =>
        inContent(response, `${operationId} ${status}`),
      ),
    ),
  };
}

function inContent(holder: Json | undefined, path: string): Place[] {
  if (!isNode(holder) || !isNode(holder.content)) return [];
  return Object.values(holder.content).flatMap((media) => inside((media as Node).schema as Json, path));
}

function inside(value: Json, path: string): Place[] {
  if (!isNode(value)) return [];
  const { properties = {}, items } = value;
  const children = [...Object.entries(properties as Node), ...(items === undefined ? [] : [["items", items] as const])];
  return [{ path, schema: value }, ...children.flatMap(([name, child]) => inside(child, `${path}/${name}`))];
}

/** Requests are closed and have no default, responses are open, and every property is described. */
export function schemaFaults(bundle: Node): string[] {
  const { requests, responses } = schemasOf(bundle);
  const faults: string[] = [];
  for (const { path, schema } of requests) {
    if ("default" in schema) faults.push(`${path} has a default, which a request must not have`);
    if (schema.properties && schema.additionalProperties !== false) faults.push(`${path} does not refuse unknown keys`);
  }
  for (const { path, schema } of responses) {
    if ("additionalProperties" in schema) faults.push(`${path} says something about unknown keys of a response`);
  }
  for (const { path, schema } of [...requests, ...responses]) {
    for (const [name, property] of Object.entries((schema.properties as Node | undefined) ?? {})) {
      if (!/\w{3}/.test(String((property as Node).description ?? "")))
        faults.push(`${path}/${name} has no description`);
    }
  }
  return faults;
}
