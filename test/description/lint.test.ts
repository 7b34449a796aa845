import { beforeAll, expect, it } from "vitest";
import { quietEnvironment, redoclyProgram } from "../../src/tools/redocly.js";
import { copyProject, run } from "../support/project.js";

/** A rule that lint has to keep, and what breaks it: a file, a piece of its text, and what takes its place. */
type Case = readonly [rule: string, file: string, from: string | RegExp, to: string];

/** Each breaks one rule, at a place of its own. */
const cases: Case[] = [
  ["rule/operation-id-is-verb-and-resource", "paths/backup.yaml", "deleteManualBackup", "Delete_Manual_Backup"],
  ["rule/parameter-has-an-example", "parameters/BackupId.yaml", /^example: .*\n/m, ""],
  ["rule/request-body-has-examples", "paths/instance-backups.yaml", /^ {8}examples:\n(?: {10}.*\n)+/m, ""],
  ["rule/response-has-examples", "responses/GatewayTimeout.yaml", /^ {4}examples:\n(?: {6}.*\n)+/m, ""],
  ["rule/operation-is-tagged-once", "paths/backup.yaml", "tags: [Backups]", "tags: [Backups, Jobs]"],
  ["operation-description", "paths/instance-backups.yaml", "description: |", "x-description: |"],
  ["parameter-description", "parameters/InstanceId.yaml", /^description: .*\n/m, ""],
  ["tag-description", "openapi.yaml", /(?<=- name: Backups\n) +description: .*\n/, ""],
  ["no-invalid-parameter-examples", "parameters/ProjectId.yaml", /^example: .*$/m, "example: 5"],
  ["no-invalid-schema-examples", "headers/XRequestId.yaml", "type: string", "type: string\n  examples: [5]"],
  ["no-invalid-media-type-examples", "examples/error.APIGW.0101.yaml", /error_code: .*/, "error_code: 5"],
  ["no-ambiguous-paths", "openapi.yaml", "\npaths:\n", "\npaths:\n  /v3/{one}/instances/{two}/backups: {}\n"],
  ["spec-strict-refs", "openapi.yaml", "\npaths:\n", "\npaths:\n  /v3: { get: { $ref: paths/backup.yaml#/delete } }\n"],
  ["struct", "workflow.arazzo.yaml", "type: openapi", "type: soap"],
];

interface Report {
  problems: { ruleId: string; severity: string; location: { source: { ref: string } }[] }[];
}

/** What `npm run lint` says of a description that breaks every rule: each rule, and where. */
let problems: string[] = [];
beforeAll(async () => {
  await using project = await copyProject();
  for (const [, file, from, to] of cases) await project.edit(`openapi/${file}`, (text) => text.replace(from, to));
  const { scripts } = JSON.parse(await project.read("package.json"));
  const [command = ""] = scripts.lint.split(" && ");
  const args = [redoclyProgram, ...command.split(" ").slice(1), "--format=json", "--max-problems=1000"];
  const { stdout } = await run(process.execPath, args, { cwd: project.folder, env: quietEnvironment });
  // There is a report for each description, without a line break between them.
  const reports = stdout.split(/(?<=^\})(?=\{$)/m).map((text) => JSON.parse(text) as Report);
  problems = reports.flatMap((report) =>
    report.problems
      .filter(({ severity }) => severity === "error")
      .map(({ ruleId, location: [at] }) => `${ruleId} in ${at?.source.ref}`),
  );
});

it.each(cases)("lint is red where %s is broken, as by openapi/%s", (rule, file) => {
  expect(problems).toContain(`${rule} in openapi/${file}`);
});
