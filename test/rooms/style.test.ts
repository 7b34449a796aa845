/** Rules of the house that a program keeps. */
import { readFileSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root, run } from "../support/project.js";

describe("Biome is red for", () => {
  const cases: [what: string, rule: string, code: string][] = [
    ["any", "lint/suspicious/noExplicitAny", "export const one: any = 1;"],
    ["a value that is only said to exist", "lint/style/noNonNullAssertion", "export const two = [1][0]!;"],
    ["a module of Node without its prefix", "lint/style/useNodejsImportProtocol", 'export { join } from "path";'],
    ["an import that nothing uses", "lint/correctness/noUnusedImports", 'import { sep } from "node:path";'],
    ["a variable that nothing uses", "lint/correctness/noUnusedVariables", "const three = 3;"],
    ["a debugger", "lint/suspicious/noDebugger", "debugger;"],
    ["code that is not formatted", "format", "export   const four = 4"],
  ];
  let found: string[] = [];
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-style-"));
    for (const name of ["biome.jsonc", ".gitignore"]) await cp(join(root, name), join(folder, name));
    for (const [index, [, , code]] of cases.entries())
      await writeFile(join(folder, `case${index}.test.ts`), `${code}\n`);
    const biome = join(root, "node_modules/.bin/biome");
    const { stdout } = await run(biome, ["check", ".", "--reporter=json", "--max-diagnostics=none"], { cwd: folder });
    await rm(folder, { recursive: true });
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: { severity: string; category: string; location: { path: string } }[];
    };
    found = diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ category, location }) => `${location.path} ${category}`);
  });
  it.each(cases.map(([what, rule], index) => [what, rule, index] as const))("%s", (_, rule, index) => {
    expect(found).toContain(`case${index}.test.ts ${rule}`);
  });
});

describe("the prose that people read", () => {
  const { cspell, "markdownlint-cli2": markdown } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  // Loading the dictionaries takes seconds, so only the places are looked at.
  it("has its spelling checked, also in the description and in the comments that editors show", () => {
    expect(cspell.files).toEqual(expect.arrayContaining(["*.md", "docs/**", "openapi/**", "src/**"]));
    expect(cspell.ignorePaths).toBeUndefined();
  });
  it("has its Markdown checked, in every folder of docs/", () => {
    expect(markdown.globs).toEqual(expect.arrayContaining(["*.md", "docs/**/*.md"]));
    expect(markdown.ignores).toBeUndefined();
  });
});
