import { build } from "esbuild";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Validator } from "../../generated/validators.js";
import { describeIssues, issuesOf } from "../../src/client/issues.js";
import { dereferenced } from "../../src/description/references.js";
import type { Spec } from "../../src/description/spec.js";
import { validators } from "../../src/generate/validators.js";
import { hyperjumpOf } from "../support/hyperjump.js";
import { root } from "../support/project.js";
import { howToRepeat, seed } from "../support/properties.js";

/** `generated/validators.js` of these schemas. */
function codeOf(schemas: unknown[], components: Record<string, unknown> = {}): Promise<string> {
  const paths = schemas.map((schema, index) => {
    const responses = { 200: { description: "", content: { "application/json": { schema } } } };
    return [`/${index}`, { get: { operationId: `op${index}`, responses } }];
  });
  const spec = { paths: Object.fromEntries(paths), components: { schemas: components } } as unknown as Spec;
  return validators(dereferenced(spec));
}

const imported = (code: string) => import(`data:text/javascript,${encodeURIComponent(code)}`);

/** The generated validators of these schemas, as the client gets them. */
async function compile(schemas: unknown[], components: Record<string, unknown> = {}): Promise<Validator[]> {
  const module = (await imported(await codeOf(schemas, components))) as {
    validators: Record<string, { success: Validator }>;
  };
  return schemas.map((_, index) => module.validators[`op${index}`]?.success as Validator);
}

const names = ["a", "b", "c", "__proto__", "constructor"];
const name = fc.constantFrom(...names);
/** Ajv does not look at `__proto__` as a name in a schema. In values it does. */
const known = fc.constantFrom(...names.filter((one) => one !== "__proto__"));
const valueWith = (key: fc.Arbitrary<string>) =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(null, true, false, 0, 1, 2, 3, -1, 1.5, "", "a", "ab", "abc", "😀😀", "a b"),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  })).value;
const value = valueWith(name);
const constant = valueWith(known);
const type = fc.constantFrom("null", "boolean", "integer", "number", "string", "array", "object");
const count = fc.integer({ min: 0, max: 3 });
const pattern = fc.constantFrom("^a", "b$", "^[a-c]+$", "^.$", "^\\p{L}*$", '["/`$]');
const keywords = (schema: fc.Arbitrary<unknown>) => ({
  type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
  enum: fc.uniqueArray(constant, {
    minLength: 1,
    maxLength: 4,
    comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  }),
  const: constant,
  minimum: count,
  maximum: count,
  exclusiveMinimum: count,
  exclusiveMaximum: count,
  multipleOf: fc.constantFrom(1, 2, 0.5),
  minLength: count,
  maxLength: count,
  pattern,
  items: schema,
  prefixItems: fc.array(schema, { minLength: 1, maxLength: 2 }),
  minItems: count,
  maxItems: count,
  uniqueItems: fc.boolean(),
  properties: fc.array(fc.tuple(known, schema), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  patternProperties: fc
    .array(fc.tuple(pattern, schema), { maxLength: 2 })
    .map((entries) => Object.fromEntries(entries)),
  additionalProperties: schema,
  required: fc.uniqueArray(known, { maxLength: 2 }),
  minProperties: count,
  maxProperties: count,
  description: fc.constantFrom("Words.", "A thing: some words. More."),
  allOf: fc.array(schema, { minLength: 1, maxLength: 2 }),
  anyOf: fc.array(schema, { minLength: 1, maxLength: 3 }),
  oneOf: fc.array(schema, { minLength: 1, maxLength: 3 }),
  not: schema,
  if: schema,
  // biome-ignore lint/suspicious/noThenProperty: the keyword's name
  then: schema,
  else: schema,
  contains: schema,
  minContains: fc.constant(1),
  maxContains: fc.integer({ min: 1, max: 3 }),
  propertyNames: schema,
  dependentRequired: fc.dictionary(fc.constantFrom("a", "b"), fc.uniqueArray(known, { maxLength: 2 }), { maxKeys: 2 }),
  dependentSchemas: fc.dictionary(fc.constantFrom("a", "b"), schema, { maxKeys: 2 }),
});
/** Without the keywords that mean nothing alone: Ajv refuses them, as it should. */
function withoutIdleKeywords(schema: Record<string, unknown>): Record<string, unknown> {
  const needs: Record<string, string[]> = {
    // biome-ignore lint/suspicious/noThenProperty: the keyword's name
    then: ["if"],
    else: ["if"],
    if: ["then", "else"],
    minContains: ["contains"],
    maxContains: ["contains"],
  };
  const idle = ([name]: [string, unknown]) => needs[name] && !needs[name].some((other) => other in schema);
  const entries = Object.entries(schema).filter((entry) => !idle(entry));
  // The generator refuses contains beside prefixItems, and without maxContains: Ajv gets both wrong.
  const sound = entries.filter(([name]) => name !== "prefixItems" || !("contains" in schema));
  return { ...("contains" in schema && { maxContains: 3 }), ...Object.fromEntries(sound) };
}

const { schema } = fc.letrec<{ schema: unknown }>((tie) => {
  const record = (inner: fc.Arbitrary<unknown>) => {
    const all: Record<string, fc.Arbitrary<unknown>> = keywords(inner);
    return fc
      .subarray(Object.keys(all), { minLength: 1, maxLength: 4 })
      .chain((chosen) => fc.record(Object.fromEntries(chosen.map((key) => [key, all[key] as fc.Arbitrary<unknown>]))))
      .map(withoutIdleKeywords);
  };
  return { schema: fc.oneof({ depthSize: "small" }, fc.boolean(), record(fc.boolean()), record(tie("schema"))) };
});

/** Some hundred schemas, each with values. */
async function* samples() {
  const schemas = fc.sample(schema, { seed, numRuns: 300 });
  const compiled = await compile(schemas);
  const values = fc.sample(value, { seed, numRuns: 300 });
  for (const [index, schema] of schemas.entries()) {
    // The generated validators are made by Ajv, so an implementation of another hand judges them.
    const fits = await hyperjumpOf(schema);
    for (let i = 0; i < 30; i++) {
      const one = values[(index * 7 + i) % values.length];
      const where = `${JSON.stringify({ schema, one })}\n${howToRepeat()}\n`;
      yield { where, fits: fits(one), issues: issuesOf(compiled[index] as Validator, one) };
    }
  }
}

it("checks every keyword as JSON Schema has it", async () => {
  let refused = 0;
  for await (const { where, fits, issues } of samples()) {
    if ((issues.length === 0) !== fits) expect.fail(`${where}: expected ${fits}, got ${JSON.stringify(issues)}`);
    if (!fits) refused++;
  }
  expect(refused).toBeGreaterThan(1000);
});

it("says of each reason in its own words what is allowed", async () => {
  let told = 0;
  for await (const { where, issues } of samples()) {
    for (const { message, keyword } of issues) {
      told++;
      expect(message, where).toMatch(/^(must|is) \S/);
      expect(message, where).not.toContain("undefined");
      expect(keyword).not.toBe("");
    }
  }
  expect(told).toBeGreaterThan(1000);
});

/** What each keyword allows, a value that breaks it, and what the reader is told. */
const told: [keyword: string, schema: Record<string, unknown>, value: unknown, message: string][] = [
  ["type", { type: "string" }, 1, "must be string"],
  ["type", { type: ["string", "null"] }, 1, "must be string or null"],
  ["required", { required: ["a"] }, {}, "is missing"],
  ["dependentRequired", { dependentRequired: { a: ["b"] } }, { a: 1 }, "is missing"],
  ["additionalProperties", { additionalProperties: false }, { a: 1 }, "is not known"],
  ["unevaluatedProperties", { unevaluatedProperties: false }, { a: 1 }, "is not known"],
  ["propertyNames", { propertyNames: { enum: ["a"] } }, { b: 1 }, "must not have the name b"],
  ["minLength", { minLength: 2 }, "a", "must have at least 2 characters"],
  ["minLength", { minLength: 1 }, "", "must not be empty"],
  ["maxLength", { maxLength: 2 }, "abc", "must have at most 2 characters"],
  ["pattern", { pattern: "^a$" }, "b", "must follow the rule: ^a$"],
  ["enum", { enum: ["a", "b"] }, "c", 'must be one of ["a","b"]'],
  ["const", { const: "a" }, "b", "must be a"],
  ["minimum", { minimum: 2 }, 1, "must be at least 2"],
  ["maximum", { maximum: 2 }, 3, "must be at most 2"],
  ["exclusiveMinimum", { exclusiveMinimum: 2 }, 2, "must be more than 2"],
  ["exclusiveMaximum", { exclusiveMaximum: 2 }, 2, "must be less than 2"],
  ["multipleOf", { multipleOf: 2 }, 3, "must be a multiple of 2"],
  ["minItems", { minItems: 2 }, [1], "must have at least 2 items"],
  ["minItems", { minItems: 1 }, [], "must not be empty"],
  ["maxItems", { maxItems: 2 }, [1, 2, 3], "must have at most 2 items"],
  ["uniqueItems", { uniqueItems: true }, [1, 1], "must have no item twice"],
  ["unevaluatedItems", { unevaluatedItems: false }, [1], "must have no other items"],
  ["contains", { contains: { const: 1 }, minContains: 2, maxContains: 3 }, [1], "must have 2 to 3 items that fit"],
  ["contains", { contains: { const: 1 }, maxContains: 1 }, [1, 1], "must have 1 to 1 items that fit"],
  ["minProperties", { minProperties: 2 }, { a: 1 }, "must have at least 2 properties"],
  ["maxProperties", { maxProperties: 1 }, { a: 1, b: 1 }, "must have at most 1 properties"],
  ["anyOf", { anyOf: [{ type: "string" }, { type: "null" }] }, 1, "must fit one of the allowed forms"],
  ["oneOf", { oneOf: [true, true] }, 1, "must fit exactly one of the allowed forms"],
  // biome-ignore lint/suspicious/noThenProperty: the keyword's name
  ["if", { if: true, then: { type: "string" } }, 1, 'must fit what the schema says under "then"'],
  ["not", { not: { type: "string" } }, "a", "is not allowed"],
  ["false schema", { properties: { a: false } }, { a: 1 }, "is not allowed"],
];

it("tells somebody who breaks a rule what it allows, in words that are true", async () => {
  const contents = await codeOf(told.map(([, schema]) => schema));
  // The client of a description that has these schemas: its words are generated as well.
  const { outputFiles } = await build({
    stdin: {
      contents: 'export * from "./src/client/issues.js"; export { validators } from "./generated/validators.js";',
      resolveDir: root,
    },
    bundle: true,
    format: "esm",
    write: false,
    plugins: [
      {
        name: "other validators",
        setup: (build) => build.onLoad({ filter: /generated[\\/]validators\.js$/ }, () => ({ contents })),
      },
    ],
  });
  const client = await imported(outputFiles[0]?.text ?? "");
  const words = told.map(([keyword, , broken], index) => {
    const issues: { keyword: string; message: string }[] = client.issuesOf(
      client.validators[`op${index}`].success,
      broken,
    );
    return [keyword, ...issues.filter((issue) => issue.keyword === keyword).map(({ message }) => message)];
  });
  expect(words).toEqual(told.map(([keyword, , , message]) => [keyword, message]));
});

it("checks patternProperties beside anyOf, for which the code of Ajv once threw", async () => {
  const [check] = await compile([
    { anyOf: [{ properties: { c: false } }, {}], patternProperties: { "^b": { maximum: 2 } } },
  ]);
  const issues = (input: unknown) => issuesOf(check as Validator, input);
  expect(issues({ b: 1, c: 1 })).toEqual([]);
  expect(issues({ b: 3, c: 1 })).toMatchObject([{ path: "b", keyword: "maximum" }]);
});

it("lists a hundred reasons at most, and none of them twice", async () => {
  const [many, twice] = await compile([
    { type: "array", items: { type: "string" } },
    { allOf: [{ type: "string" }, { type: "string" }] },
  ]);
  expect(issuesOf(many as Validator, new Array(100_000).fill(1))).toHaveLength(100);
  expect(issuesOf(twice as Validator, 1)).toEqual([{ path: "", keyword: "type", message: "must be string" }]);
});

it.each(["constructor", "valueOf", "toString"])("compares values whose key is %s by what they hold", async (key) => {
  const [one, none] = [{ [key]: [1] }, { [key]: [2] }];
  const [oneOf, unique] = await compile([{ enum: [one] }, { uniqueItems: true }]);
  const fits = (check: Validator | undefined, input: unknown) => issuesOf(check as Validator, input).length === 0;
  expect(fits(oneOf, structuredClone(one))).toBe(true);
  expect(fits(oneOf, none)).toBe(false);
  expect(fits(unique, [one, none])).toBe(true);
  expect(fits(unique, [one, structuredClone(one)])).toBe(false);
});

it.each([
  ["The thing: letters only. More.", "letters only"],
  ["The thing: letters, e.g. a. More.", "letters, e.g. a"],
  ["The thing: letters only", "letters only"],
])("says what a pattern allows in the words of the description %j", async (description, rule) => {
  const code = await codeOf([{ pattern: "^[a-z]+$", description }]);
  expect(code).toContain(`"^[a-z]+$": "${rule}"`);
});

it("has words for the keywords and patterns that can refuse something, and for no name and no example", async () => {
  const properties = { maximum: { type: "string" }, open: { additionalProperties: false } };
  const data = { minimum: 1, pattern: "^a$", description: "The thing: an a." };
  const code = await codeOf([{ properties, const: data, examples: [data] }]);
  const { messages, patternWords } = await imported(code);
  expect(Object.keys(messages)).toEqual(["type", "additionalProperties", "const"]);
  expect(patternWords).toEqual({});
});

it.each([
  ["a keyword that does not exist", { maxLenght: 3 }, /unknown keyword: "maxLenght"/],
  ["a pattern that is none", { pattern: "[" }, /regular expression/i],
  ["a value that the keyword cannot have", { maxLength: "3" }, /maxLength/],
])("the generator stops at %s", async (_, schema, reason) => {
  await expect(compile([schema])).rejects.toThrow(reason);
});

describe("an error of Ajv becomes a reason of ours", () => {
  const reason = (error: object) =>
    issuesOf(Object.assign(() => false, { errors: [error] }) as unknown as Validator, 0);
  it.each([
    [
      { instancePath: "/a/0/b~1c~0d/1e", keyword: "type", params: { type: "string" } },
      "a[0].b/c~d.1e",
      "must be string",
    ],
    [
      { instancePath: "/10/1e1", keyword: "type", params: { type: ["string", "null"] } },
      "[10].1e1",
      /^must be string or null$/,
    ],
    [{ instancePath: "", keyword: "required", params: { missingProperty: "name" } }, "name", "is missing"],
    [{ instancePath: "/a", keyword: "pattern", params: { pattern: "^unheard-of$" } }, "a", /\^unheard-of\$/],
    [{ instancePath: "/a", keyword: "maxLength", params: { limit: 7 } }, "a", "must have at most 7 characters"],
    [{ instancePath: "/a", keyword: "unheard-of", params: {} }, "a", 'must keep to the rule "unheard-of"'],
  ])("%j", (error, path, message) => {
    expect(reason(error)).toEqual([
      { path, keyword: error.keyword, message: typeof message === "string" ? message : expect.stringMatching(message) },
    ]);
  });
  it("a validator that throws for a long text says that it is too long", () => {
    const throwing: Validator = () => {
      throw new RangeError("out of memory");
    };
    expect(issuesOf(throwing, "x")).toEqual([
      { path: "", keyword: "maxLength", message: "must have at most a few million characters" },
    ]);
  });
  it("reasons are joined in one sentence", () => {
    const issues = [
      { path: "", keyword: "type", message: "must be object" },
      { path: "name", keyword: "required", message: "is missing" },
    ];
    expect(describeIssues(issues, "input")).toBe("input must be object; name is missing");
  });
});
