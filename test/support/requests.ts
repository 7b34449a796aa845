import fc from "fast-check";
import type { Json, Node } from "./facts.js";

/** Values that break exactly one rule of a schema. */
export interface Broken {
  /** The rule and where it stands, such as `maxLength of name`. */
  rule: string;
  values: fc.Arbitrary<Json>;
}

/** Values that fit a schema, its boundaries among them. Only the keywords that the description uses are known. */
export function fitting(schema: Node): fc.Arbitrary<Json> {
  const choices = choicesOf(schema);
  if (choices) return fc.constantFrom(...choices);
  const alternatives = alternativesOf(schema);
  if (alternatives) return fc.oneof(...alternatives.map(fitting));
  const types = [schema.type].flat();
  const arbitraries = types.map((type): fc.Arbitrary<Json> => {
    if (type === "null") return fc.constant(null);
    if (type === "string") return texts(schema);
    if (type === "integer" || type === "number") return numbers(schema);
    if (type === "boolean") return fc.boolean();
    if (type === "array") return fc.array(fitting(schema.items as Node), { maxLength: 3 });
    if (type === "object") return objects(schema);
    throw new Error(`The schema ${JSON.stringify(schema).slice(0, 200)} has no type that this generator knows.`);
  });
  return fc.oneof(...arbitraries);
}

/** For each rule of a schema, values that break this rule and no other. */
export function breaking(schema: Node, name = "the whole"): Broken[] {
  const choices = choicesOf(schema);
  const types = (alternativesOf(schema) ?? [schema]).flatMap((one) => choicesOf(one)?.map(typeOf) ?? [one.type].flat());
  const others = ([null, 7, 1.5, true, {}, [], "text"] as Json[]).filter((value) => !isOfType(value, types));
  const own = [{ rule: `type of ${name}`, values: fc.constantFrom(...others) }];
  // Of several forms only the type can be broken alone.
  if (alternativesOf(schema)) return own;
  if (choices) return [...own, ...brokenChoices(choices, name)];
  if (types.includes("string")) return [...own, ...brokenTexts(schema, name)];
  if (types.includes("integer") || types.includes("number")) return [...own, ...brokenNumbers(schema, name)];
  if (types.includes("array")) return [...own, ...brokenItems(schema, name)];
  return types.includes("object") ? [...own, ...brokenObjects(schema, name)] : own;
}

/** The only values that a schema allows, if it lists them. */
function choicesOf({ enum: listed, const: only }: Node): Json[] | undefined {
  if (Array.isArray(listed)) return listed;
  return only === undefined ? undefined : [only];
}

/** The forms that a schema allows, with what all of them have in common. */
function alternativesOf({ oneOf, anyOf, ...common }: Node): Node[] | undefined {
  const forms = oneOf ?? anyOf;
  return Array.isArray(forms) ? forms.map((form) => ({ ...common, ...(form as Node) })) : undefined;
}

function brokenChoices(choices: Json[], name: string): Broken[] {
  const near = choices.flatMap((choice): Json[] => {
    if (typeof choice === "string") return [`${choice}x`, choice.toUpperCase(), choice.toLowerCase(), ""];
    return typeof choice === "number" ? [choice + 1, -choice] : [];
  });
  const others = near.filter((value) => !choices.includes(value));
  return others.length === 0 ? [] : [{ rule: `choice of ${name}`, values: fc.constantFrom(...others) }];
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function isOfType(value: Json, types: (Json | undefined)[]): boolean {
  if (types.includes("integer") && Number.isInteger(value)) return true;
  return types.includes(typeOf(value));
}

/** Where no range is stated, numbers up to this one are tried. */
const largeEnough = 1000;

function numbers(schema: Node): fc.Arbitrary<number> {
  const { minimum = 0, maximum = Math.max(minimum, largeEnough) } = schema as { minimum?: number; maximum?: number };
  return fc.oneof(fc.constantFrom(minimum, maximum), fc.integer({ min: minimum, max: maximum }));
}

function brokenNumbers(schema: Node, name: string): Broken[] {
  const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
  const outside = {
    minimum: minimum === undefined ? undefined : minimum - 1,
    maximum: maximum === undefined ? undefined : maximum + 1,
  };
  return Object.entries(outside).flatMap(([rule, value]) =>
    value === undefined ? [] : [{ rule: `${rule} of ${name}`, values: fc.constant(value) }],
  );
}

/** Where no length is stated, texts of up to this many code points are tried. */
const longEnough = 300;

function texts(schema: Node): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = longEnough } = schema as { minLength?: number; maxLength?: number };
  const length = fc.oneof(fc.constantFrom(minLength, maxLength), fc.integer({ min: minLength, max: maxLength }));
  return fc.tuple(raw(schema), length).map(([text, count]) => ofLength(text, count));
}

/** Texts of any length that keep to the pattern, if there is one, with characters of every plane and lone surrogates. */
function raw({ pattern }: Node): fc.Arbitrary<string> {
  if (typeof pattern === "string") return fc.stringMatching(new RegExp(pattern, "u"));
  return fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("\ud800", "a\udfff", "😀", "\u0000", " ", "%2e", "a/b", "a,b"),
  );
}

/** The text, repeated and cut so that it has so many code points. A pattern such as `^a[ab]*$` holds for that as well. */
function ofLength(text: string, count: number): string {
  const points = [...(text || "a")];
  return Array.from({ length: count }, (_, index) => points[index % points.length]).join("");
}

function brokenTexts(schema: Node, name: string): Broken[] {
  const { minLength, maxLength, pattern } = schema as { minLength?: number; maxLength?: number; pattern?: string };
  const broken: Broken[] = [];
  const lengths = { minLength: minLength && minLength - 1, maxLength: maxLength && maxLength + 1 };
  for (const [rule, length] of Object.entries(lengths)) {
    if (length === undefined) continue;
    // A character outside the basic plane counts once, although it takes two units.
    const values = fc.oneof(raw(schema), fc.constant(pattern?.startsWith("^[^") ? "😀" : "a"));
    broken.push({ rule: `${rule} of ${name}`, values: values.map((text) => ofLength(text, length)) });
  }
  if (pattern) broken.push({ rule: `pattern of ${name}`, values: spoiled(schema, new RegExp(pattern, "u")) });
  return broken;
}

const spoilers = [..."><!&'=\" .1_-é备😀\n\u0000\u200b", "\ud800"];

/** Texts with one character replaced, so that the pattern does not hold any more. The length stays as it was. */
function spoiled(schema: Node, pattern: RegExp): fc.Arbitrary<string> {
  return fc
    .tuple(
      texts(schema).filter((text) => text !== ""),
      fc.nat(),
      fc.constantFrom(...spoilers),
    )
    .map(([text, place, character]) => {
      const points = [...text];
      return points.with(place % points.length, character).join("");
    })
    .filter((text) => !pattern.test(text));
}

function brokenItems(schema: Node, name: string): Broken[] {
  const items = schema.items as Node;
  return breaking(items, `an item of ${name}`).map(({ rule, values }) => ({
    rule,
    values: fc.tuple(fc.array(fitting(items), { maxLength: 2 }), values).map(([fit, wrong]): Json => [...fit, wrong]),
  }));
}

interface ObjectSchema {
  properties: Node;
  required: string[];
}

/** The properties of an object and the names of those that are required. A schema may leave out either. */
function membersOf({ properties = {}, required = [] }: Partial<ObjectSchema>): ObjectSchema {
  return { properties, required };
}

function objects(schema: Node): fc.Arbitrary<Node> {
  const { properties, required } = membersOf(schema);
  const members = Object.entries(properties).map(([name, one]) => [name, fitting(one as Node)] as const);
  return fc.record(Object.fromEntries(members), { requiredKeys: required });
}

function brokenObjects(schema: Node, name: string): Broken[] {
  const { properties, required } = membersOf(schema);
  const unknown = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("额外", "__proto__", "constructor", "toString", ""),
  );
  const missing = required.map((key) => ({
    rule: `required ${key} of ${name}`,
    values: objects(schema).map(({ [key]: _, ...rest }): Json => rest),
  }));
  const added = {
    rule: `additionalProperties of ${name}`,
    values: fc
      .tuple(objects(schema), unknown)
      .filter(([, key]) => !Object.hasOwn(properties, key))
      .map(([fit, key]): Json => Object.fromEntries([...Object.entries(fit), [key, 1]])),
  };
  const inside = Object.entries(properties).flatMap(([key, property]) =>
    breaking(property as Node, key).map(({ rule, values }) => ({
      rule,
      values: fc.tuple(objects(schema), values).map(([fit, wrong]): Json => ({ ...fit, [key]: wrong })),
    })),
  );
  return [...missing, ...(schema.additionalProperties === false ? [added] : []), ...inside];
}
