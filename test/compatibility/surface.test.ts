import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readReport, reports, surface } from "../../src/release/surface.js";
import { root } from "../support/project.js";

it("the committed reports of the public surface are up to date: otherwise `npm run api` writes them anew", async () => {
  const files = await surface();
  expect((await readdir(reports)).sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) expect(text, name).toBe(await readReport(name));
});

it("there is a report for each entry of the package that has types, and the command is in it", async () => {
  const { exports } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const typed = Object.keys(exports).filter((entry) => exports[entry].types);
  const names = typed.map((entry) => (entry === "." ? "index.api.md" : entry.replace("./", "").concat(".api.md")));
  expect([...(await surface()).keys()].sort()).toEqual([...names, "command.txt", "tarball.txt"].sort());
  expect(await readReport("index.api.md")).toContain("export function createClient<");
  expect(await readReport("command.txt")).toContain("$ geminidb-backup mock --help\n");
});
