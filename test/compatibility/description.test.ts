import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Document, parseDocument } from "yaml";
import { readBaseline } from "../../src/release/baseline.js";
import { descriptionChanges } from "../../src/release/description-changes.js";
import { type Impact, largest } from "../../src/release/impact.js";

/** The kind of change, what it asks of the version, and how it is made. */
type DescriptionChange = [name: string, impact: Impact, change: (spec: Document) => void];

const baseline = await readBaseline();
const text = await readFile(baseline.path("openapi.json"), "utf8");

const paths = {
  create: "/v3/{project_id}/instances/{instance_id}/backups",
  delete: "/v3/{project_id}/backups/{backup_id}",
};
const region = ["servers", 0, "variables", "region"];
const request = ["components", "schemas", "CreateManualBackupRequest"];
const response = ["components", "schemas", "CreateManualBackupResponse"];
const links = ["components", "responses", "CreateManualBackupAccepted", "links"];
const busy = ["components", "examples", "error.DBS.200019"];
const errorsOf = (name: string) => ["components", "responses", name, "content", "application/json", "examples"];

const changes: DescriptionChange[] = [
  ["an operation is gone", "major", (spec) => spec.deleteIn(["paths", paths.delete])],
  ["a name may be less long", "major", (spec) => spec.setIn([...request, "properties", "name", "maxLength"], 32)],
  [
    "a request needs one property more",
    "major",
    (spec) => {
      spec.setIn([...request, "properties", "kind"], { type: "string" });
      spec.addIn([...request, "required"], "kind");
    },
  ],
  ["a response may lack what it had", "major", (spec) => spec.deleteIn([...response, "required", 1])],
  [
    "a response may lack a header",
    "major",
    (spec) => spec.setIn(["components", "headers", "XRequestId", "required"], false),
  ],
  ["an error code is another one", "major", (spec) => spec.setIn([...busy, "value", "error_code"], "DBS.200020")],
  [
    "an error code comes with another status",
    "major",
    (spec) => {
      const name = "DBS.201214";
      spec.deleteIn([...errorsOf("DeleteManualBackupBadRequest"), name]);
      spec.setIn([...errorsOf("DeleteManualBackupNotFound"), name], { $ref: `#/components/examples/error.${name}` });
    },
  ],
  ["a region is gone", "major", (spec) => spec.deleteIn([...region, "enum", 3])],
  ["whoever names no region calls another one", "major", (spec) => spec.setIn([...region, "default"], "cn-north-4")],
  ["a link is gone", "major", (spec) => spec.deleteIn([...links, "deleteManualBackup"])],
  ["all links are gone", "major", (spec) => spec.deleteIn(links)],
  ["an error is repeated no more", "minor", (spec) => spec.deleteIn([...busy, "x-transient"])],
  [
    "an error is repeated after another time",
    "minor",
    (spec) => spec.setIn([...busy, "x-transient"], { reason: "busy", wait: 20 }),
  ],
  ["a command has another name", "minor", (spec) => spec.setIn(["paths", paths.create, "post", "x-cli-name"], "make")],
  [
    "a property of a response has only some of its values",
    "minor",
    (spec) => spec.setIn([...response, "properties", "job_id", "enum"], ["one"]),
  ],
  ["a response has no other keys", "minor", (spec) => spec.setIn([...response, "additionalProperties"], false)],
  [
    "a property that a request leaves out has a value",
    "minor",
    (spec) => spec.setIn([...request, "properties", "description", "default"], "Made at night"),
  ],
  [
    "a request may have one property more",
    "minor",
    (spec) => spec.setIn([...request, "properties", "kind"], { type: "string" }),
  ],
  ["a region more", "minor", (spec) => spec.addIn([...region, "enum"], "sa-chile-1")],
  ["a name may be longer", "patch", (spec) => spec.setIn([...request, "properties", "name", "maxLength"], 80)],
  ["another sentence", "patch", (spec) => spec.setIn(["info", "description"], "More.")],
  [
    "another sentence about a link",
    "patch",
    (spec) => spec.setIn([...links, "deleteManualBackup", "description"], "More."),
  ],
  [
    "another sentence about a property of a response",
    "patch",
    (spec) => spec.setIn([...response, "properties", "job_id", "description"], "More."),
  ],
  ["nothing", "none", () => undefined],
];

describe("a change of the description", async () => {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-diff-"));
  afterAll(() => rm(folder, { recursive: true }));

  it.each(changes)("%s: %s", async (name, impact, change) => {
    const spec = parseDocument(text);
    change(spec);
    const file = join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify(spec));
    const found = await descriptionChanges(baseline.path("openapi.json"), file);
    expect(largest(found.map((one) => one.impact))).toBe(impact);
  });
});
