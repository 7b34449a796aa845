/** The words for a type and its limits, in the reference and on the page. */
import { expect, it } from "vitest";
import { dereferenced } from "../../src/description/references.js";
import type { Schema, Spec } from "../../src/description/spec.js";
import { reference } from "../../src/generate/reference.js";
import { typeWords } from "../../src/shared/type-words.js";
import { type Node, withChange } from "../support/facts.js";
import { bundle } from "../support/transcript.js";

/** What the reference says about the type of a property with a schema. */
function inReference(schema: Node): string | undefined {
  const path = ["components", "schemas", "CreateManualBackupRequest", "properties", "planted"];
  const spec = withChange(bundle, path, () => ({ ...schema, description: "Planted." })) as object as Spec;
  const row = reference(dereferenced(spec))
    .match(/^\| `planted` .*$/m)?.[0]
    .split(" | ");
  return row?.[1]?.trim();
}

it.each<[Node, string]>([
  [{ type: "integer", minimum: 1, maximum: 100 }, "integer, 1 to 100"],
  [{ type: "number", exclusiveMinimum: 0, multipleOf: 5 }, "number, more than 0, a multiple of 5"],
  [{ type: "string", enum: ["a", "b"], default: "a" }, "string, one of `a`, `b`, default `a`"],
  [{ enum: ["a", 1, null] }, "string or number or null, one of `a`, `1`, `null`"],
  [{ type: "string", format: "date-time" }, "string, format `date-time`"],
  [{ type: "string", minLength: 1 }, "string, not empty"],
  [
    { type: "array", items: { type: "string", maxLength: 5 }, minItems: 1, maxItems: 10 },
    "array of strings, 1 to 10 items, each at most 5 characters",
  ],
  [{ type: "array", items: { type: ["string", "null"] } }, "array of strings or nulls"],
  [{ type: "array", items: { type: "array", items: {} } }, "array of arrays of values"],
  [{ type: "array", items: { oneOf: [{ type: "string" }, { type: "integer" }] } }, "array of strings or integers"],
  [{ oneOf: [{ type: "string" }, { type: "integer" }] }, "string or integer"],
  [{ allOf: [{ minProperties: 1 }, { properties: {} }] }, "object, not empty"],
  [{ type: "string", minLength: 36, maxLength: 36 }, "string, 36 characters"],
  [{ type: "string", maxLength: 1 }, "string, at most 1 character"],
  [{ type: "object", minProperties: 2, maxProperties: 3 }, "object, 2 to 3 properties"],
  [{ type: "object", additionalProperties: { type: "integer" } }, "map of integers"],
  [
    { type: "array", items: { type: "object", additionalProperties: {} }, uniqueItems: true },
    "array of maps of values, no item twice",
  ],
  [{ anyOf: [{ type: "integer", minimum: 0, maximum: 100 }, { type: "null" }] }, "integer or null, 0 to 100"],
  [{ const: "x" }, "string, always `x`"],
])("%j", (schema, words) => {
  expect(typeWords(schema as Schema)).toBe(words);
  expect(inReference(schema)).toBe(words);
});

it("a pattern that no table in Markdown can show is refused by its words", () => {
  expect(() => inReference({ type: "string", pattern: "^a\\|b$" })).toThrow(
    'A table cannot show "string, `^a\\|b$`": in Markdown, a bar behind a backslash ends the cell. Write the bar otherwise, such as [|] in a pattern.',
  );
  expect(inReference({ type: "string", pattern: "^a[|]b$" })).toBe("string, `^a[\\|]b$`");
});
