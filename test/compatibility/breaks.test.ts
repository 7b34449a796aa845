import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readBaseline } from "../../src/release/baseline.js";
import { brokenTypes } from "../../src/release/broken-types.js";
import { removedFromCommand } from "../../src/release/command.js";
import { changesSince, judge, unannouncedBreaks } from "../../src/release/compatibility.js";
import { descriptionChanges, largest } from "../../src/release/rating.js";

const baseline = await readBaseline();
const released = (name: string) => readFile(baseline.path(name), "utf8");

describe("since the last release", () => {
  it("nothing breaks a caller that no changeset announces as a major version", async () => {
    expect(await unannouncedBreaks()).toEqual([]);
  });

  it("every change is rated", async () => {
    for (const { impact, message } of await changesSince(baseline)) {
      expect(["patch", "minor", "major"]).toContain(impact);
      expect(message).not.toBe("");
    }
  });
});

describe("a breaking change", () => {
  const changes = [
    { impact: "patch", message: "a typo" },
    { impact: "major", message: "the method is gone" },
  ] as const;
  it("is refused as a minor version and a patch, and without a changeset", () => {
    for (const bump of ["none", "patch", "minor"] as const)
      expect(judge(changes, bump)).toEqual(["the method is gone"]);
  });
  it("is allowed in a major version", () => {
    expect(judge(changes, "major")).toEqual([]);
  });
});

describe("a change of the description", async () => {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-diff-"));
  afterAll(() => rm(folder, { recursive: true }));
  const text = await released("openapi.json");

  it.each([
    ["an operation is gone", "major", (spec: Description) => delete spec.paths["/v3/{project_id}/backups/{backup_id}"]],
    [
      "a name may be less long",
      "major",
      ({ components }: Description) => {
        property(components, "CreateManualBackupRequest", "name").maxLength = 32;
      },
    ],
    [
      "a request needs one property more",
      "major",
      ({ components }: Description) => {
        const schema = schemaOf(components, "CreateManualBackupRequest");
        schema.properties.kind = { type: "string" };
        schema.required.push("kind");
      },
    ],
    [
      "a response may lack what it had",
      "major",
      ({ components }: Description) => {
        schemaOf(components, "CreateManualBackupResponse").required.pop();
      },
    ],
    [
      "a request may have one property more",
      "minor",
      ({ components }: Description) => {
        schemaOf(components, "CreateManualBackupRequest").properties.kind = { type: "string" };
      },
    ],
    [
      "a name may be longer",
      "patch",
      ({ components }: Description) => {
        property(components, "CreateManualBackupRequest", "name").maxLength = 80;
      },
    ],
    [
      "another sentence",
      "patch",
      ({ info }: Description) => {
        info.description += " And more.";
      },
    ],
    ["nothing", "none", () => undefined],
  ] as const)("%s: %s", async (name, impact, change) => {
    const spec = JSON.parse(text) as Description;
    change(spec);
    const file = join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify(spec));
    const changes = await descriptionChanges(baseline.path("openapi.json"), file);
    expect(largest(changes.map((one) => one.impact))).toBe(impact);
  });
});

describe("a change of the public types", () => {
  it.each([
    ["a region is gone", "index", ' | "eu-west-101"', "", 'Region has no "eu-west-101" any more.'],
    [
      "an option is gone",
      "index",
      "allowInsecure?: boolean | undefined;",
      "",
      "ClientOptions has no member allowInsecure any more.",
    ],
    [
      "an option is required",
      "index",
      "allowInsecure?: boolean",
      "allowInsecure: boolean",
      "ClientOptions requires the member allowInsecure.",
    ],
    [
      "a function is not exported",
      "index",
      "export declare function isGone",
      "declare function isGone",
      "isGone is no longer exported.",
    ],
    [
      "an error says less",
      "index",
      "readonly retryable: boolean;",
      "",
      "ApiError cannot be used in each place where it could.",
    ],
    [
      "a response may lack its ID",
      "index",
      "job_id: string",
      "job_id?: string",
      "ProjectClient has another type of createManualBackup.",
    ],
    [
      "a record says less",
      "mock",
      "readonly bodySize: number;",
      "",
      "RecordedRequest has no member bodySize any more.",
    ],
    [
      "a reply needs more",
      "mock",
      "readonly html?: boolean",
      "readonly html: boolean",
      "Reply requires the member html.",
    ],
  ])("is refused: %s", async (_, entry, from, to, sentence) => {
    expect(brokenTypes(entry, ...(await changed(entry, from, to)))).toContain(`${entry}: ${sentence}`);
  });

  it.each([
    ["nothing", "mock", "", ""],
    ["one region more", "index", ' | "eu-west-101"', ' | "eu-west-101" | "eu-west-102"'],
    ["one option more", "index", "allowInsecure?: boolean", "more?: boolean; allowInsecure?: boolean"],
    ["a record says more", "mock", "readonly bodySize: number;", "readonly bodySize: number; readonly more: number;"],
  ])("is allowed: %s", async (_, entry, from, to) => {
    expect(brokenTypes(entry, ...(await changed(entry, from, to)))).toEqual([]);
  });
});

describe("a change of the command", () => {
  it("is refused where a flag or a command is gone, and allowed where there is one more", async () => {
    const before = await released("command.txt");
    expect(removedFromCommand(before, before.replace("  --quota N ", "  --limit N "))).toEqual([
      "geminidb-backup: the help no longer names `--quota`.",
    ]);
    expect(removedFromCommand(before, before.replace("  mock ", "  serve "))).toEqual([
      "geminidb-backup: the help no longer names `mock`.",
    ]);
    expect(removedFromCommand(before, before.replace("  --quota N ", "  --quota N, --more "))).toEqual([]);
  });
});

interface Schema {
  required: string[];
  properties: Record<string, { type?: string; maxLength?: number }>;
}
interface Description {
  info: { description: string };
  paths: Record<string, unknown>;
  components: { schemas: Record<string, Schema> };
}

function schemaOf({ schemas }: Description["components"], name: string): Schema {
  const schema = schemas[name];
  if (schema === undefined) throw new Error(`The last release has no schema ${name}.`);
  return schema;
}

function property(components: Description["components"], name: string, key: string): Schema["properties"][string] {
  const found = schemaOf(components, name).properties[key];
  if (found === undefined) throw new Error(`${name} of the last release has no property ${key}.`);
  return found;
}

/** The types of the last release, and the same with a change. */
async function changed(entry: string, from: string, to: string): Promise<[before: string, now: string]> {
  const before = await released(`${entry}.d.ts`);
  if (!before.includes(from)) throw new Error(`The types of the last release do not have ${from}`);
  return [before, before.replace(from, to)];
}
