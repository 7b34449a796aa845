/** What can stand in a matcher: only what can equal something in a request. */
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { isJson } from "../../src/mock/json.js";

const shared = { a: 1 };
const endless: Record<string, unknown> = {};
endless.list = [endless];

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

it.each<[string, unknown]>([
  ["null", null],
  ["a boolean", false],
  ["a number", -1.5],
  ["a text", ""],
  ["lists in lists", [[], [null, true, 0, "a"]]],
  ["objects in objects", { a: {}, b: { c: [{}] } }],
  ["one object at two places", [shared, { shared }]],
  ["what is nested 500 deep", nested(500)],
  ["an object without a prototype", Object.assign(Object.create(null), { a: 1 })],
  ["an object of another realm, as under Jest", runInNewContext("({ a: [1] })")],
])("%s can", (_, value) => {
  expect(isJson(value)).toBe(true);
});

it.each<[string, unknown]>([
  ["undefined", undefined],
  ["what is not a number", Number.NaN],
  ["an endless number", Number.NEGATIVE_INFINITY],
  ["a big integer", 1n],
  ["a symbol", Symbol("a")],
  ["a function", () => 1],
  ["a date", new Date(0)],
  ["a map", new Map()],
  ["a regular expression", /a/],
  ["a list with one such value", [1, undefined, 2]],
  ["an object with one such value", { a: 1, b: { c: Number.NaN } }],
  ["an object within itself", endless],
  ["a list that lacks an item", Array(1)],
  ["a list of billions of items that are not there", Array(2 ** 32 - 1)],
  ["what is nested 501 deep", nested(501)],
  ["what is nested so deep that the stack would overflow", nested(100_000)],
])("%s cannot", (_, value) => {
  expect(isJson(value)).toBe(false);
});
