import { expect, it } from "vitest";
import { checks, description } from "../support/description.js";
import { type Json, withChange } from "../support/facts.js";
import { schemasOf } from "../support/house-rules.js";

const houseRules = checks["the house rules"];
const faultsOfFiles = (files: [name: string, text: string][]) => houseRules({ ...description, files: new Map(files) });

it("the files of openapi/, their components and the schemas keep to the house rules", () => {
  expect(houseRules(description)).toEqual([]);
  expect(description.files.size).toBeGreaterThan(70);
  expect(schemasOf(description.bundle).requests.length).toBeGreaterThan(5);
  expect(schemasOf(description.bundle).responses.length).toBeGreaterThan(40);
});

it.each([
  ["a comment", "summary: The end # of it\n", 'x.yaml has the comment "of it"'],
  ["a directive", "%NEVER do it.\n---\nsummary: The end\n", 'x.yaml has the directive "%NEVER do it."'],
  ["an anchor", "summary: &end The end\n", "x.yaml has a YAML anchor"],
  ["an alias", "summary: &end The end\ntitle: *end\n", "x.yaml has a YAML alias"],
  ["a no-break space", "summary: The\u00a0end\n", "x.yaml:1 has the character U+00A0"],
  ["a tab", "summary: The\tend\n", "x.yaml:1 has the character U+0009"],
  ["a space at the end of a line", "summary: |\n  The  \n  end\n", "x.yaml:2 ends with a space"],
])("a file of openapi/ must not have %s", (_, text, fault) => {
  expect(faultsOfFiles([["x.yaml", text]])).toContainEqual(expect.stringContaining(fault));
});

it("a file of openapi/ must be one that another file refers to", () => {
  const faults = faultsOfFiles([
    ["openapi.yaml", "paths:\n  /a:\n    $ref: paths/a.yaml\n"],
    ["paths/a.yaml", "get: {}\n"],
    ["paths/b.yaml", "get: {}\n"],
  ]);
  expect(faults).toContain("nothing refers to paths/b.yaml");
  expect(faults).not.toContain("nothing refers to paths/a.yaml");
});

it.each([
  [
    "summary: A wrong token\ndescription: Get a new one.\nvalue:\n  error_code: APIGW.0301\n",
    "examples/error.x.yaml holds the code APIGW.0301, so it should be called error.APIGW.0301.yaml",
  ],
  ["value:\n  error_code: x\n", "examples/error.x.yaml does not start with a summary and a description"],
])("an example of an error is named after its code, and says what it means: %j", (text, fault) => {
  expect(faultsOfFiles([["examples/error.x.yaml", text]])).toContain(fault);
});

it("each file of openapi/ is a component, and each component is a file", () => {
  const renamed = new Map([...description.files].map(([name, text]) => [name.replace("/RequestId.", "/Other."), text]));
  expect(houseRules({ ...description, files: renamed })).toEqual(
    expect.arrayContaining([
      "there is no file schemas/RequestId.yaml for its component",
      "schemas/Other.yaml is no component",
    ]),
  );
});

it.each<[string, string, string[], Json | undefined, string]>([
  [
    "a property of a request must not have a default",
    "CreateManualBackupRequest",
    ["properties", "name", "default"],
    "nightly",
    "createManualBackup/name has a default, which a request must not have",
  ],
  [
    "a request refuses unknown keys",
    "CreateManualBackupRequest",
    ["additionalProperties"],
    undefined,
    "createManualBackup does not refuse unknown keys",
  ],
  [
    "a response says nothing of unknown keys",
    "CreateManualBackupResponse",
    ["additionalProperties"],
    false,
    "createManualBackup 202 says something about unknown keys of a response",
  ],
  [
    "a property is described",
    "DeleteManualBackupResponse",
    ["properties", "job_id", "description"],
    undefined,
    "deleteManualBackup 202/job_id has no description",
  ],
])("%s", (_, schema, path, value, fault) => {
  const corrupted = withChange(description.bundle, ["components", "schemas", schema, ...path], () => value);
  expect(houseRules({ ...description, bundle: corrupted })).toEqual([fault]);
});

it("an example is named after a place where it stands", () => {
  const text = JSON.stringify(description.bundle).replaceAll(
    "createManualBackup.tables.request",
    "deleteManualBackup.tables.request",
  );
  expect(houseRules({ ...description, bundle: JSON.parse(text) })).toContain(
    "examples/deleteManualBackup.tables.request.yaml should be called createManualBackup.tables.request.yaml",
  );
});

it("every example fits its schema", () => {
  expect(checks["the schemas of the examples"](description)).toEqual([]);
  const name = ["components", "schemas", "CreateManualBackupRequest", "properties", "name"];
  const corrupted = withChange(description.bundle, [...name, "maxLength"], () => 1);
  const [fault] = checks["the schemas of the examples"]({ ...description, bundle: corrupted });
  expect(fault).toMatch(/requestBody.*: \{"name":/);
});
