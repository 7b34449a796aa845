/**
 * Changes facts as a maintainer does, by hand in openapi/ and in test/transcript/ only, and with a changeset, in a copy of the
 * whole project. All other files must follow by generation, and all tests must be green: none of them may hold the old fact.
 */
import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyWholeProject, editIn, run } from "../support/project.js";

const folder = await copyWholeProject();
afterAll(() => rm(folder, { recursive: true }));
const edit = (name: string, from: string, to: string) => editIn(folder, name, (text) => text.replace(from, to));
const script = (...args: string[]) => run("npm", ["run", "--silent", ...args], { cwd: folder });

beforeAll(async () => {
  // A longer name.
  await edit("openapi/schemas/CreateManualBackupRequest.yaml", "maxLength: 64", "maxLength: 80");
  await edit("test/transcript/creating-a-manual-backup.yaml", "most: 64", "most: 80");

  // A new region.
  await edit("openapi/openapi.yaml", "          - sa-brazil-1\n", "          - sa-brazil-1\n          - sa-chile-1\n");
  await edit("test/transcript/beyond.yaml", "        sa-brazil-1,\n", "        sa-brazil-1,\n        sa-chile-1,\n");

  // A new error code.
  await addErrorCode();

  // Callers notice such changes.
  await writeFile(join(folder, ".changeset/facts.md"), '---\n"geminidb-backup": minor\n---\n\nNames may be longer.\n');
});

async function addErrorCode(): Promise<void> {
  const known = "openapi/examples/error.DBS.280347.yaml";
  const added = "openapi/examples/error.DBS.280348.yaml";
  await cp(join(folder, known), join(folder, added));
  await editIn(folder, added, () =>
    [
      'summary: "The backup is too large."',
      'description: "Back up fewer tables."',
      "value:",
      "  error_code: DBS.280348",
      '  error_msg: "Too large a backup."\n',
    ].join("\n"),
  );
  const reference = "      DBS.280347:\n        $ref: ../examples/error.DBS.280347.yaml\n";
  const another = reference.replaceAll("DBS.280347", "DBS.280348");
  await edit("openapi/responses/CreateManualBackupBadRequest.yaml", reference, reference + another);
  const row = "400\tDBS.280347\tUnsupported database type.\tcreate\t\n";
  await edit("test/transcript/error-codes.tsv", row, `${row}400\tDBS.280348\tToo large a backup.\tcreate\t\n`);
  await editIn(folder, "test/transcript/sentences.yaml", (text) =>
    [
      text.trimEnd(),
      "- at: code DBS.280348/summary",
      "  says:",
      '    - E7: "The backup is too large."',
      "- at: code DBS.280348/description",
      "  says:",
      '    - E7: "Back up fewer tables."\n',
    ].join("\n"),
  );
}

it("a limit, a region and an error code cost a line in openapi/ and one in the transcript each", async () => {
  for (const name of ["generate", "api", "lint", "typecheck"]) {
    const { code, stdout, stderr } = await script(name);
    expect(code, `${name}: ${stdout}${stderr}`).toBe(0);
  }
  const built = await run(process.execPath, ["--import", "tsx", "src/site/build.ts"], { cwd: folder });
  expect(built.code, built.stderr).toBe(0);
  const report = await run(
    process.execPath,
    // Other folders hold no facts, and take long.
    [
      join("node_modules", "vitest", "vitest.mjs"),
      "run",
      ...["client", "cli", "mock", "description", "compatibility"].map((room) => `test/${room}/`),
      "test/site/page",
      "test/site/guides",
    ],
    { cwd: folder, env: { TEST_ALL: undefined, VITEST: undefined }, timeout: 1_200_000 },
  );
  expect(report.code, report.stdout + report.stderr).toBe(0);
}, 1_500_000);
