import { readFileSync } from "node:fs";
import { createClient, type GeminiDBError } from "geminidb-backup";
import { createMock } from "geminidb-backup/mock";
import { describe, expect, it } from "vitest";
import type { Spec } from "../../src/description/spec.js";
import { catalogueTypes } from "../../src/generate/catalogue-types.js";
import { extensions } from "../../src/generate/extensions.js";
import { operationTable } from "../../src/generate/operations.js";
import { reference } from "../../src/generate/reference.js";
import { checkExtensions } from "../../src/generate/refuse/extensions.js";
import { type Json, type Node, withChange } from "../support/facts.js";
import { bundle, creating, errorsOf } from "../support/transcript.js";

const list = readFileSync(new URL("../../docs/extensions.md", import.meta.url), "utf8");
const deletion = ["paths", "/v3/{project_id}/backups/{backup_id}", "delete"];
const creation = ["paths", "/v3/{project_id}/instances/{instance_id}/backups", "post"];
const busy = ["components", "examples", "error.DBS.200019"];
const properties = ["components", "schemas", "CreateManualBackupRequest", "properties"];

/** What the generator says about the description with another value at a path. */
function complaint(path: string[], value: Json): string {
  try {
    checkExtensions(JSON.parse(JSON.stringify(withChange(bundle, path, () => value))) as Spec);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("the generator", () => {
  it("accepts the extensions of the description", () => {
    expect(complaint(["openapi"], "3.1.0")).toBe("");
  });

  it.each([
    [
      "an unknown reason",
      [...busy, "x-transient", "reason"],
      "sometimes",
      'openapi/examples/error.DBS.200019.yaml: x-transient.reason is "sometimes". Allowed are busy, throttled, server, token.',
    ],
    [
      "a wait of 0",
      [...busy, "x-transient", "wait"],
      0,
      "openapi/examples/error.DBS.200019.yaml: x-transient.wait is 0. It must be > 0.",
    ],
    ["a wait below 0", [...busy, "x-transient", "wait"], -1, "x-transient.wait is -1. It must be > 0."],
    [
      "a wait that is not a number",
      [...busy, "x-transient", "wait"],
      "10 s",
      'x-transient.wait is "10 s". It must be number.',
    ],
    [
      "an unknown key",
      [...busy, "x-transient", "delay"],
      10,
      "x-transient has the unknown key delay. Allowed are reason, wait.",
    ],
    ["an x-transient without a reason", [...busy, "x-transient"], { wait: 10 }, "x-transient lacks the key reason."],
    ["an x-new-token that is not true", [...busy, "x-new-token"], "yes", 'x-new-token is "yes". Only true is allowed.'],
    [
      "an error that is transient and needs a change",
      [...busy, "x-repeat-later"],
      true,
      "openapi/examples/error.DBS.200019.yaml: x-transient and x-repeat-later contradict each other. Leave only one of them.",
    ],
    [
      "an error that is transient and needs a token",
      [...busy, "x-new-token"],
      true,
      "openapi/examples/error.DBS.200019.yaml: x-transient and x-new-token contradict each other. Leave only one of them.",
    ],
    [
      "an error that needs a token and a change",
      ["components", "examples", "error.APIGW.0307", "x-repeat-later"],
      true,
      "openapi/examples/error.APIGW.0307.yaml: x-new-token and x-repeat-later contradict each other. Leave only one of them.",
    ],
    [
      "an error that needs a token without x-new-token",
      [...busy, "x-transient", "reason"],
      "token",
      "openapi/examples/error.DBS.200019.yaml: x-transient.reason is token, which needs x-new-token. Add it.",
    ],
    [
      "an unknown extension",
      [...deletion, "x-foo"],
      1,
      "operation deleteManualBackup: x-foo is unknown. The known extensions are x-transient,",
    ],
    ["an unknown extension of the whole description", ["x-foo"], 1, "openapi/openapi.yaml: x-foo is unknown."],
    [
      "an extension in a wrong place",
      [...deletion, "x-transient"],
      { reason: "busy" },
      "operation deleteManualBackup: x-transient has no effect here. It belongs to an object of the kind: error example.",
    ],
    [
      "an unknown key of x-state",
      [...deletion, "x-state", "color"],
      "red",
      "operation deleteManualBackup: x-state has the unknown key color. Allowed are effect, id, within, missing, busy.",
    ],
    [
      "a key of x-state that belongs to a create",
      [...deletion, "x-state", "conflict"],
      "DBS.201201",
      "x-state has the unknown key conflict.",
    ],
    [
      "an unknown effect",
      [...creation, "x-state", "effect"],
      "rename",
      'operation createManualBackup: x-state has effect: "rename". Allowed are create, delete.',
    ],
    [
      "a code of x-state that the operation does not document",
      [...creation, "x-state", "busy"],
      "DBS.201214",
      'operation createManualBackup: x-state.busy is "DBS.201214". Allowed are DBS.200001,',
    ],
    [
      "a name of x-state that is no parameter",
      [...creation, "x-state", "within"],
      "tenant",
      'x-state.within is "tenant". Allowed are project_id, instance_id.',
    ],
    [
      "an x-error-code that the operation does not document",
      [...properties, "name", "x-error-code"],
      "DBS.201214",
      'operation createManualBackup: x-error-code of name is "DBS.201214", which no failure of the operation documents.',
    ],
    [
      "an x-error-code where nobody reads it",
      ["components", "schemas", "CreateManualBackupResponse", "properties", "job_id", "x-error-code"],
      "DBS.200001",
      "openapi/schemas/CreateManualBackupResponse.yaml, properties/job_id: x-error-code has no effect here.",
    ],
    [
      "a command with capitals",
      [...deletion, "x-cli-name"],
      "Delete",
      'operation deleteManualBackup: x-cli-name is "Delete". It must match pattern',
    ],
    [
      "two commands of one name",
      [...deletion, "x-cli-name"],
      "create",
      'operation deleteManualBackup: x-cli-name is "create", which createManualBackup has already. Give it another x-cli-name.',
    ],
    [
      "a command that is built in",
      [...deletion, "x-cli-name"],
      "rotate",
      'operation deleteManualBackup: x-cli-name is "rotate", which a command that is built in has already.',
    ],
    [
      "an IAM host without https",
      ["servers", "0", "x-iam"],
      "http://iam",
      'server https://gaussdb-nosql.{region}.myhuaweicloud.com: x-iam is "http://iam".',
    ],
    [
      "a limit that nothing keeps to",
      ["components", "responses", "ContentTooLarge", "x-max-body-bytes"],
      0,
      "openapi/responses/ContentTooLarge.yaml: x-max-body-bytes is 0. It must be >= 1.",
    ],
    [
      "a limit where nobody reads it",
      [...deletion, "x-max-body-bytes"],
      1024,
      "operation deleteManualBackup: x-max-body-bytes has no effect here. It belongs to an object of the kind: response.",
    ],
    [
      "a token request without a header",
      ["components", "securitySchemes", "token", "x-token-request"],
      { path: "/" },
      "security scheme token: x-token-request lacks the key header.",
    ],
    [
      "a token request without a path",
      ["components", "securitySchemes", "token", "x-token-request"],
      { header: "X-Subject-Token" },
      "security scheme token: x-token-request lacks the key path.",
    ],
    [
      "a token request to another host than that of IAM",
      ["components", "securitySchemes", "token", "x-token-request", "path"],
      "https://other.invalid/tokens",
      'security scheme token: x-token-request.path is "https://other.invalid/tokens". It must match pattern "^/".',
    ],
  ])("refuses %s, and says where and what is allowed", (_, path, value, wanted) => {
    expect(complaint(path, value)).toContain(wanted);
    expect(complaint(path, value)).toMatch(/docs\/extensions\.md/);
  });

  it.each([
    ["an answer that is no failure", "createManualBackup.tables.response"],
    ["a request", "createManualBackup.instance.request"],
  ])("refuses what an example of %s says about a repetition", (_, example) => {
    const path = ["components", "examples", example];
    for (const [name, value] of Object.entries({ "x-new-token": true, "x-repeat-later": true })) {
      expect(complaint([...path, name], value)).toBe(
        `openapi/examples/${example}.yaml: ${name} has no effect here. It belongs to an object of the kind: error example.\ndocs/extensions.md lists the extensions and their values.`,
      );
    }
  });

  it("says one thing about an x-state that says nothing", () => {
    expect(complaint([...deletion, "x-state"], {})).toBe(
      "operation deleteManualBackup: x-state lacks the key effect.\ndocs/extensions.md lists the extensions and their values.",
    );
  });

  it("takes no header and no property for an extension because of its name", () => {
    expect(complaint([...properties, "x-foo"], { type: "string", description: "A property." })).toBe("");
  });
});

it.each([
  ["occupies", "project_id"],
  ["unique", "description"],
])("operations that create must agree in %s", (key, value) => {
  const create = creation.reduce<Json>((at, step) => (at as Node)[step] ?? null, bundle) as Node;
  const copy = { ...create, operationId: "copyBackup", "x-cli-name": "copy" };
  const state = create["x-state"] as Node;
  const withState = (changed: Node) =>
    complaint(["paths", "/v3/{project_id}/instances/{instance_id}/copies"], { post: { ...copy, "x-state": changed } });
  expect(withState({ ...state, [key]: value })).toContain(
    `operations createManualBackup and copyBackup: x-state has different values of ${key}. Operations that create`,
  );
  const { [key]: _, ...less } = state;
  for (const same of [state, less]) expect(withState(same)).not.toContain("different values");
});

it("the types of the catalogue know the keys of x-state that the generator accepts", () => {
  const [, members = ""] = /interface StateRule \{\n(.*?)\}/s.exec(catalogueTypes) ?? [];
  const typed = [...members.matchAll(/readonly (\w+)/g)].map(([, key]) => key);
  const { oneOf } = Object(extensions["x-state"]?.schema) as { oneOf: { properties: object }[] };
  const accepted = new Set(oneOf.flatMap(({ properties }) => Object.keys(properties)));
  expect(typed.sort()).toEqual([...accepted].sort());
});

describe("docs/extensions.md", () => {
  it.each(Object.entries(extensions))("lists %s with all keys and values", (name, { schema }) => {
    const section = list.split(/^## /m).find((text) => text.startsWith(`${name}\n`)) ?? "";
    expect(list).toContain(`| \`${name}\` `);
    for (const word of words(schema)) expect(section).toContain(`\`${word}\``);
  });

  const rows = [...list.matchAll(/^\| `(x-[\w-]+)` *\|[^|]*\| ([^|]*?) *\|$/gm)].map(([, name = "", readers = ""]) => [
    name,
    readers,
  ]);
  it.each(rows)("tells whether the client and the reference read %s", async (name = "", readers = "") => {
    const spec = JSON.parse(JSON.stringify(bundle)) as Spec;
    const without = JSON.parse(JSON.stringify(bundle).replaceAll(`"${name}":`, '"x-nobody":')) as Spec;
    const names = readers.split(", ").map((reader) => reader.replace(/ \(.*\)$/, ""));
    // What the client and the command decide by is in the table of operations.
    const isInTable = (await operationTable(spec)).code !== (await operationTable(without)).code;
    if (isInTable) expect(names).toEqual(expect.arrayContaining([expect.stringMatching(/^(?:client|command)$/)]));
    else expect(names).not.toContain("client");
    expect(names.includes("reference")).toBe(reference(spec) !== reference(without));
  });
  it("tells the readers of every extension", () => {
    expect(rows.map(([name]) => name).sort()).toEqual(Object.keys(extensions).sort());
  });

  const reasons = [...list.matchAll(/^ {2}- `(\w+)`: (.*)$/gm)].map(([, reason = "", text = ""]) => [reason, text]);
  it.each(reasons)("says of the reason %s what its errors say: whether anything was started", async (reason, text) => {
    await using mock = await createMock();
    const { fetch } = mock;
    const client = createClient({ baseUrl: "http://127.0.0.1", project_id: "p", auth: "any-token", retries: 0, fetch });
    const errors = errorsOf(creating).filter(({ transient }) => transient === reason);
    expect(errors).not.toEqual([]);
    for (const { code, status } of errors) {
      mock.respond("createManualBackup", { example: code, status: Number(status) });
      const call = client.createManualBackup({ instance_id: "i", name: "nightly", description: "" });
      const outcome = await call.catch((error: GeminiDBError) => error.outcome);
      const isUnknown = text?.includes("may have been carried out");
      expect(outcome, code).toBe(isUnknown ? "unknown" : "refused");
      if (!isUnknown) expect(text).toMatch(/nothing was started\.$|with a new one\.$/);
    }
  });

  it("lists no extension that the generator refuses", () => {
    const listed = [...list.matchAll(/^## (x-.*)$/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(Object.keys(extensions).sort());
  });
});

/** The keys and the words that a schema allows. */
function words(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(words);
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === "enum") return value as string[];
    if (key === "const") return [String(value)];
    if (key === "properties") return [...Object.keys(value as object), ...words(Object.values(value as object))];
    return key === "oneOf" ? words(value) : [];
  });
}
