import { expect, it } from "vitest";
import { checks, description } from "../support/description.js";
import { fileFaults } from "../support/file-rules.js";
import { exampleNameFaults, schemasOf } from "../support/house-rules.js";

it("the files of openapi/, their components and the schemas keep to the house rules", () => {
  expect(checks["the house rules"](description)).toEqual([]);
  expect(description.files.size).toBeGreaterThan(70);
  expect(schemasOf(description.bundle).requests.length).toBeGreaterThan(5);
  expect(schemasOf(description.bundle).responses.length).toBeGreaterThan(40);
});

it.each([
  ["a comment", "summary: The end # of it\n", 'x.yaml has the comment "of it"'],
  ["a no-break space", "summary: The\u00a0end\n", "x.yaml:1 has the character U+00A0"],
  ["a tab", "summary: The\tend\n", "x.yaml:1 has the character U+0009"],
  ["a space at the end of a line", "summary: |\n  The  \n  end\n", "x.yaml:2 ends with a space"],
])("a file of openapi/ must not have %s", (_, text, fault) => {
  expect(fileFaults(new Map([["x.yaml", text]]))).toContainEqual(expect.stringContaining(fault));
});

it("an example is named after a place where it stands", () => {
  const { bundle } = description;
  const text = JSON.stringify(bundle).replaceAll(
    "createManualBackup.tables.request",
    "deleteManualBackup.tables.request",
  );
  expect(exampleNameFaults(JSON.parse(text))).toEqual([
    "examples/deleteManualBackup.tables.request.yaml should be called createManualBackup.tables.request.yaml",
  ]);
});

it("every example fits its schema", () => {
  expect(checks["the schemas of the examples"](description)).toEqual([]);
});
