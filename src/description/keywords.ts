/** Keywords of OpenAPI and of JSON Schema whose value is data: nothing in it is a keyword or a reference. */
const dataKeywords = new Set(["value", "example", "default", "const", "enum", "required", "dependentRequired"]);

/** Keywords whose value is a map. Its keys are names, such as that of a property, and not keywords. */
const nameMaps = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
  "paths",
  "headers",
  "examples",
  "schemas",
  "parameters",
  "responses",
  "securitySchemes",
  "variables",
  "content",
  "links",
]);

/** An object whose keys are keywords: a schema, an operation or a parameter, for example, but not a map of names. */
export type KeywordObject = Readonly<Record<string, unknown>>;

/**
 * Every object of a document whose keys are keywords, and the keys that lead to it, from the outside in. What stands beside a
 * `$ref` is left out: the generator refuses it.
 * @param path the keys that lead to `node`
 */
export function* keywordObjects(
  node: unknown,
  path: readonly string[] = [],
): Generator<{ object: KeywordObject; path: readonly string[] }> {
  if (!isCollection(node)) return;
  if (!Array.isArray(node)) yield { object: node, path };
  if (typeof node.$ref === "string") return;
  for (const [key, value] of Object.entries(node)) {
    const inside = [...path, key];
    const content = contentOf(key, value);
    if (content === "keywords") yield* keywordObjects(value, inside);
    if (content === "names")
      for (const [name, one] of Object.entries(Object(value))) yield* keywordObjects(one, [...inside, name]);
  }
}

/**
 * A copy of a document in which each object whose keys are keywords is replaced by what `change` makes of it, from the inside
 * out. Data is not copied.
 */
export function mapKeywordObjects(node: unknown, change: (object: KeywordObject) => unknown): unknown {
  if (!isCollection(node)) return node;
  if (Array.isArray(node)) return node.map((one) => mapKeywordObjects(one, change));
  const changed = mapValues(node, (key, value) => {
    switch (contentOf(key, value)) {
      case "data":
        return value;
      case "names":
        return mapValues(Object(value), (_, one) => mapKeywordObjects(one, change));
      case "keywords":
        return mapKeywordObjects(value, change);
    }
  });
  return change(changed);
}

/** What the value of a keyword consists of. */
function contentOf(keyword: string, value: unknown): "data" | "names" | "keywords" {
  // The value of an extension is ours. In a schema, `examples` is a list of values; elsewhere, it is a map from names to examples.
  const isData =
    dataKeywords.has(keyword) || keyword.startsWith("x-") || (keyword === "examples" && Array.isArray(value));
  if (isData) return "data";
  return nameMaps.has(keyword) && isCollection(value) && !Array.isArray(value) ? "names" : "keywords";
}

function mapValues(object: object, change: (key: string, value: unknown) => unknown): KeywordObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(key, value)]));
}

/** An object or an array, which has its positions as keys. */
function isCollection(node: unknown): node is KeywordObject {
  return typeof node === "object" && node !== null;
}
