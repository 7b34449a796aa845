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

/** What differs between the reference and the page. */
export interface Wording {
  /** The schema itself, where it may be a reference. */
  follow?(schema: TypedSchema): TypedSchema;
  /** How many there may be of something, such as characters. A number has the range itself, and an empty unit. */
  range(unit: "character" | "item" | "", least: unknown, most: unknown): string | undefined;
}

/**
 * The type of a value and its limits, for the reference and for the page. They share everything but the words for a range: the
 * reference says "at least 4, at most 64 characters", the page "4 to 64 characters". Markdown.
 */
export function typeWords(node: TypedSchema, wording: Wording): string {
  const schema = wording.follow?.(node) ?? node;
  return [typesOf(schema, wording).join(" or "), ...limitsOf(schema, wording)].join(", ");
}

/** The names of the types that a value may have. */
function typesOf(node: TypedSchema, wording: Wording): string[] {
  const schema = wording.follow?.(node) ?? node;
  const { type, items, oneOf, anyOf, allOf, enum: values } = schema;
  if (type !== undefined) {
    const of = items ? `array of ${typesOf(items, wording).map(plural).join(" or ")}` : "array";
    return [type].flat().map((name) => (name === "array" ? of : name));
  }
  const alternatives = oneOf ?? anyOf;
  if (alternatives) return unique(alternatives.flatMap((one) => typesOf(one, wording)));
  const part = allOf?.map((one) => typesOf(one, wording)).find((names) => names[0] !== "any");
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

function limitsOf(schema: TypedSchema, wording: Wording): string[] {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, pattern, format, items } = schema;
  const limits = [
    wording.range("character", minLength, maxLength),
    wording.range("item", minItems, maxItems),
    wording.range("", minimum, maximum),
    worded("more than", schema.exclusiveMinimum),
    worded("less than", schema.exclusiveMaximum),
    worded("a multiple of", schema.multipleOf),
    typeof pattern === "string" ? `\`${pattern}\`` : undefined,
    schema.enum && `one of ${schema.enum.map(valueWords).join(", ")}`,
    "const" in schema ? `always ${valueWords(schema.const)}` : undefined,
    typeof format === "string" ? `format \`${format}\`` : undefined,
    "default" in schema ? `default ${valueWords(schema.default)}` : undefined,
  ];
  const ofItems = items ? limitsOf(wording.follow?.(items) ?? items, wording).map((limit) => `each ${limit}`) : [];
  return [...limits.filter((limit) => limit !== undefined), ...ofItems];
}

function worded(words: string, limit: unknown): string | undefined {
  return limit === undefined ? undefined : `${words} ${limit}`;
}

/** A value as Markdown shows it: a text as it is, and anything else as JSON. */
export function valueWords(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
