import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createEngine, type Decision } from "../../src/mock/engine.js";

const spec = JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8"));
const request = {
  method: "delete",
  path: "/v3/p/backups/b",
  query: {},
  headers: { "x-auth-token": "any" },
  body: undefined,
};

it.each<[string, Decision, RegExp | undefined]>([
  ["an answer that keeps to it", { status: 202, example: "accepted", body: { job_id: "j", more: 1 } }, undefined],
  ["a missing key", { status: 202, example: "accepted", body: {} }, /job_id/],
  ["a wrong type", { status: 202, example: "accepted", body: { job_id: 7 } }, /string/],
  ["a failure without a code", { status: 400, example: "DBS.201214", body: { error_msg: "x" } }, /error_code/],
])("checks every answer against the description: %s", async (_, decision, complaint) => {
  const engine = await createEngine(spec);
  for (let i = 0; i < 2; i++) {
    const answer = await engine.handle(request, () => decision);
    const complaints = answer?.violations.map(({ path, message }) => `${path.join(".")} ${message}`).join() ?? "";
    if (complaint) expect(complaints).toMatch(complaint);
    else expect(complaints).toBe("");
  }
});

it("fails loudly where an example itself breaks the description, each time", async () => {
  const broken = structuredClone(spec);
  broken.components.examples["deleteManualBackup.accepted.response"].value = { job_id: 7 };
  const engine = await createEngine(broken);
  for (let i = 0; i < 2; i++) {
    const answer = await engine.handle(request, () => ({ status: 202, example: "accepted" }));
    expect(answer?.violations).not.toEqual([]);
  }
});

it("knows no other path", async () => {
  const engine = await createEngine(spec);
  expect(
    await engine.handle({ ...request, path: "/v4/p/backups/b" }, () => ({ status: 202, example: "accepted" })),
  ).toBeUndefined();
});
