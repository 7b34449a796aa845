import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { assembleDocs } from "../../src/release/docs-archive.js";
import { run, runTsx } from "../support/project.js";

const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-docs-"));
afterAll(() => rm(folder, { recursive: true }));

/** Makes a site of archives of these versions, each with a page that says its version. */
async function siteOf(name: string, versions: readonly string[]) {
  const [archives, page, site] = [
    join(folder, name, "archives"),
    join(folder, name, "page"),
    join(folder, name, "site"),
  ];
  await mkdir(archives, { recursive: true });
  await mkdir(page);
  for (const version of versions) {
    await writeFile(join(page, "index.html"), version);
    await run("tar", ["-czf", join(archives, `docs-${version}.tgz`), "-C", page, "."]);
  }
  const assembled = await assembleDocs(archives, site);
  return { assembled, text: (file: string) => readFile(join(site, file), "utf8") };
}

it("the site keeps the page of each version, and has the newest at its root", async () => {
  const { assembled, text } = await siteOf("versions", ["1.9.0", "1.10.0", "1.2.0"]);
  expect(assembled).toEqual(["1.2.0", "1.9.0", "1.10.0"]);
  expect(await text("index.html")).toBe("1.10.0");
  for (const version of assembled) expect(await text(`${version}/index.html`)).toBe(version);
});

it("without an archive, and without their folder, there is no site, in a sentence", async () => {
  await mkdir(join(folder, "empty"));
  for (const name of ["empty", "missing"]) {
    const { code, stderr } = await runTsx("src/release/docs.ts", join(folder, name), join(folder, "site"));
    expect(stderr).toContain(`There is no archive docs-<version>.tgz in ${join(folder, name)}, so there is no site.`);
    expect(stderr).not.toContain("    at ");
    expect(code).toBe(1);
  }
});
