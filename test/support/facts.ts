/**
 * Reads the bundled description into flat facts and sentences, without any code of the generator: what checks the generator
 * must not share its code.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Node = { [key: string]: Json };

/** Keys whose text is for readers. */
const proseKeys = new Set(["description", "summary", "title"]);
/** Keys whose value is example data, which is compared as a whole. */
const dataKeys = new Set(["example", "value", "payload"]);
/** Keys whose value is a map from names to objects. Pages, commands and the mock follow the order of the names. */
const nameMaps = new Set(["properties", "responses", "examples", "headers", "links", "variables", "content"]);

export function isNode(value: Json | undefined): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same document with every `$ref` replaced by what it points to. What stands beside a `$ref` is added to that. */
export function dereference(root: Node): Node {
  return follow(root, root, () => ({})) as Node;
}

/** The same, and each object that replaces a `$ref` keeps the name of its component as its own `$ref`. */
export function dereferenceWithNames(root: Node): Node {
  return follow(root, root, ($ref) => ({ $ref: $ref.replace(/^#\/components\/\w+\//, "") })) as Node;
}

/** @param added what each object that replaces a `$ref` has besides its own keys */
function follow(value: Json, root: Node, added: ($ref: string) => Node): Json {
  if (Array.isArray(value)) return value.map((item) => follow(item, root, added));
  if (!isNode(value)) return value;
  const { $ref, ...rest } = value;
  const own = Object.entries(typeof $ref === "string" ? rest : value).map(([key, child]) => [
    key,
    follow(child, root, added),
  ]);
  if (typeof $ref !== "string") return Object.fromEntries(own);
  return { ...(follow(pointedTo(root, $ref), root, added) as Node), ...Object.fromEntries(own), ...added($ref) };
}

function pointedTo(root: Node, $ref: string): Json {
  return $ref
    .replace("#/", "")
    .split("/")
    .reduce<Json>((at, key) => (at as Node)[key.replace(/~1/g, "/").replace(/~0/g, "~")] as Json, root);
}

export interface Facts {
  /**
   * Path → value, for everything that is a fact. Each item of a list is a fact of its own, `path/item` → item. What
   * stands in an order that counts has another fact, `path/item/after` → the item before it.
   */
  facts: Record<string, Json>;
  /** Path → sentences, for everything that is prose. */
  texts: Record<string, string[]>;
}

/**
 * The facts and the sentences of a bundle. An operation is found under its operationId. Which component stands where is a
 * fact too, `path/$ref` → its name, because the package exports types of these names.
 */
export function readFacts(bundle: Node): Facts {
  const { paths, components, ...rest } = dereferenceWithNames(bundle);
  const { securitySchemes } = components as { securitySchemes: Node };
  const result: Facts = { facts: {}, texts: {} };
  const operations: string[] = [];
  collect(result, "", rest);
  collect(result, "securitySchemes", securitySchemes);
  addOrder(result.facts, "securitySchemes", Object.keys(securitySchemes));
  for (const [path, item] of Object.entries(paths as Node)) {
    for (const [method, operation] of operationsAt(item as Node)) {
      const { operationId, ...parts } = operation;
      operations.push(String(operationId));
      addFact(result.facts, `${operationId}/method`, method);
      addFact(result.facts, `${operationId}/path`, path);
      collect(result, String(operationId), parts);
    }
  }
  addOrder(result.facts, "operations", operations);
  return result;
}

/** The operations of a path, by method. The parameters of the path are those of each operation. */
export function operationsAt({ parameters: shared = [], ...methods }: Node): [method: string, operation: Node][] {
  return Object.entries(methods).map(([method, operation]) => [
    method,
    withParameters(operation as Node, shared as Json[]),
  ]);
}

function withParameters(operation: Node, shared: Json[]): Node {
  return shared.length === 0
    ? operation
    : { ...operation, parameters: [...shared, ...((operation.parameters ?? []) as Json[])] };
}

/** Adds what a part of a document says. `isMap` tells that the keys of the part are names, such as those of properties. */
export function collect(into: Facts, path: string, value: Json, isMap = false): void {
  if (Array.isArray(value) && value.some(isNode)) {
    addOrder(
      into.facts,
      path,
      value.flatMap((item) => nameOf(item) ?? []),
    );
    for (const [index, item] of value.entries()) collect(into, `${path}/${nameOf(item) ?? index}`, item);
    return;
  }
  // An object without keys is a fact too: `{}` among the security requirements allows calls without credentials.
  if (!isNode(value) || Object.keys(value).length === 0) {
    addFact(into.facts, path, value);
    return;
  }
  if (isNameMap(path)) addOrder(into.facts, path, Object.keys(value));
  for (const [key, child] of Object.entries(value)) {
    const at = path ? `${path}/${key}` : key;
    if (!isMap && proseKeys.has(key) && typeof child === "string") into.texts[at] = sentences(child);
    else if (!isMap && dataKeys.has(key)) into.facts[at] = child;
    else collect(into, at, child, !isMap && key === "properties");
  }
}

function isNameMap(path: string): boolean {
  return nameMaps.has(path.split("/").at(-1) ?? "");
}

/** Adds a fact, or one for each item of a list of plain values. */
export function addFact(facts: Record<string, Json>, path: string, value: Json): void {
  const key = path.split("/").at(-1) ?? "";
  if (!Array.isArray(value) || value.length === 0 || dataKeys.has(key)) {
    facts[path] = value;
    return;
  }
  for (const item of value) facts[`${path}/${item}`] = item;
  addOrder(facts, path, value.map(String));
}

/** Adds for each name but the first which one stands before it. */
export function addOrder(facts: Record<string, Json>, path: string, names: string[]): void {
  for (const [index, name] of names.entries()) {
    if (index > 0) facts[`${path}/${name}/after`] = names[index - 1] ?? "";
  }
}

/**
 * The sentences of a text in Markdown, each on one line. A sentence ends at a full stop that a space and a capital letter,
 * bold text or code follow, and at the end of a paragraph or list item. The first one of a list item keeps its `-`, and
 * the first one of every paragraph after the first has a `¶`, so that a sentence cannot move to another paragraph unseen.
 * Spaces before a paragraph or a list item are kept, because they can make a block of code of it. A line break inside of
 * them is read as one space, with the indentation of the next line. All other white space is kept as it is.
 */
export function sentences(text: string): string[] {
  const paragraphs = text.replace(/\n+$/, "").split(/\n{2,}/);
  return paragraphs.flatMap((paragraph, index) => {
    const found = paragraph.split(/\n(?= *- )/).flatMap(sentencesOf);
    return index === 0 ? found : [`¶ ${found[0]}`, ...found.slice(1)];
  });
}

function sentencesOf(paragraph: string): string[] {
  return paragraph.replace(/\n */g, " ").split(/(?<=[.!?](?:\*\*)?) (?=[A-Z*`])/);
}

/** How two sets of facts or sentences differ, a line for each difference. */
export function differences(found: Record<string, Json>, expected: Record<string, Json>): string[] {
  const paths = [...new Set([...Object.keys(found), ...Object.keys(expected)])];
  return paths.flatMap((path) => {
    const [is, should] = [found[path], expected[path]];
    if (is === undefined) return [`missing: ${path} = ${JSON.stringify(should)}`];
    if (should === undefined) return [`not in the transcript: ${path} = ${JSON.stringify(is)}`];
    // As text, because the order of the keys of an example counts: it is shown in this order.
    if (JSON.stringify(is) === JSON.stringify(should)) return [];
    return [`different: ${path} is ${JSON.stringify(is)}, transcribed as ${JSON.stringify(should)}`];
  });
}

/** A copy of a document with another value at a path, or without it where the change returns undefined. */
export function withChange(document: Node, path: string[], change: (value: Json) => Json | undefined): Node {
  const copy = structuredClone(document);
  const [last] = path.slice(-1);
  if (last === undefined) return (change(copy) ?? {}) as Node;
  const parent = path.slice(0, -1).reduce<Json>((at, key) => (at as Node)[key] as Json, copy) as Node;
  const value = change(parent[last] as Json);
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

/** Parameters, servers and tags are told apart by their names, not by their place. */
function nameOf(item: Json): string | undefined {
  if (!isNode(item)) return undefined;
  for (const key of ["url", "stepId", "workflowId", "name"]) {
    const value = item[key];
    if (typeof value === "string" && (key !== "name" || "in" in item || "description" in item)) return value;
  }
  return undefined;
}
