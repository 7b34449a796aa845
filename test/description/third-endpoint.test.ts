import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { generate, write } from "../../src/generate/generate.js";
import { redoclyIn } from "../../src/redocly.js";
import { copyProject, root, run } from "../support/project.js";

/** CONTRIBUTING.md tells how to add an endpoint: the file of its path, and the lines of its address. */
const [list = "", address = ""] = blocksOf(readFileSync(join(root, "CONTRIBUTING.md"), "utf8"));

/** The blocks of YAML in a text, without the space that indents them in a list. */
function blocksOf(text: string): string[] {
  const blocks = text.split("```yaml\n").slice(1);
  return blocks.map((block) => dedent(block.split("```")[0] ?? ""));
}

function dedent(block: string): string {
  const lines = block.trimEnd().split("\n");
  const indent = /^ */.exec(lines[0] ?? "")?.[0].length ?? 0;
  return lines.map((line) => `${line.slice(indent)}\n`).join("");
}

const rename = `patch:
  operationId: renameManualBackup
  tags: [Backups]
  summary: Rename a manual backup
  description: An operation that only this test knows.
  parameters:
    - $ref: ../parameters/ProjectId.yaml
    - $ref: ../parameters/BackupId.yaml
  requestBody:
    required: true
    content:
      application/json:
        schema:
          type: object
          required: [name]
          additionalProperties: false
          properties:
            name: { type: string, minLength: 4, description: The new name. }
            key_phrase: { type: string, format: password, description: Protects the name. }
        examples:
          plain: { summary: Another name, value: { name: weekly } }
  responses:
    '204':
      description: Renamed.
    '400':
      $ref: ../responses/DeleteManualBackupBadRequest.yaml
    '401':
      $ref: ../responses/Unauthorized.yaml
`;

const use = `
import { createClient, ValidationError } from "geminidb-backup";
import { startMock } from "geminidb-backup/mock";
const mock = await startMock();
const client = createClient({ baseUrl: mock.url, project_id: "p", auth: "a-token" });
const { total }: { total: number } = await client.listManualBackups({ limit: 5 });
// @ts-expect-error the spec says integer
const wrong = await client.listManualBackups({ limit: "5" }).catch((error: unknown) => error);
const nothing: undefined = await client.renameManualBackup({ backup_id: "b", name: "weekly" });
const refused = await client.listManualBackups({ limit: 101 }).catch((error: unknown) => error);
console.log(JSON.stringify({ total, nothing: String(nothing), wrong: ValidationError.is(wrong), refused: ValidationError.is(refused) && refused.issues, sent: mock.requests.map(({ method, path, violations }) => [method, path, violations.length]) }));
const huge = await fetch(mock.url + "/v3/p/backups/b", {
  method: "PATCH",
  headers: { "x-auth-token": "any", "content-type": "application/json" },
  body: JSON.stringify({ name: "x".repeat(13 * 2 ** 20) }),
});
console.error(huge.status, (await huge.json() as { detail: string }).detail);
await mock.close();
`;

/** A request body that is no plain object reaches the command as a whole. */
const tag = `post:
  operationId: tagManualBackup
  tags: [Backups]
  summary: Tag a manual backup
  description: An operation that only this test knows.
  parameters:
    - $ref: ../parameters/ProjectId.yaml
    - $ref: ../parameters/BackupId.yaml
  requestBody:
    required: true
    content:
      application/json:
        schema:
          type: array
          items: { type: string, description: A tag. }
        examples:
          plain: { summary: Two tags, value: [one, two] }
  responses:
    '204':
      description: Tagged.
    '400':
      $ref: ../responses/DeleteManualBackupBadRequest.yaml
    '401':
      $ref: ../responses/Unauthorized.yaml
`;

it("costs YAML only: it appears in client, types, mock, docs and checks", async () => {
  await using project = await copyProject();
  await project.write("openapi/paths/backups.yaml", list);
  await project.edit("openapi/paths/backup.yaml", (text) => text + rename + tag);
  await project.edit("openapi/openapi.yaml", (text) =>
    text.replace("\ncomponents:\n", `\n${address.replace(/^/gm, "  ").trimEnd()}\ncomponents:\n`),
  );
  await redoclyIn(project.folder, "lint", "--lint-config=error");
  await write(project.folder, await generate(project.folder));
  const built = await project.tsx("src/site/build.ts");
  expect(built.stdout, built.stderr).toMatch(/dist\/docs/);
  const page = await project.read("dist/docs/index.html");
  for (const word of ["listManualBackups", "renameManualBackup", "List manual backups"]) expect(page).toContain(word);
  expect(await project.read("generated/reference.md")).toContain("GET /v3/{project_id}/backups");

  const dryRun = async (...args: string[]) => {
    const target = ["--project-id", "p", "--base-url", "http://127.0.0.1:9", "--dry-run"];
    const { code, stdout, stderr } = await project.tsx("src/cli/index.ts", ...args, ...target);
    if (code !== 0) return stderr;
    return args.includes("--output=text") ? stdout : JSON.parse(stdout);
  };
  expect(await dryRun("list-manual-backups", "--limit", "5")).toMatchObject({
    method: "GET",
    url: "http://127.0.0.1:9/v3/p/backups?limit=5",
    body: null,
  });
  expect(await dryRun("rename-manual-backup", "--backup-id", "b", "--name", "weekly")).toMatchObject({
    method: "PATCH",
    body: { name: "weekly" },
  });
  const withPassword = JSON.stringify({ name: "weekly", key_phrase: "planted" });
  for (const output of ["json", "text"]) {
    const shown = await dryRun("rename-manual-backup", "--backup-id=b", `--body=${withPassword}`, `--output=${output}`);
    expect(JSON.stringify(shown)).toMatch(/key_phrase.*\[redacted\]/);
    expect(JSON.stringify(shown)).not.toContain("planted");
  }
  expect(await dryRun("tag-manual-backup", "--backup-id", "b", "--body", '["one"]')).toMatchObject({ body: ["one"] });
  expect(await dryRun("list-manual-backups", "--limit", "101")).toContain("--limit must be at most 100");
  const help = await project.tsx("src/cli/index.ts", "list-manual-backups", "--help");
  expect(help.stdout).toMatch(/--limit N +How many at the most\. 1 to 100\./);

  // The package is read from its sources, so that it need not be built: one look by the compiler covers it and its use.
  await project.edit("tsconfig.json", (text) =>
    text
      .replace('"include": ["src", "test", "docs/samples"]', '"files": ["use.ts"]')
      .replace(
        '"noEmit": true,',
        '"noEmit": true, "paths": { "geminidb-backup": ["./src/client/index.ts"], "geminidb-backup/mock": ["./src/mock/index.ts"] },',
      ),
  );
  await project.write("use.ts", use);
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const compiled = await run(process.execPath, [tsc, "-p", "tsconfig.json"], { cwd: project.folder });
  expect(compiled).toMatchObject({ code: 0, stdout: "" });
  const { stdout, stderr } = await project.tsx("use.ts");
  // It documents no 413: the mock says so, loudly, and does not answer as if all were well.
  expect(stderr.trim()).toBe("500 the description has no failure 413 of renameManualBackup");
  expect(JSON.parse(stdout)).toEqual({
    total: 0,
    nothing: "undefined",
    wrong: true,
    refused: [{ path: "limit", keyword: "maximum", message: "must be at most 100" }],
    sent: [
      ["GET", "/v3/p/backups?limit=5", 0],
      ["PATCH", "/v3/p/backups/b", 0],
    ],
  });
  // A lint, a page, two compilers and six commands take minutes on a busy machine.
}, 300_000);
