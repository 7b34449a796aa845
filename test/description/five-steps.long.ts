/** Follows the five steps of CONTRIBUTING.md in a copy of the whole project, as somebody does who adds an endpoint. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { describeEndpoint, transcribeEndpoint } from "../support/added-endpoint.js";
import { copyWholeProject, editIn, run } from "../support/project.js";

const folder = await copyWholeProject();
afterAll(() => rm(folder, { recursive: true }));
const write = (name: string, text: string) => writeFile(join(folder, name), text);
const edit = (name: string, change: (text: string) => string) => editIn(folder, name, change);

async function succeed(command: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, {
    cwd: folder,
    env: { TEST_ALL: undefined, VITEST: undefined },
  });
  expect(code, `${[command, ...args].join(" ")}: ${stdout}${stderr}`).toBe(0);
  return stdout;
}
const script = (name: string) => succeed("npm", "run", "--silent", name);
const vitest = (...names: string[]) =>
  succeed(process.execPath, join("node_modules", "vitest", "vitest.mjs"), "run", ...names);
/** It adds the same endpoint in a copy of its own, and takes a third of the time. */
const withoutThird = ["--exclude", "**/third-endpoint.test.ts"];

it("five steps add an endpoint, and then the tests are green", async () => {
  await describeEndpoint(write, edit);
  await script("generate");
  await expect(vitest("test/description/facts", "test/description/sentences")).rejects.toThrow("listManualBackups");
  await transcribeEndpoint(write, edit);
  await vitest("test/description/facts", "test/description/sentences");
  await write(".changeset/brave-lists-shine.md", '---\n"geminidb-backup": minor\n---\n\n`listManualBackups`.\n');
  await script("api");

  // What `npm test` does. Of the tests, those of the rooms that know most of an operation: all of them take minutes.
  for (const name of ["check", "site", "lint", "typecheck"]) await script(name);
  await vitest("test/description/", "test/compatibility/", "test/site/page", "test/site/guides", ...withoutThird);
}, 600_000);
