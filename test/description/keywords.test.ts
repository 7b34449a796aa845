/** Whoever walks through the description tells keywords from names and from data. */
import { expect, it } from "vitest";
import { keywordObjects, mapKeywordObjects } from "../../src/description/keywords.js";

/** Paths of a schema at which nothing stands but a name, data, or what is beside a reference. */
const schema = {
  properties: { default: { type: "string" }, $ref: { items: { $ref: "#/a", beside: { type: "string" } } } },
  examples: [{ type: "a value" }],
  default: { type: "a value" },
  allOf: [{ minLength: 1 }],
  "x-state": { id: { type: "ours" } },
};

it("finds the objects whose keys are keywords, from the outside in, with the keys that lead there", () => {
  const found = [...keywordObjects(schema, ["schema"])].map(({ path }) => path.join("/"));
  expect(found).toEqual([
    "schema",
    "schema/properties/default",
    "schema/properties/$ref",
    "schema/properties/$ref/items",
    "schema/allOf/0",
  ]);
});

it("changes copies of these objects, from the inside out, and leaves names and data as they are", () => {
  const before = structuredClone(schema);
  const changed = mapKeywordObjects(schema, ({ $ref, ...object }) => ({ ...object, keys: Object.keys(object).length }));
  expect(changed).toEqual({
    ...schema,
    properties: {
      default: { type: "string", keys: 1 },
      $ref: { items: { beside: { type: "string", keys: 1 }, keys: 1 }, keys: 1 },
    },
    allOf: [{ minLength: 1, keys: 1 }],
    keys: 5,
  });
  expect(schema).toEqual(before);
});
