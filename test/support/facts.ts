/** Reads the bundled spec into flat facts, without any code of the generator: an oracle must not share its eyes. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Node = { [key: string]: Json };

/** Keys whose text is for readers. Their numbers and names are facts too: see `tokens`. */
const prose = new Set(["description", "summary", "title"]);

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

/** Path → value, for everything that is a fact, and path → text, for everything that is prose. */
export function readFacts(bundle: Node): { facts: Record<string, Json>; texts: Record<string, string> } {
  const spec = dereference(bundle);
  const facts: Record<string, Json> = {};
  const texts: Record<string, string> = {};
  const walk = (path: string, value: Json): void => {
    if (Array.isArray(value)) {
      if (value.every((item) => !isNode(item))) facts[path] = value;
      else for (const [index, item] of value.entries()) walk(`${path}/${nameOf(item) ?? index}`, item);
      return;
    }
    if (!isNode(value)) {
      facts[path] = value;
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      if (prose.has(key) && typeof child === "string") texts[`${path}/${key}`] = child;
      else if ((key === "example" || key === "value") && child !== undefined) facts[`${path}/${key}`] = child;
      else walk(path ? `${path}/${key}` : key, child);
    }
  };
  const { paths, components, ...rest } = spec;
  walk("", rest);
  walk("securitySchemes", (components as Node).securitySchemes as Json);
  for (const [path, item] of Object.entries(paths as Node)) {
    for (const [method, operation] of Object.entries(item as Node)) {
      const { operationId, ...parts } = operation as Node;
      facts[`${operationId}/method`] = method;
      facts[`${operationId}/path`] = path;
      walk(String(operationId), parts);
    }
  }
  return { facts, texts };
}

/** The facts that a text states: numbers, names in backticks, and kinds of instances. */
export function tokens(text: string): string[] {
  return [...text.matchAll(/`[^`]+`|GeminiDB [A-Z][a-z]+|\b\d+(?:\.\d+)*\b/g)].map(([token]) => token);
}

/** Parameters, servers and tags are told apart by their names, not by their place. */
function nameOf(item: Json): string | undefined {
  if (!isNode(item)) return undefined;
  for (const key of ["name", "url"]) {
    const value = item[key];
    if (typeof value === "string" && (key === "url" || "in" in item || "description" in item)) return value;
  }
  return undefined;
}
