/**
 * The keywords of JSON Schema 2020-12 (validation and applicators), for the client. A general validator would be a
 * quarter of it: the generator takes from here what the description uses, and nothing else reaches a bundle.
 * A keyword is a function: what the schema says of it → a rule. A schema is a list of rules.
 */
interface Issue {
  path: string;
  keyword: string;
  message: string;
}
type Rule = (value: unknown, path: string, issues: Issue[]) => void;
type Schema = Rule[];
type Schemas = Record<string, Schema>;
type Fields = Record<string, unknown>;

/** Every reason why a value does not fit; none if it does. */
export const check =
  (schema: Schema) =>
  (value: unknown, path = "", issues: Issue[] = []): Issue[] => {
    for (const rule of schema) rule(value, path, issues);
    return issues;
  };

/** A rule with one reason to refuse. */
const simple =
  <Value>(keyword: string, reason: (value: Value) => string | false): Rule =>
  (value, path, issues) => {
    const message = reason(value as Value);
    if (message) issues.push({ path, keyword, message });
  };

const isObject = (value: unknown): value is Fields => Object(value) === value && !Array.isArray(value);
const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => typeof value === "number";
const under = (path: string, name: string) => (path ? `${path}.${name}` : name);
/** What JSON will have of an object: a property that is undefined is none. */
const keys = (value: unknown) => (isObject(value) ? Object.keys(value).filter((key) => value[key] !== undefined) : []);
const has = (value: unknown, name: string): value is Fields => keys(value).includes(name);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const fits = (schema: Schema, value: unknown) => !check(schema)(value).length;
const same = (a: unknown, b: unknown): boolean =>
  a === b ||
  (Object(a) === a &&
    Object(b) === b &&
    Array.isArray(a) === Array.isArray(b) &&
    Object.keys(a as Fields).length === Object.keys(b as Fields).length &&
    Object.entries(a as Fields).every(
      ([key, one]) => Object.hasOwn(b as Fields, key) && same(one, (b as Fields)[key]),
    ));

export const type = (types: string[]) =>
  simple("type", (value: unknown) => {
    const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
    return !types.includes(kind) && `must be ${types.join(" or ")}`;
  });
/** `type`, where a number may be asked for. What JSON has no number for is none. */
export const numericType = (types: string[]) =>
  simple("type", (value: unknown) => {
    const is = (one: string) =>
      one === "integer"
        ? Number.isInteger(value)
        : one === "number"
          ? Number.isFinite(value)
          : !check([type([one])])(value).length;
    return !types.some(is) && `must be ${types.join(" or ")}`;
  });
const enumeration = (allowed: unknown[]) =>
  simple(
    "enum",
    (value: unknown) => !allowed.some((one) => same(one, value)) && `must be one of ${JSON.stringify(allowed)}`,
  );
const constant = (only: unknown) =>
  simple("const", (value: unknown) => !same(only, value) && `must be ${JSON.stringify(only)}`);

export { constant as const, enumeration as enum };

export const maxLength = (most: number) =>
  simple(
    "maxLength",
    (value: string) => isText(value) && [...value].length > most && `must have at most ${most} characters`,
  );
export const minLength = (least: number) =>
  simple(
    "minLength",
    (value: string) => isText(value) && [...value].length < least && `must have at least ${least} characters`,
  );
/** With what it allows in words, if somebody said it. */
export const pattern = (allowed: RegExp, more?: unknown) =>
  simple("pattern", (value: string) => isText(value) && !allowed.test(value) && `must match ${more ?? allowed.source}`);

export const minimum = (least: number) =>
  simple("minimum", (value: number) => isNumber(value) && value < least && `must be at least ${least}`);
export const maximum = (most: number) =>
  simple("maximum", (value: number) => isNumber(value) && value > most && `must be at most ${most}`);
export const exclusiveMinimum = (limit: number) =>
  simple("exclusiveMinimum", (value: number) => isNumber(value) && value <= limit && `must be more than ${limit}`);
export const exclusiveMaximum = (limit: number) =>
  simple("exclusiveMaximum", (value: number) => isNumber(value) && value >= limit && `must be less than ${limit}`);
export const multipleOf = (unit: number) =>
  simple(
    "multipleOf",
    (value: number) => isNumber(value) && !Number.isInteger(value / unit) && `must be a multiple of ${unit}`,
  );

export const items =
  (schema: Schema): Rule =>
  (value, path, issues) => {
    for (const [index, one] of list(value).entries()) check(schema)(one, `${path}[${index}]`, issues);
  };
/** With what `items` says about those behind. */
export const prefixItems =
  (schemas: Schema[], rest: Schema): Rule =>
  (value, path, issues) => {
    for (const [index, one] of list(value).entries()) check(schemas[index] ?? rest)(one, `${path}[${index}]`, issues);
  };
export const minItems = (least: number) =>
  simple(
    "minItems",
    (value: unknown) => Array.isArray(value) && value.length < least && `must have at least ${least} items`,
  );
export const maxItems = (most: number) =>
  simple("maxItems", (value: unknown) => list(value).length > most && `must have at most ${most} items`);
export const uniqueItems = (on: boolean) =>
  simple(
    "uniqueItems",
    (value: unknown) =>
      on &&
      list(value).some((one, index, all) => all.slice(0, index).some((other) => same(one, other))) &&
      "must have no item twice",
  );
export const contains = (wanted: Schema, more?: unknown) =>
  simple("contains", (value: unknown) => {
    const { minContains = 1, maxContains = Number.POSITIVE_INFINITY } = Object(more);
    const count = list(value).filter((one) => fits(wanted, one)).length;
    return (
      Array.isArray(value) &&
      (count < minContains || count > maxContains) &&
      `must have at least ${minContains} and at most ${maxContains} items that fit`
    );
  });

export const required =
  (names: string[]): Rule =>
  (value, path, issues) => {
    const present = keys(value);
    for (const name of names)
      if (isObject(value) && !present.includes(name))
        issues.push({ path: under(path, name), keyword: "required", message: "is missing" });
  };
/** With `additionalProperties: false`, the form that requests have, if it is closed. */
export const properties =
  (schemas: Schemas, closed?: boolean): Rule =>
  (value, path, issues) => {
    for (const name of keys(value)) {
      const at = under(path, name);
      if (Object.hasOwn(schemas, name)) check(schemas[name] as Schema)((value as Fields)[name], at, issues);
      else if (closed) issues.push({ path: at, keyword: "additionalProperties", message: "is not known" });
    }
  };
export const patternProperties =
  (schemas: Schemas): Rule =>
  (value, path, issues) => {
    for (const source in schemas)
      for (const name of keys(value))
        if (new RegExp(source, "u").test(name))
          check(schemas[source] as Schema)((value as Fields)[name], under(path, name), issues);
  };
/** Otherwise, with the names of `properties` and the patterns of `patternProperties`. */
export const additionalProperties =
  (rest: Schema | false, known: string[], sources: string[]): Rule =>
  (value, path, issues) => {
    for (const name of keys(value)) {
      if (known.includes(name) || sources.some((source) => new RegExp(source, "u").test(name))) continue;
      if (rest) check(rest)((value as Fields)[name], under(path, name), issues);
      else issues.push({ path: under(path, name), keyword: "additionalProperties", message: "is not known" });
    }
  };
export const propertyNames = (schema: Schema) =>
  simple("propertyNames", (value: unknown) => {
    const wrong = keys(value).filter((name) => !fits(schema, name));
    return wrong.length > 0 && `must not have ${wrong.join(", ")}`;
  });
export const minProperties = (least: number) =>
  simple(
    "minProperties",
    (value: unknown) => isObject(value) && keys(value).length < least && `must have at least ${least} properties`,
  );
export const maxProperties = (most: number) =>
  simple("maxProperties", (value: unknown) => keys(value).length > most && `must have at most ${most} properties`);
export const dependentRequired =
  (needs: Record<string, string[]>): Rule =>
  (value, path, issues) => {
    for (const name in needs) if (has(value, name)) required(needs[name] ?? [])(value, path, issues);
  };
export const dependentSchemas =
  (schemas: Schemas): Rule =>
  (value, path, issues) => {
    for (const name in schemas) if (has(value, name)) check(schemas[name] as Schema)(value, path, issues);
  };

export const allOf =
  (schemas: Schema[]): Rule =>
  (value, path, issues) => {
    for (const schema of schemas) check(schema)(value, path, issues);
  };
export const anyOf = (schemas: Schema[]) =>
  simple(
    "anyOf",
    (value: unknown) => !schemas.some((schema) => fits(schema, value)) && `must fit one of ${schemas.length} forms`,
  );
export const oneOf = (schemas: Schema[]) =>
  simple(
    "oneOf",
    (value: unknown) =>
      schemas.filter((schema) => fits(schema, value)).length !== 1 && `must fit exactly one of ${schemas.length} forms`,
  );
export const not = (schema: Schema) => simple("not", (value: unknown) => fits(schema, value) && "is not allowed");
const condition =
  (schema: Schema, { then = [], else: otherwise = [] }: Schemas): Rule =>
  (value, path, issues) => {
    check(fits(schema, value) ? then : otherwise)(value, path, issues);
  };

export { condition as if };
/** A schema that holds itself. The generator writes all others in place. */
export const $ref =
  (target: () => Schema): Rule =>
  (value, path, issues) => {
    check(target())(value, path, issues);
  };
