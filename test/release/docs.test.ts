import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { assembleDocs } from "../../src/release/docs-archive.js";
import { run } from "../support/project.js";

const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-docs-"));
afterAll(() => rm(folder, { recursive: true }));

it("the site keeps the page of each version, and has the newest at its root", async () => {
  const [archives, page, site] = ["archives", "page", "site"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(archives);
  await mkdir(page);
  for (const version of ["1.9.0", "1.10.0", "1.2.0"]) {
    await writeFile(join(page, "index.html"), version);
    await run("tar", ["-czf", join(archives, `docs-${version}.tgz`), "-C", page, "."]);
  }
  expect(await assembleDocs(archives, site)).toEqual(["1.2.0", "1.9.0", "1.10.0"]);
  const text = (name: string) => readFile(join(site, name), "utf8");
  expect(await text("index.html")).toBe("1.10.0");
  for (const version of ["1.2.0", "1.9.0", "1.10.0"]) expect(await text(`${version}/index.html`)).toBe(version);
});
