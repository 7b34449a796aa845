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

/** What the value of a keyword consists of. */
export function contentOf(keyword: string, value: unknown): "data" | "names" | "keywords" {
  // In a schema, `examples` is a list of values; elsewhere, it is a map from names to examples.
  if (dataKeywords.has(keyword) || (keyword === "examples" && Array.isArray(value))) return "data";
  return nameMaps.has(keyword) && !Array.isArray(value) ? "names" : "keywords";
}
