import { Ajv2020, type AnySchema } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Spec } from "../../src/generate/description.js";
import { validators } from "../../src/generate/validators.js";

type Check = (value: unknown) => { path: string; keyword: string; message: string }[];

/** The generated checks of these schemas, as the client gets them. */
async function compile(schemas: unknown[], components: Record<string, unknown> = {}): Promise<Check[]> {
  const paths = schemas.map((schema, index) => {
    const responses = { 200: { description: "", content: { "application/json": { schema } } } };
    return [`/${index}`, { get: { operationId: `op${index}`, responses } }];
  });
  const spec = { paths: Object.fromEntries(paths), components: { schemas: components } } as unknown as Spec;
  const code = await validators(spec);
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    validators: Record<string, { success: Check }>;
  };
  return schemas.map((_, index) => module.validators[`op${index}`]?.success as Check);
}

const names = ["a", "b", "c", "__proto__", "constructor"];
const name = fc.constantFrom(...names);
/** Ajv does not look at `__proto__` as a property of a schema. */
const known = fc.constantFrom(...names.filter((one) => one !== "__proto__"));
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, 1, 2, 3, -1, 1.5, "", "a", "ab", "abc", "😀😀", "a b"),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;
const type = fc.constantFrom("null", "boolean", "integer", "number", "string", "array", "object");
const count = fc.integer({ min: 0, max: 3 });
const pattern = fc.constantFrom("^a", "b$", "^[a-c]+$", "^.$", "^\\p{L}*$", '["/`$]');
/** Keywords whose reasons Ajv gives in the same words: one for each, where it is broken. */
const plain = (schema: fc.Arbitrary<unknown>) => ({
  type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
  enum: fc.uniqueArray(value, {
    minLength: 1,
    maxLength: 4,
    comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  }),
  const: value,
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
});
const nested = (schema: fc.Arbitrary<unknown>) => ({
  allOf: fc.array(schema, { minLength: 1, maxLength: 2 }),
  anyOf: fc.array(schema, { minLength: 1, maxLength: 3 }),
  oneOf: fc.array(schema, { minLength: 1, maxLength: 3 }),
  not: schema,
  if: schema,
  // biome-ignore lint/suspicious/noThenProperty: the keyword's name
  then: schema,
  else: schema,
  contains: schema,
  minContains: count,
  maxContains: count,
  propertyNames: schema,
  dependentRequired: fc.dictionary(fc.constantFrom("a", "b"), fc.uniqueArray(known, { maxLength: 2 }), { maxKeys: 2 }),
  dependentSchemas: fc.dictionary(fc.constantFrom("a", "b"), schema, { maxKeys: 2 }),
});
const schemasOf = (keywords: (schema: fc.Arbitrary<unknown>) => Record<string, fc.Arbitrary<unknown>>) =>
  fc.letrec<{ schema: unknown }>((tie) => {
    const record = (all: Record<string, fc.Arbitrary<unknown>>) =>
      fc
        .subarray(Object.keys(all), { minLength: 1, maxLength: 4 })
        .chain((chosen) =>
          fc.record(Object.fromEntries(chosen.map((key) => [key, all[key] as fc.Arbitrary<unknown>]))),
        );
    return {
      schema: fc.oneof(
        { depthSize: "small" },
        fc.boolean(),
        record(keywords(fc.boolean())),
        record(keywords(tie("schema"))),
      ),
    };
  }).schema;

/** Ajv is not what makes the checks. */
const oracle = (schema: unknown) =>
  new Ajv2020({ strict: false, allErrors: true, ownProperties: true }).compile(schema as AnySchema);

/** Some hundred schemas, each with values. The seed is in every message: with it, the same come again. */
async function* samples(keywords: Parameters<typeof schemasOf>[0]) {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const schemas = fc.sample(schemasOf(keywords), { seed, numRuns: 500 });
  const checks = await compile(schemas);
  const values = fc.sample(value, { seed, numRuns: 500 });
  for (const [index, schema] of schemas.entries()) {
    const fits = oracle(schema);
    for (let i = 0; i < 30; i++) {
      const one = values[(index * 7 + i) % values.length];
      const where = JSON.stringify({ seed, schema, one });
      yield { where, taken: fits(one), reasons: fits.errors ?? [], ours: (checks[index] as Check)(one) };
    }
  }
}

it("checks every keyword as JSON Schema has it", async () => {
  let refused = 0;
  for await (const { where, taken, ours } of samples((schema) => ({ ...plain(schema), ...nested(schema) }))) {
    if ((ours.length === 0) !== taken) expect.fail(`${where}: Ajv says ${taken}, we say ${JSON.stringify(ours)}`);
    if (!taken) refused++;
  }
  expect(refused).toBeGreaterThan(1000);
});

it("gives every reason, with the field and the keyword", async () => {
  // `false` as a schema is a "not" of ours; of items that have a type, Ajv compares only those that are of it.
  const ignored = /^(not|false schema|items|uniqueItems)$/;
  const field = (pointer: string) =>
    pointer
      .slice(1)
      .replace(/(^|\/)(\d+)(?=\/|$)/g, "[$2]")
      .replaceAll("/", ".");
  for await (const { where, reasons, ours } of samples(plain)) {
    const expected = reasons
      .filter(({ keyword }) => !ignored.test(keyword))
      .map(({ instancePath, keyword, params }) => {
        const key = params.missingProperty ?? params.additionalProperty;
        return `${field(key === undefined ? instancePath : `${instancePath}/${key}`)} ${keyword}`;
      });
    const got = ours.filter(({ keyword }) => !ignored.test(keyword)).map(({ path, keyword }) => `${path} ${keyword}`);
    expect([...new Set(got)].sort(), where).toEqual([...new Set(expected)].sort());
    for (const { message } of ours) expect(message).toMatch(/^(must|is) \S/);
  }
});

it("checks schemas that hold themselves", async () => {
  const Tree = {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
  };
  const [check] = await compile([{ $ref: "#/components/schemas/Tree" }], { Tree });
  expect(check?.({ name: "a", children: [{ name: "b", children: [] }] })).toEqual([]);
  expect(check?.({ name: "a", children: [{ name: "b", children: [{ name: 1 }, {}] }] })).toEqual([
    { path: "children[0].children[0].name", keyword: "type", message: "must be string" },
    { path: "children[0].children[1].name", keyword: "required", message: "is missing" },
  ]);
});

it("takes what JSON leaves out for absent, and no number for what JSON has no number for", async () => {
  const [check, number] = await compile([
    { required: ["a"], properties: { a: { type: "string" }, b: { type: "string" } }, additionalProperties: false },
    { type: ["number", "null"] },
  ]);
  expect(check?.({ a: "x", b: undefined, c: undefined })).toEqual([]);
  expect(check?.({ a: undefined })).toMatchObject([{ path: "a", keyword: "required" }]);
  expect([Number.NaN, Number.POSITIVE_INFINITY, "1"].map((one) => number?.(one).length)).toEqual([1, 1, 1]);
});

it.each(["unevaluatedProperties", "$dynamicRef", "maxLenght"])(
  "stops at the keyword %s, which it could not check",
  async (keyword) => {
    await expect(compile([{ properties: { a: { [keyword]: 1 } } }])).rejects.toThrow(
      `op0 success a: the client cannot check the keyword "${keyword}"`,
    );
  },
);

it("stops at a pattern that is none", async () => {
  await expect(compile([{ pattern: "[" }])).rejects.toThrow(/op0 success: .*regular expression/i);
});
