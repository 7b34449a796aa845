import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import type { Spec } from "../../src/description/spec.js";
import { prismOperations } from "../../src/generate/prism.js";
import { fullCheckLimit } from "../../src/mock/limits.js";
import { type Judge, judgesOf } from "../../src/mock/prism.js";

const spec = () => JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"));
const judgesOfDescription = (description: Spec) => judgesOf(JSON.parse(prismOperations(description)));
const judgeOf = (description: Spec, operationId: string): Judge => {
  const judge = judgesOfDescription(description).get(operationId);
  if (!judge) throw new Error(`no judge of ${operationId}`);
  return judge;
};
const headers = { "content-type": "application/json", "x-request-id": "r" };
const deleted = (status: number, body: unknown) =>
  judgeOf(spec(), "deleteManualBackup")
    .output({ status, headers, body })
    .map(({ path, message }) => `${path.join(".")} ${message}`)
    .join();

it.each<[string, number, unknown, RegExp | undefined]>([
  ["an answer that keeps to it", 202, { job_id: "j", more: 1 }, undefined],
  ["a missing key", 202, {}, /job_id/],
  ["a wrong type", 202, { job_id: 7 }, /string/],
  ["a failure without a code", 400, { error_msg: "x" }, /error_code/],
])("checks every answer against the description: %s", (_, status, body, complaint) => {
  if (complaint) expect(deleted(status, body)).toMatch(complaint);
  else expect(deleted(status, body)).toBe("");
});

it("fails loudly where a reference of the description leads nowhere, since Prism would take everything for valid", () => {
  const broken = spec();
  broken.components.schemas.CreateManualBackupRequest.properties.database_tables.items = {
    $ref: "#/components/schemas/Gone",
  };
  expect(() => judgesOfDescription(broken)).toThrow(/Gone/);
  const answer = spec();
  answer.components.schemas.DeleteManualBackupResponse.properties.job_id = { $ref: "#/components/schemas/Gone" };
  const judge = judgeOf(answer, "deleteManualBackup");
  expect(() => judge.output({ status: 202, headers, body: { job_id: "j" } })).toThrow(/Gone/);
});

it("takes a format for a hint to people, as OpenAPI 3.1 has it, and as the client does", () => {
  const dated = spec();
  dated.components.schemas.DeleteManualBackupResponse.properties.job_id.format = "date-time";
  const judge = judgeOf(dated, "deleteManualBackup");
  expect(judge.output({ status: 202, headers, body: { job_id: "yesterday" } })).toEqual([]);
});

it("leaves the examples to the catalogue, so that the mock reads half as much at its start", () => {
  expect(prismOperations(spec())).not.toContain(spec().components.examples["error.DBS.200019"].value.error_msg);
});

const request = (body: unknown, size = 100, type = "application/json") => ({
  method: "POST",
  path: "/v3/p/instances/i/backups",
  parameters: { project_id: "p", instance_id: "i" },
  query: {},
  headers: { "x-auth-token": "any", "content-type": type },
  body,
  size,
});

it("finds every fault of a request, also behind a reference", () => {
  const judge = judgeOf(spec(), "createManualBackup");
  const body = { name: "a b c", description: "<", database_tables: [{}, { database_name: "d", table_names: [1] }] };
  expect(judge.input(request(body)).map(({ path }) => path.join("."))).toEqual([
    "body.name",
    "body.description",
    "body.database_tables.0",
    "body.database_tables.1.table_names.0",
  ]);
  expect(judge.input(request({ name: "abcd", description: "" }))).toEqual([]);
});

it("checks a large body up to its first fault", () => {
  const judge = judgeOf(spec(), "createManualBackup");
  const wrong = { name: "abcd", description: "", database_tables: Array.from({ length: 100_000 }, () => 1) };
  expect(judge.input(request(wrong, fullCheckLimit + 1))).toMatchObject([{ path: ["body", "database_tables", "0"] }]);
  expect(judge.input(request({ name: "abcd", description: "" }, fullCheckLimit + 1))).toEqual([]);
  expect(judge.input(request(wrong, fullCheckLimit + 1, "text/plain"))).toMatchObject([{ message: /content types/ }]);
});

it.each(["application/vnd.other+json", "application/x+json; charset=utf-8", "text/json"])(
  "does not take %s for the documented media type",
  (type) => {
    const judge = judgeOf(spec(), "createManualBackup");
    expect(judge.input(request({ name: "abcd", description: "" }, 100, type))).not.toEqual([]);
    expect(judge.input(request({ name: "abcd", description: "" }, 100, "Application/JSON; charset=utf-8"))).toEqual([]);
  },
);

it("loads no module of Prism that invents values", () => {
  const { cache } = createRequire(import.meta.url);
  judgesOfDescription(spec());
  const loaded = Object.keys(cache);
  expect(loaded.filter((name) => name.includes("@stoplight/prism-http"))).not.toEqual([]);
  expect(loaded.filter((name) => /faker|postman-collection/.test(name))).toEqual([]);
});
