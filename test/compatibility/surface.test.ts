import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicTypes } from "../../src/release/api-extractor.js";
import { readBaseline } from "../../src/release/baseline.js";
import { advice, changesSince, unannounced } from "../../src/release/compatibility.js";
import { readManifest } from "../../src/release/manifest.js";
import { pendingBump } from "../../src/release/pending.js";
import { readReport, reports, surface } from "../../src/release/surface.js";
import { root } from "../support/project.js";

// This takes seconds, so that all these promises are in one file.
const types = await publicTypes(await readManifest());
const files = await surface(types);

it("the committed reports of the public surface are up to date: otherwise `npm run api` writes them anew", async () => {
  expect((await readdir(reports)).sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) expect(text, name).toBe(await readReport(name));
});

it("there is a report for each entry of the package that has types, and the command is in it", async () => {
  const { exports } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const typed = Object.keys(exports).filter((entry) => exports[entry].types);
  const names = typed.map((entry) => (entry === "." ? "index.api.md" : entry.replace("./", "").concat(".api.md")));
  expect([...files.keys()].sort()).toEqual([...names, "command.txt", "manifest.json", "tarball.txt"].sort());
  expect(await readReport("index.api.md")).toContain("export function createClient<");
  expect(await readReport("command.txt")).toContain("$ geminidb-backup mock --help\n");
});

describe("since the last release", async () => {
  const baseline = await readBaseline();
  const changes = await changesSince(baseline, types);

  it("nothing changes for callers that no changeset announces", async () => {
    expect(unannounced(changes, await pendingBump()), advice).toEqual([]);
  });

  it("its samples are among what is compared", () => {
    expect(baseline.samples).toContain(baseline.path("samples/first-call.ts"));
  });
});
