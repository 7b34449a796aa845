import { rangeWords } from "../range-words.js";

/** The keywords of a JSON Schema that say which values it takes. */
export interface TypedSchema {
  type?: string | string[];
  items?: TypedSchema;
  properties?: object;
  oneOf?: TypedSchema[];
  anyOf?: TypedSchema[];
  allOf?: TypedSchema[];
  enum?: unknown[];
  [keyword: string]: unknown;
}

/** The type of a value and its limits, in the words of the reference and of the page: "string, 4 to 64 characters". Markdown. */
export function typeWords(schema: TypedSchema): string {
  return [typesOf(schema).join(" or "), ...limitsOf(schema)].join(", ");
}

/** The names of the types that a value may have. */
function typesOf(schema: TypedSchema): string[] {
  const { type, items, oneOf, anyOf, allOf, enum: values } = schema;
  if (type !== undefined) {
    const of = items ? `array of ${typesOf(items).map(plural).join(" or ")}` : "array";
    return [type].flat().map((name) => (name === "array" ? of : name));
  }
  const alternatives = oneOf ?? anyOf;
  if (alternatives) return unique(alternatives.flatMap(typesOf));
  const part = allOf?.map(typesOf).find((names) => names[0] !== "any");
  if (part) return part;
  if (values) return unique(values.map(typeOfValue));
  if ("const" in schema) return [typeOfValue(schema.const)];
  return [schema.properties ? "object" : "any"];
}

function plural(type: string): string {
  if (type === "any") return "values";
  return type.startsWith("array") ? type.replace("array", "arrays") : `${type}s`;
}

function typeOfValue(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}

function limitsOf(schema: TypedSchema): string[] {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, pattern, format, items } = schema;
  const limits = [
    rangeWords("character", minLength, maxLength),
    rangeWords("item", minItems, maxItems),
    rangeWords("", minimum, maximum),
    worded("more than", schema.exclusiveMinimum),
    worded("less than", schema.exclusiveMaximum),
    worded("a multiple of", schema.multipleOf),
    typeof pattern === "string" ? `\`${pattern}\`` : undefined,
    schema.enum && `one of ${schema.enum.map(valueWords).join(", ")}`,
    "const" in schema ? `always ${valueWords(schema.const)}` : undefined,
    typeof format === "string" ? `format \`${format}\`` : undefined,
    "default" in schema ? `default ${valueWords(schema.default)}` : undefined,
  ];
  const ofItems = items ? limitsOf(items).map((limit) => `each ${limit}`) : [];
  return [...limits.filter((limit) => limit !== undefined), ...ofItems];
}

function worded(words: string, limit: unknown): string | undefined {
  return limit === undefined ? undefined : `${words} ${limit}`;
}

/** A value as Markdown shows it: a text as it is, and anything else as JSON. */
export function valueWords(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
