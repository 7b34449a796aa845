import { describe, expect, it } from "vitest";
import { structureFault } from "../../src/mock/json-structure.js";
import { mostMarks } from "../../src/mock/limits.js";

const faultOf = (text: string) => structureFault(Buffer.from(text));
const deep = "is nested more than 500 deep";
const many = `has more than ${mostMarks} brackets, commas and colons`;

describe("a text is parsed", () => {
  it.each([
    ["which is empty", ""],
    ["whose lists are 500 deep", "[".repeat(500) + "]".repeat(500)],
    ["whose objects are 500 deep", `${'{"a":'.repeat(500)}1${"}".repeat(500)}`],
    ["of many lists that are not within each other", "[],".repeat(1000)],
    ["of many objects that are not within each other", "{},".repeat(1000)],
    ["with brackets in a string", `"${"[{".repeat(1000)}"`],
    ["with brackets behind a quote that is escaped", `"\\"${"[{".repeat(1000)}"`],
    ["with as many commas as may be", ",".repeat(mostMarks)],
    ["with more commas in a string", `"${",".repeat(mostMarks + 1)}"`],
    ["of other characters", "x é 備 1 ".repeat(mostMarks / 4)],
  ])("%s", (_, text) => {
    expect(faultOf(text)).toBeUndefined();
  });
});

describe("a text is not parsed", () => {
  it.each([
    ["whose lists are deeper", "[".repeat(501), deep],
    ["whose objects are deeper", '{"a":'.repeat(501), deep],
    ["that is deep behind a string which ends with a backslash", `"\\\\"${"[".repeat(501)}`, deep],
    ...[",", ":", "[]", "{}"].map((marks): [string, string, string] => [
      `with many ${marks}`,
      marks.repeat(Math.floor(mostMarks / marks.length) + 1),
      many,
    ]),
  ])("%s", (_, text, fault) => {
    expect(faultOf(text)).toBe(fault);
  });
});
