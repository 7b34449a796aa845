import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { generate, write } from "../../src/generate/generate.js";
import { redoclyIn } from "../../src/tools/redocly.js";
import { describeEndpoint, transcribeEndpoint } from "../support/added-endpoint.js";
import { copyProject, root, run } from "../support/project.js";

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
const kind = ["Auto", "Manual"] as const;
const tagged: undefined = await client.tagManualBackup({ backup_id: "b", "X-Source": "s", kind, body: ["one"] });
const { tags } = await client.showBackupPolicy();
const dropped: undefined = await client.deleteBackupPolicy();
mock.respond("probeBackupPolicy", { status: 404 });
const { status } = await client.probeBackupPolicy({ project_id: "p" }).catch((error) => error);
const noted: undefined[] = [await client.noteManualBackup({ backup_id: "b" }), await client.noteManualBackup({ backup_id: "b", body: { by: "me" } })];
// @ts-expect-error the body and the header are mandatory
const untagged = await client.tagManualBackup({ backup_id: "b" }).catch((error: unknown) => error);
const refused = await client.listManualBackups({ limit: 101 }).catch((error: unknown) => error);
console.log(JSON.stringify({ total, tags, status, nothing: String(nothing ?? tagged ?? dropped ?? noted[0]), untagged: ValidationError.is(untagged) && untagged.issues.map(({ path }) => path), wrong: ValidationError.is(wrong), refused: ValidationError.is(refused) && refused.issues, sent: mock.requests.map(({ method, path, violations }) => [method, path, violations.length]) }));
const huge = await fetch(mock.url + "/v3/p/backups/b", {
  method: "PATCH",
  headers: { "x-auth-token": "any", "content-type": "application/json" },
  body: JSON.stringify({ name: "x".repeat(13 * 2 ** 20) }),
});
console.error(huge.status, (await huge.json() as { detail: string }).detail);
await mock.close();
`;

/** A request body that is not a plain object is taken as a whole. Parameters may be headers, or lists in the query. */
const tag = `post:
  operationId: tagManualBackup
  tags: [Backups]
  summary: Tag a manual backup
  description: An operation that only this test knows.
  parameters:
    - $ref: ../parameters/ProjectId.yaml
    - $ref: ../parameters/BackupId.yaml
    - { name: X-Source, in: header, required: true, description: Who asks., schema: { type: string }, example: a-script }
    - name: kind
      in: query
      description: Which kinds.
      schema: { type: array, minItems: 2, items: { type: string, enum: [Auto, Manual] } }
      example: [Auto, Manual]
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

/** One that may be left out. Its media type is JSON all the same. */
const note = `put:
  operationId: noteManualBackup
  tags: [Backups]
  summary: Note something about a manual backup
  description: An operation that only this test knows.
  parameters:
    - $ref: ../parameters/ProjectId.yaml
    - $ref: ../parameters/BackupId.yaml
  requestBody:
    content:
      application/merge-patch+json:
        schema:
          type: object
          additionalProperties: { type: string, description: A note. }
        examples:
          plain: { summary: A note, value: { by: me } }
  responses:
    '204':
      description: Noted.
    '400':
      $ref: ../responses/DeleteManualBackupBadRequest.yaml
    '401':
      $ref: ../responses/Unauthorized.yaml
`;

/** A path beside one with a parameter in its place; optional parameters alone; a map, and alternatives; failures without a body. */
const policy = `parameters:
  - $ref: ../parameters/ProjectId.yaml
get:
  operationId: showBackupPolicy
  tags: [Backups]
  summary: Show the backup policy
  description: An operation that only this test knows.
  parameters:
    - name: since
      in: query
      description: Since when.
      schema: { type: string, pattern: '^[0-9-]+$', description: 'The day: digits and hyphens only.' }
      example: '2026-01-01'
  responses:
    '200':
      description: The policy.
      headers:
        ETag: { description: Its version., schema: { type: string }, example: '"1"' }
      content:
        application/json:
          schema:
            type: object
            required: [tags]
            properties:
              keep_days:
                description: How long.
                anyOf: [{ type: integer, minimum: 1 }, { type: 'null' }]
              tags:
                description: Its tags.
                type: object
                additionalProperties: { type: string, maxLength: 9, description: The value of a tag. }
              target:
                description: Where to.
                oneOf:
                  - type: object
                    required: [bucket]
                    properties:
                      bucket: { type: string, description: A bucket. }
                  - type: 'null'
          examples:
            plain: { summary: A policy, value: { keep_days: 7, tags: { a: b }, target: { bucket: x } } }
    '400':
      $ref: ../responses/DeleteManualBackupBadRequest.yaml
    '401':
      $ref: ../responses/Unauthorized.yaml
delete:
  operationId: deleteBackupPolicy
  tags: [Backups]
  summary: Delete the backup policy
  description: An operation that only this test knows.
  responses:
    '204':
      description: Deleted.
    '400':
      $ref: ../responses/DeleteManualBackupBadRequest.yaml
    '401':
      $ref: ../responses/Unauthorized.yaml
head:
  operationId: probeBackupPolicy
  tags: [Backups]
  summary: Probe the backup policy
  description: An operation that only this test knows.
  responses:
    '204':
      description: There is one.
    '404':
      description: There is none.
`;

/** Runs the checks of the description, and the requests of the judges against the shipped validators. */
const check = `
import fc from "fast-check";
import { validators } from "./generated/validators.js";
import { checks, description, descriptionOf } from "./test/support/description.js";
import { brokenRules, operations, sound, unsound } from "./test/support/operations.js";
const { bundle, files } = description;
const known = { ...bundle.paths["/v3/{project_id}/backups/{backup_id}"], patch: undefined, post: undefined, put: undefined };
const paths = { ...bundle.paths, "/v3/{project_id}/backups/{backup_id}": JSON.parse(JSON.stringify(known)) };
delete paths["/v3/{project_id}/backups/policy"];
const documented = descriptionOf(files, { ...bundle, paths });
for (const check of Object.values(checks)) for (const fault of check(documented)) console.log(fault);
const judged = operations.find(({ operationId }) => operationId === "listManualBackups");
const takes = ({ parameters, body }) => validators.listManualBackups.input({ ...parameters, ...body });
for (const request of fc.sample(sound(judged), 20)) if (!takes(request)) console.log("refused", request);
for (const rule of brokenRules(judged))
  for (const request of fc.sample(unsound(judged, rule), 20)) if (takes(request)) console.log("taken", rule.rule, request);
console.log(brokenRules(judged).length, "rules");
`;

it("costs YAML only: it appears in client, types, mock, docs and checks", async () => {
  await using project = await copyProject();
  await describeEndpoint(project.write, project.edit);
  await project.edit("openapi/paths/backup.yaml", (text) => text + rename + tag + note);
  await project.write("openapi/paths/policy.yaml", policy);
  await project.edit("openapi/openapi.yaml", (text) =>
    text.replace("\ncomponents:\n", "\n  /v3/{project_id}/backups/policy:\n    $ref: paths/policy.yaml\ncomponents:\n"),
  );
  await redoclyIn(project.folder, "lint", "--lint-config=error");
  await write(project.folder, await generate(project.folder));
  await transcribe(project);
  const checked = await project.tsx("check.mts");
  expect(checked.stdout, checked.stderr).toBe("3 rules\n");

  const built = await project.tsx("src/site/build.ts");
  expect(built.stdout, built.stderr).toMatch(/dist\/docs/);
  const page = await project.read("dist/docs/index.html");
  for (const word of ["listManualBackups", "renameManualBackup", "List manual backups"]) expect(page).toContain(word);
  const reference = await project.read("generated/reference.md");
  expect(reference).toContain("GET /v3/{project_id}/backups");
  for (const text of [
    "The day: digits and hyphens only",
    "| `keep_days`     | integer or null, at least 1 | no ",
    "| `tags.*`        | string, at most 9 characters | no ",
    "| `target.bucket` | string                       | yes ",
  ])
    expect(reference.replace(/ +\|/g, " |").replace(/-+/g, "-")).toContain(
      text.replace(/ +\|/g, " |").replace(/-+/g, "-"),
    );
  // A list as the client and the command take it.
  expect(reference).toContain('| `["Auto","Manual"]` ');

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
  expect(await dryRun("tag-manual-backup", "--backup-id", "b", "--x-source", "s", "--body", '["one"]')).toMatchObject({
    body: ["one"],
    headers: { "x-source": "s" },
  });
  expect(await dryRun("tag-manual-backup", "--backup-id", "b")).toMatch(/--x-source is missing; --body is missing/);
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
    tags: { a: "b" },
    status: 404,
    nothing: "undefined",
    untagged: ["X-Source", "body"],
    wrong: true,
    refused: [{ path: "limit", keyword: "maximum", message: "must be at most 100" }],
    sent: [
      ["GET", "/v3/p/backups?limit=5", 0],
      ["PATCH", "/v3/p/backups/b", 0],
      ["POST", "/v3/p/backups/b?kind=Auto&kind=Manual", 0],
      ["GET", "/v3/p/backups/policy", 0],
      ["DELETE", "/v3/p/backups/policy", 0],
      ["HEAD", "/v3/p/backups/policy", 0],
      ["PUT", "/v3/p/backups/b", 0],
      ["PUT", "/v3/p/backups/b", 0],
    ],
  });
  // A lint, a page, two compilers and six commands take minutes on a busy machine.
}, 300_000);

/** The fourth step, unless somebody tries it: then it is done already. The operations that only this test knows are in no document, and the checks leave them out. */
async function transcribe(project: Awaited<ReturnType<typeof copyProject>>): Promise<void> {
  for (const folder of ["support", "transcript"])
    await cp(join(root, "test", folder), join(project.folder, "test", folder), { recursive: true });
  await project.write("check.mts", check);
  if (existsSync(join(root, "test/transcript/listing-manual-backups.yaml"))) return;
  await transcribeEndpoint(project.write, project.edit);
}
