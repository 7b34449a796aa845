/** The keywords of a JSON Schema that say which values it takes. */
export interface TypedSchema {
  readonly type?: string | readonly string[];
  readonly items?: TypedSchema;
  readonly properties?: object;
  readonly additionalProperties?: unknown;
  readonly oneOf?: readonly TypedSchema[];
  readonly anyOf?: readonly TypedSchema[];
  readonly allOf?: readonly TypedSchema[];
  readonly enum?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

/** The type of a value and its limits, in the words of the reference and of the page: "string, 4 to 64 characters". Markdown. */
export function typeWords(schema: TypedSchema): string {
  return [typesOf(schema).join(" or "), ...limitWords(schema)].join(", ");
}

/** The names of the types that a value may have. */
export function typesOf(schema: TypedSchema): string[] {
  const { type, items, oneOf, anyOf, allOf, enum: values } = schema;
  if (type !== undefined) return [type].flat().map((name) => withContent(name, schema));
  const alternatives = oneOf ?? anyOf;
  if (alternatives) return unique(alternatives.flatMap(typesOf));
  const part = allOf?.map(typesOf).find((names) => names[0] !== "any");
  if (part) return part;
  if (values) return unique(values.map(typeOfValue));
  if ("const" in schema) return [typeOfValue(schema.const)];
  if (items) return [withContent("array", schema)];
  return [schema.properties ? "object" : "any"];
}

/** Whether `additionalProperties` says what the values of a map are. */
export function isSchema(value: unknown): value is TypedSchema {
  return typeof value === "object" && value !== null;
}

/** What a schema allows beside the type, in words for each limit. Markdown. */
export function limitWords(schema: TypedSchema): string[] {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum, pattern, format, items } = schema;
  const limits = [
    countWords("character", minLength, maxLength),
    countWords("item", minItems, maxItems),
    countWords("property", schema.minProperties, schema.maxProperties),
    schema.uniqueItems === true ? "no item twice" : undefined,
    rangeWords(minimum, maximum),
    worded("more than", schema.exclusiveMinimum),
    worded("less than", schema.exclusiveMaximum),
    worded("a multiple of", schema.multipleOf),
    typeof pattern === "string" ? `\`${pattern}\`` : undefined,
    schema.enum && `one of ${schema.enum.map(valueWords).join(", ")}`,
    "const" in schema ? `always ${valueWords(schema.const)}` : undefined,
    typeof format === "string" ? `format \`${format}\`` : undefined,
    "default" in schema ? `default ${valueWords(schema.default)}` : undefined,
  ];
  const ofItems = items ? limitWords(items).map((limit) => `each ${limit}`) : [];
  return [...limits.filter((limit) => limit !== undefined), ...ofItems, ...partsOf(schema).flatMap(limitWords)];
}

/** A value as Markdown shows it: a text as it is, and anything else as JSON. */
export function valueWords(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

/** The name of a type, with what a list or a map holds. */
function withContent(type: string, { items, properties, additionalProperties: values }: TypedSchema): string {
  if (type === "array" && items) return `array of ${plurals(items)}`;
  if (type === "object" && !properties && isSchema(values)) return `map of ${plurals(values)}`;
  return type;
}

function plurals(schema: TypedSchema): string {
  return typesOf(schema).map(plural).join(" or ");
}

function plural(type: string): string {
  if (type === "any") return "values";
  return /^(array|map)\b/.test(type) ? type.replace(/^\w+/, "$&s") : `${type}s`;
}

function typeOfValue(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}

/** The schemas that hold for every value of a schema, or for every value but null. */
function partsOf({ allOf = [], oneOf, anyOf }: TypedSchema): TypedSchema[] {
  const alternatives = (oneOf ?? anyOf ?? []).filter(({ type }) => type !== "null");
  // The limits of several alternatives would be read as if they all held.
  return alternatives.length === 1 ? [...allOf, ...alternatives] : [...allOf];
}

/** What is counted, and what several of it are called. */
const severalOf = { character: "characters", item: "items", property: "properties" };

/** How many there may be of something. Undefined where there is no limit. */
function countWords(unit: keyof typeof severalOf, least: unknown, most: unknown): string | undefined {
  if (least === 1 && most === undefined) return "not empty";
  const range = rangeWords(least, most);
  const counted = (most ?? least) === 1 ? unit : severalOf[unit];
  return range && `${range} ${counted}`;
}

/** How large a number may be. Undefined where there is no limit. */
function rangeWords(least: unknown, most: unknown): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  if (most === undefined) return `at least ${least}`;
  if (least === undefined) return `at most ${most}`;
  return least === most ? `${least}` : `${least} to ${most}`;
}

function worded(words: string, limit: unknown): string | undefined {
  return limit === undefined ? undefined : `${words} ${limit}`;
}
