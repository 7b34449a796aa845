import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicTypes } from "../../src/release/api-extractor.js";
import { readBaseline } from "../../src/release/baseline.js";
import { pendingBump } from "../../src/release/changesets.js";
import { advice, changesSince, unannounced } from "../../src/release/compatibility.js";
import { readDeclarations } from "../../src/release/declarations.js";
import { readManifest } from "../../src/release/manifest.js";
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

  it("its samples and its consumer are among what is compared", () => {
    for (const name of ["samples/first-call.ts", "samples/testing/vitest-connect.test.ts", "consumer/index.ts"])
      expect(baseline.samples).toContain(baseline.path(name));
  });

  it("each name that it exported is imported there", async () => {
    for (const entry of baseline.entries) {
      const exported = namesIn(await readFile(baseline.path(`${entry}.d.ts`), "utf8"));
      expect(exported, entry).toEqual(await importedNames(entry, baseline.samples));
    }
  });
});

it("each name that the package exports is imported by the consumer, which the next release keeps", async () => {
  const folder = join(root, "test/compatibility/consumer");
  const consumers = (await readdir(folder)).map((name) => join(folder, name));
  for (const { name, declarations } of types)
    expect(namesIn(declarations), name).toEqual(await importedNames(name, consumers));
});

function namesIn(declarations: string): string[] {
  const [[exports = new Map()]] = readDeclarations([declarations]);
  return [...exports.keys()].sort();
}

/** The names that files import from one entry of the package. */
async function importedNames(entry: string, files: readonly string[]): Promise<string[]> {
  const specifier = entry === "index" ? "geminidb-backup" : `geminidb-backup/${entry}`;
  const names = new Set<string>();
  for (const file of files) {
    for (const [, list = "", from] of (await readFile(file, "utf8")).matchAll(/import \{([^}]*)\} from "([^"]+)"/g)) {
      if (from !== specifier) continue;
      for (const name of list.split(","))
        names.add(
          name
            .trim()
            .replace(/^type /, "")
            .replace(/ as .*/, ""),
        );
    }
  }
  return [...names].filter((name) => name !== "").sort();
}
