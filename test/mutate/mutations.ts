import { isNode, type Json, type Node, withChange } from "../support/facts.js";
import { isProse, kindOf } from "./kinds.js";
import { swapped, wrongTexts } from "./prose.js";
import { indentedTexts, spacedTexts } from "./spaces.js";

/** One way to corrupt a document. */
export interface Mutation {
  kind: string;
  /** What is done to which node. */
  name: string;
  apply(): Node;
}

/**
 * Every way to corrupt one node of a document: another value or none, another name, another order, something added that
 * does not belong there.
 * @param targets what a `$ref` may point to as well
 */
export function* mutationsOf(document: Node, targets: readonly string[] = []): Generator<Mutation> {
  for (const { path, value } of nodesOf(document)) {
    for (const { how, change, only } of changesOf(path, value, targets)) {
      const place = path.join("/") || "the whole";
      yield { kind: only ?? kindOf(path), name: `${how} ${place}`, apply: () => withChange(document, path, change) };
    }
  }
}

interface Change {
  how: string;
  /** The new value, or undefined to remove the node. */
  change(value: Json): Json | undefined;
  /** The kind, where the path does not tell it. */
  only?: string;
}

interface Place {
  path: string[];
  value: Json;
}

function* nodesOf(value: Json, path: string[] = []): Generator<Place> {
  yield { path, value };
  if (!Array.isArray(value) && !isNode(value)) return;
  for (const [key, child] of Object.entries(value)) yield* nodesOf(child as Json, [...path, key]);
}

function* changesOf(path: string[], value: Json, targets: readonly string[]): Generator<Change> {
  if (path.length > 0) yield { how: "remove", change: () => undefined };
  if (Array.isArray(value)) yield* changesOfList(value);
  else if (isNode(value)) yield* changesOfObject(path, value);
  else if (typeof value === "string" && isProse(path)) yield* changesOfProse(value);
  else yield* changesOfLeaf(path, value, targets);
}

function* changesOfProse(value: string): Generator<Change> {
  for (const { how, text } of wrongTexts(value)) yield { how: `${how} of`, change: () => text };
  for (const { how, text } of indentedTexts(value)) yield { how: `${how} of`, change: () => text, only: "indentation" };
  for (const { how, text } of spacedTexts(value)) yield { how: `${how} of`, change: () => text, only: "white space" };
}

function* changesOfLeaf(path: string[], value: Json, targets: readonly string[]): Generator<Change> {
  if (typeof value === "number") {
    yield { how: "add 1 to", change: () => value + 1 };
    yield { how: "take 1 from", change: () => value - 1 };
    yield { how: "make text of", change: () => String(value) };
  } else if (typeof value === "boolean") yield { how: "flip", change: () => !value };
  else if (typeof value === "string") yield* changesOfText(path, value, targets);
  else yield { how: "make text of", change: () => String(value), only: "null" };
}

function* changesOfText(path: string[], value: string, targets: readonly string[]): Generator<Change> {
  yield { how: "change", change: () => `${value}x` };
  if (value === "null") yield { how: "make JSON's null of", change: () => null, only: "null" };
  const others = targets.filter((target) => target !== value && folderOf(target) === folderOf(value));
  const next = others.find((target) => target > value) ?? others[0];
  if (path.at(-1) === "$ref" && next) yield { how: `point to ${next}`, change: () => next };
}

function folderOf(reference: string): string {
  return reference.slice(0, reference.lastIndexOf("/"));
}

function* changesOfList(list: Json[]): Generator<Change> {
  const [first] = list;
  for (const index of list.slice(1).keys())
    yield { how: `swap items ${index} and ${index + 1} of`, change: () => swapped(list, index) };
  if (first === undefined) return;
  yield { how: "repeat the first item of", change: () => [first, ...list] };
  const added = isNode(first) ? {} : `${first}-other`;
  yield { how: `add ${JSON.stringify(added)} to`, change: () => [...list, added] };
}

/** Keys whose value is a map of names, whose order counts and to which a name can be added. */
const nameMaps = new Set([
  "properties",
  "responses",
  "examples",
  "headers",
  "links",
  "variables",
  "content",
  "paths",
  "securitySchemes",
]);

function* changesOfObject(path: string[], node: Node): Generator<Change> {
  const names = Object.keys(node);
  const isNameMap = nameMaps.has(path.at(-1) ?? "") && path.at(-2) !== "properties";
  if (isNameMap || path.includes("value")) {
    for (const index of names.slice(1).keys()) {
      // JavaScript keeps the keys that are numbers in their order.
      if (isNumber(names[index]) && isNumber(names[index + 1])) continue;
      const order = swapped(names, index);
      yield { how: `swap ${names[index]} and ${names[index + 1]} in`, change: () => inOrder(node, order) };
    }
  }
  for (const name of names) {
    // The name of a keyword cannot be wrong in a way of its own: it would be an unknown keyword, which is added below.
    if (!isNameMap && typeof node[name] !== "object") continue;
    const only = kindOf([...path, name]);
    yield { how: `rename ${name} in`, change: () => renamed(node, name, otherName(name)), only };
  }
  const [last] = names.slice(-1);
  if (isNameMap && last)
    yield { how: `add a copy of ${last} to`, change: () => ({ ...node, [otherName(last)]: node[last] ?? null }) };
  else yield* additions(path, node);
}

/** Keys that do not belong into an object. */
function* additions(path: string[], node: Node): Generator<Change> {
  yield { how: "add an unknown key to", change: () => ({ ...node, unknown: 1 }) };
  if (path.includes("value")) return;
  yield { how: "add an unknown extension to", change: () => ({ ...node, "x-unknown": true }), only: "extension" };
  yield { how: "add an empty object to", change: () => ({ ...node, externalDocs: {} }) };
  if ("$ref" in node)
    yield {
      how: "add a description beside $ref to",
      change: () => ({ ...node, description: "Other words." }),
      only: "reference",
    };
  if (typeof node.type === "string" && !("in" in node)) yield* additionsToSchema(node);
  if ("operationId" in node && "responses" in node) yield* additionsToOperation(node);
}

function* additionsToSchema(node: Node): Generator<Change> {
  const loosened = {
    additionalProperties: true,
    minLength: 0,
    enum: ["a", "b"],
    default: "a",
    nullable: true,
    deprecated: true,
  };
  for (const [key, value] of Object.entries(loosened)) {
    if (!(key in node)) yield { how: `add ${key} to`, change: () => ({ ...node, [key]: value }), only: "schema" };
  }
}

function* additionsToOperation(node: Node): Generator<Change> {
  const parameter = { name: "limit", in: "query", description: "How many.", schema: { type: "integer" }, example: 1 };
  const parameters = [...(node.parameters as Json[]), parameter];
  yield { how: "add a parameter to", change: () => ({ ...node, parameters }), only: "parameter" };
  yield { how: "allow calls without credentials in", change: () => ({ ...node, security: [{}] }), only: "security" };
  yield {
    how: "add a server to",
    change: () => ({ ...node, servers: [{ url: "https://other.test" }] }),
    only: "server",
  };
  yield { how: "deprecate", change: () => ({ ...node, deprecated: true }), only: "operationId" };
}

/** A name of the same sort: another status for a status, another media type for a media type. */
function otherName(name: string): string {
  if (isNumber(name)) return String(Number(name) + 1);
  if (name.startsWith("x-")) return `${name}-other`;
  return name === "post" || name === "delete" ? "put" : `${name}x`;
}

function isNumber(name = ""): boolean {
  return /^\d+$/.test(name);
}

function renamed(node: Node, from: string, to: string): Node {
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name === from ? to : name, value]));
}

function inOrder(node: Node, names: string[]): Node {
  return Object.fromEntries(names.map((name) => [name, node[name] ?? null]));
}
