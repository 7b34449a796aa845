import { isDeepStrictEqual } from "node:util";

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

export function isNode(value: Json | undefined): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same document with every `$ref` replaced by what it points to. */
export function dereference(root: Node): Node {
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit);
    if (!isNode(value)) return value;
    if (typeof value.$ref === "string") {
      const target = value.$ref
        .replace("#/", "")
        .split("/")
        .reduce<Json>((at, key) => (at as Node)[key.replace(/~1/g, "/").replace(/~0/g, "~")] as Json, root);
      return visit(target);
    }
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, visit(child)]));
  };
  return visit(root) as Node;
}

export interface Facts {
  /** Path → value, for everything that is a fact. Each item of a list is a fact of its own, `path/item` → true. */
  facts: Record<string, Json>;
  /** Path → sentences, for everything that is prose. */
  texts: Record<string, string[]>;
}

/** The facts and the sentences of a bundle. An operation is found under its operationId. */
export function readFacts(bundle: Node): Facts {
  const { paths, components, ...rest } = dereference(bundle);
  const result: Facts = { facts: {}, texts: {} };
  collect(result, "", rest);
  collect(result, "securitySchemes", (components as Node).securitySchemes as Json);
  for (const [path, item] of Object.entries(paths as Node)) {
    for (const [method, operation] of Object.entries(item as Node)) {
      const { operationId, ...parts } = operation as Node;
      addFact(result.facts, `${operationId}/method`, method);
      addFact(result.facts, `${operationId}/path`, path);
      collect(result, String(operationId), parts);
    }
  }
  return result;
}

/** Adds what a part of a document says. `isMap` tells that the keys of the part are names, such as those of properties. */
export function collect(into: Facts, path: string, value: Json, isMap = false): void {
  if (Array.isArray(value) && value.some(isNode)) {
    // The steps of a workflow are found by their names, but their order counts too.
    if (path.endsWith("/steps")) into.facts[`${path}/order`] = value.map((step) => nameOf(step) ?? "").join(", ");
    for (const [index, item] of value.entries()) collect(into, `${path}/${nameOf(item) ?? index}`, item);
    return;
  }
  if (!isNode(value)) {
    addFact(into.facts, path, value);
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    const at = path ? `${path}/${key}` : key;
    if (!isMap && proseKeys.has(key) && typeof child === "string") into.texts[at] = sentences(child);
    else if (!isMap && dataKeys.has(key)) into.facts[at] = child;
    else collect(into, at, child, !isMap && key === "properties");
  }
}

/** Adds a fact, or one for each item of a list of plain values. */
export function addFact(facts: Record<string, Json>, path: string, value: Json): void {
  const key = path.split("/").at(-1) ?? "";
  if (!Array.isArray(value) || value.length === 0 || dataKeys.has(key)) facts[path] = value;
  else for (const item of value) facts[`${path}/${item}`] = true;
}

/**
 * The sentences of a text in Markdown, each on one line. A sentence ends at a full stop that a space and a capital letter,
 * bold text or code follow, and at the end of a paragraph or list item.
 */
export function sentences(text: string): string[] {
  return text
    .split(/\n\s*\n|\n(?=- )/)
    .map((paragraph) => paragraph.replace(/\s+/g, " ").replace(/^- /, "").trim())
    .flatMap((paragraph) => paragraph.split(/(?<=[.!?](?:\*\*)?) (?=[A-Z*`])/))
    .filter((sentence) => sentence !== "");
}

/** How two sets of facts or sentences differ, a line for each difference. */
export function differences(found: Record<string, Json>, expected: Record<string, Json>): string[] {
  const paths = [...new Set([...Object.keys(found), ...Object.keys(expected)])];
  return paths.flatMap((path) => {
    const [is, should] = [found[path], expected[path]];
    if (is === undefined) return [`missing: ${path} = ${JSON.stringify(should)}`];
    if (should === undefined) return [`not in the transcript: ${path} = ${JSON.stringify(is)}`];
    if (isDeepStrictEqual(is, should)) return [];
    return [`different: ${path} is ${JSON.stringify(is)}, transcribed as ${JSON.stringify(should)}`];
  });
}

/** One way to corrupt a document. */
export interface Corruption {
  name: string;
  apply(): Node;
}

/** Every way to corrupt one leaf of a document: another value, or none. Prose is left to `corruptSentences`. */
export function* corruptions(document: Node): Generator<Corruption> {
  const leaves: string[][] = [];
  const walk = (path: string[], value: Json) => {
    if (Array.isArray(value) || isNode(value)) {
      for (const [key, child] of Object.entries(value)) walk([...path, key], child as Json);
    } else leaves.push(path);
  };
  walk([], document);
  for (const path of leaves) {
    yield { name: `change ${path.join("/")}`, apply: () => withChange(document, path, changed) };
    yield { name: `remove ${path.join("/")}`, apply: () => withChange(document, path, () => undefined) };
  }
}

/** Every object and list inside a document, removed with all that it holds. */
export function* removals(document: Node): Generator<Corruption> {
  function* walk(path: string[], value: Json): Generator<Corruption> {
    if (!Array.isArray(value) && !isNode(value)) return;
    if (path.length)
      yield { name: `remove ${path.join("/")}`, apply: () => withChange(document, path, () => undefined) };
    for (const [key, child] of Object.entries(value)) yield* walk([...path, key], child as Json);
  }
  yield* walk([], document);
}

/** A copy of a document with another value at a path, or without it where the change returns undefined. */
export function withChange(document: Node, path: string[], change: (value: Json) => Json | undefined): Node {
  const copy = structuredClone(document);
  const last = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce<Json>((at, key) => (at as Node)[key] as Json, copy) as Node;
  const value = change(parent[last] as Json);
  if (value !== undefined) parent[last] = value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
  return copy;
}

function changed(value: Json): Json {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (typeof value === "string" && value.startsWith("#/components/")) return "#/info";
  return `${value}x`;
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
