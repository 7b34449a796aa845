import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBaseline } from "../../src/release/baseline.js";
import { brokenTypes } from "../../src/release/broken-types.js";
import { unannounced } from "../../src/release/compatibility.js";
import { descriptionChanges, largest } from "../../src/release/rating.js";

const baseline = await readBaseline();
const released = (name: string) => readFile(baseline.path(name), "utf8");

describe("a breaking change", () => {
  const changes = [
    { impact: "patch", message: "a typo" },
    { impact: "major", message: "the method is gone" },
  ] as const;
  it("is refused as a minor version and a patch, and without a changeset", () => {
    for (const bump of ["none", "patch", "minor"] as const)
      expect(unannounced(changes, bump)).toEqual(["the method is gone"]);
  });
  it("is allowed in a major version", () => {
    expect(unannounced(changes, "major")).toEqual([]);
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
      "an error code is another one",
      "major",
      ({ components }: Description) => {
        busy(components).value.error_code = "DBS.200020";
      },
    ],
    [
      "an error is repeated no more",
      "minor",
      ({ components }: Description) => {
        delete busy(components)["x-transient"];
      },
    ],
    [
      "an error is repeated after another time",
      "minor",
      ({ components }: Description) => {
        busy(components)["x-transient"] = { reason: "busy", wait: 20 };
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
  const refused: TypeChange[] = [
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
      "ApiError no longer fits everywhere it did before.",
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
      "a method takes less",
      "mock",
      "respond(operationId: OperationId, ",
      'respond(operationId: "createManualBackup", ',
      "Mock has another type of respond.",
    ],
    [
      "a method of what callers may bring takes less",
      "rotate",
      "write(text: string)",
      "write(text: string & { readonly brand: true })",
      "RotationStore has another type of write.",
    ],
    [
      "what callers bring is given more kinds of values",
      "index",
      "body: string | null;",
      "body: string | Uint8Array | null;",
      "ClientOptions has another type of auth.",
    ],
    [
      "what callers bring is given another type",
      "index",
      "    method: string;\n    url: string;\n    /** The headers of the request, without",
      "    method: string;\n    url: string | URL;\n    /** The headers of the request, without",
      "ClientOptions has another type of auth.",
    ],
    [
      "a reply needs more",
      "mock",
      "readonly html?: boolean",
      "readonly html: boolean",
      "Reply requires the member html.",
    ],
    [
      "a function takes no options any more",
      "mock",
      "createMock(options?: MockOptions)",
      "createMock()",
      "createMock no longer takes what it took.",
    ],
    [
      "an asynchronous function takes no options any more",
      "mock",
      "startMock(options?: ServerOptions)",
      "startMock()",
      "startMock no longer takes what it took.",
    ],
    [
      "credentials take no options any more",
      "index",
      "instanceCredentials(options?: InstanceCredentialsOptions)",
      "instanceCredentials()",
      "instanceCredentials no longer takes what it took.",
    ],
    [
      "an argument must be given",
      "index",
      "fromEnvironment(env?: Environment)",
      "fromEnvironment(env: Environment | undefined)",
      "fromEnvironment no longer takes what it took.",
    ],
    [
      "the methods take no options any more",
      "index",
      /, options\?: CallOptions\)/g,
      ")",
      "ProjectClient has another type of createManualBackup.",
    ],
    [
      "a generic function needs one argument more",
      "index",
      "NoOtherThan<ClientOptions, Options>): Client",
      "NoOtherThan<ClientOptions, Options>, more: string): Client",
      "createClient no longer takes what it took.",
    ],
    [
      "a function of a record takes less",
      "mock",
      "input: string | URL | Request, init?: RequestInit",
      "input: string | URL | Request",
      "Mock has another type of fetch.",
    ],
    [
      "what callers bring is given a function that takes less",
      "index",
      "fetch: (url: string, init?: RequestInit)",
      "fetch: (url: string)",
      "TokenContext has another type of fetch.",
    ],
    [
      "a method takes one in place of several",
      "mock",
      "...replies: Reply[]",
      "reply: Reply",
      "Mock has another type of respond.",
    ],
    [
      "a rotation cannot be ended any more",
      "rotate",
      /signal\?: AbortSignal \| undefined;/g,
      "",
      "RotateOptions has no member signal any more.",
    ],
    [
      "the constructor of an error needs more",
      "index",
      "context: ErrorContext & {\n        status: number;",
      "context: ErrorContext & {\n        more: number;\n        status: number;",
      "UnexpectedResponseError no longer takes what it took.",
    ],
    [
      "the constructor of an error takes less",
      "index",
      "constructor(message: string, context?: ErrorContext);",
      "constructor(message: string);",
      "GeminiDBError no longer takes what it took.",
    ],
    [
      "the constructor of an error knows one property less",
      "index",
      /(interface ErrorContext \{[^}]*?)outcome\?: Outcome[^;]*;/,
      "$1",
      "GeminiDBError no longer takes what it took.",
    ],
  ];
  const allowed: TypeChange[] = [
    ["nothing", "index", "", ""],
    ["nothing", "mock", "", ""],
    ["nothing", "rotate", "", ""],
    [
      "a method takes more",
      "mock",
      "respond(operationId: OperationId, ",
      "respond(operationId: OperationId | symbol, ",
    ],
    ["one region more", "index", ' | "eu-west-101"', ' | "eu-west-101" | "eu-west-102"'],
    ["one option more", "index", "allowInsecure?: boolean", "more?: boolean; allowInsecure?: boolean"],
    ["a record says more", "mock", "readonly bodySize: number;", "readonly bodySize: number; readonly more: number;"],
    [
      "a function takes more",
      "mock",
      "createMock(options?: MockOptions)",
      "createMock(options?: MockOptions | string)",
    ],
    [
      "a function may be given one argument more",
      "mock",
      "createMock(options?: MockOptions)",
      "createMock(options?: MockOptions, more?: string)",
    ],
    [
      "a generic function may be given one argument more",
      "index",
      "NoOtherThan<ClientOptions, Options>): Client",
      "NoOtherThan<ClientOptions, Options>, more?: string): Client",
    ],
    ["an argument may be missing", "rotate", "fileStore(path: string)", "fileStore(path?: string)"],
    ["a method takes a list that it does not change", "mock", "...replies: Reply[]", "...replies: readonly Reply[]"],
    [
      "an overload more",
      "mock",
      /(createMock\()(options\?: MockOptions\): Mock;)/,
      "$1more: string): Mock;\nexport declare function createMock($2",
    ],
    [
      "the constructor of an error knows one property more",
      "index",
      "interface ErrorContext {",
      "interface ErrorContext {\n    more?: string;",
    ],
    [
      "what callers bring is given one argument more",
      "index",
      "type Fetch = (request: Request)",
      "type Fetch = (request: Request, more: string)",
    ],
    [
      "a hook is given one argument more",
      "index",
      "((event: RetryEvent) => unknown)",
      "((event: RetryEvent, more: string) => unknown)",
    ],
  ];
  const faults = new Map<string, string[]>();
  // One program reads all changes of an entry, because each program costs seconds.
  beforeAll(async () => {
    for (const entry of ["index", "mock", "rotate"]) {
      const before = await released(`${entry}.d.ts`);
      const changes = [...refused, ...allowed].filter(([, of]) => of === entry);
      const texts = changes.map(([name, , from, to]) => {
        const changed = before.replace(from, to);
        if (changed === before && from !== to) throw new Error(`${name}: the types of the last release lack ${from}`);
        return changed;
      });
      for (const [index, list] of brokenTypes(entry, before, texts).entries()) {
        faults.set(`${entry}: ${changes[index]?.[0]}`, list);
      }
    }
  });

  it.each(refused)("is refused: %s", (name, entry, _from, _to, sentence) => {
    expect(faults.get(`${entry}: ${name}`)).toContain(`${entry}: ${sentence}`);
  });
  it.each(allowed)("is allowed: %s, of %s", (name, entry) => {
    expect(faults.get(`${entry}: ${name}`)).toEqual([]);
  });
});

/** A name for it, the entry, what is replaced by what, and the sentence that refuses it. */
type TypeChange = [name: string, entry: string, from: string | RegExp, to: string, sentence?: string];

interface Schema {
  required: string[];
  properties: Record<string, { type?: string; maxLength?: number }>;
}
interface Description {
  info: { description: string };
  paths: Record<string, unknown>;
  components: { schemas: Record<string, Schema>; examples: Record<string, ErrorExample> };
}
interface ErrorExample {
  "x-transient"?: { reason: string; wait: number };
  value: { error_code: string };
}

function busy({ examples }: Description["components"]): ErrorExample {
  const example = examples["error.DBS.200019"];
  if (example === undefined) throw new Error("The last release has no example of DBS.200019.");
  return example;
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
