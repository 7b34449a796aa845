/** What the page and the reference say about the properties of a body: which there are, and whether a call needs them. */
import { expect, it } from "vitest";
import { propertiesOf } from "../../src/description/properties.js";
import type { Schema } from "../../src/description/spec.js";

const a = { a: { type: "string" } };
const b = { b: { type: "string" } };
const inner = (schema: Schema): Schema => ({ properties: { inner: schema } });

it.each<[where: string, schema: Schema, required: string[]]>([
  ["beside the properties", { properties: { ...a, ...b }, required: ["a"] }, ["a"]],
  ["in another part of allOf", { allOf: [{ properties: { ...a, ...b } }, { required: ["a"] }] }, ["a"]],
  ["in allOf, beside the properties", { properties: { ...a, ...b }, allOf: [{ required: ["a"] }] }, ["a"]],
  ["beside allOf", { required: ["a"], allOf: [{ properties: { ...a, ...b } }] }, ["a"]],
  ["in an allOf inside allOf", { properties: { ...a, ...b }, allOf: [{ allOf: [{ required: ["a"] }] }] }, ["a"]],
  [
    "in a part that describes the property anew",
    { allOf: [{ properties: a }, { properties: a, required: ["a"] }] },
    ["a"],
  ],
  ["beside alternatives", { required: ["a"], oneOf: [{ properties: a }, { properties: b }] }, ["a"]],
  [
    "in every alternative, beside the properties",
    { properties: { ...a, ...b }, anyOf: [{ required: ["a"] }, { required: ["b", "a"] }] },
    ["a"],
  ],
  [
    "in every alternative that can be an object",
    { anyOf: [{ properties: a, required: ["a"] }, { type: "null" }] },
    ["a"],
  ],
  ["in one alternative only", { oneOf: [{ properties: a, required: ["a"] }, { properties: { ...a, ...b } }] }, []],
  [
    "in every alternative that has the object around it",
    { oneOf: [inner({ properties: a, required: ["a"] }), { properties: b }] },
    ["inner.a"],
  ],
  [
    "in another part of allOf, one object further in",
    { allOf: [inner({ properties: a }), inner({ required: ["a"] })] },
    ["inner.a"],
  ],
  [
    "for the items of a list",
    { properties: { list: { items: { allOf: [{ properties: a }, { required: ["a"] }] } } } },
    ["list[].a"],
  ],
  ["for an object of the same name further in", { required: ["a"], ...inner({ properties: a }) }, []],
])("a property is required where the schema says so %s", (_, schema, required) => {
  const found = propertiesOf(schema).filter((property) => property.required);
  expect(found.map(({ name }) => name)).toEqual(required);
});

it("lists each property once, in the order of the description", () => {
  const schema: Schema = {
    properties: { list: { items: { properties: b } } },
    allOf: [{ properties: { ...a, ...b } }],
  };
  const names = propertiesOf({ ...schema, oneOf: [{ properties: { ...a, ...inner({}).properties } }] });
  expect(names.map(({ name }) => name)).toEqual(["list", "list[].b", "a", "b", "inner"]);
});
