/** The command makes flags of what a description has, and not only of what this one has today. */
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { type CatalogueOperation, catalogue, type Schema } from "../../generated/catalogue.js";
import { commands } from "../../src/cli/commands.js";
import { dryRun } from "../../src/cli/dry-run.js";
import { filePlaceholder } from "../../src/cli/flag.js";
import { operationHelp } from "../../src/cli/help.js";
import { readInput } from "../../src/cli/input.js";
import { flagsOf } from "../../src/cli/operation-flags.js";
import { readEnvironment } from "../../src/client/auth/environment.js";
import { soundsSecret } from "../../src/client/secret-names.js";

const [documented] = catalogue.operations;
if (!documented?.requestBody) throw new Error("the description has no operation with a request body");

/** An operation whose request body has this property, with an example. */
function withProperty(name: string, schema: Schema, example?: unknown): CatalogueOperation {
  const value = { [name]: example };
  return {
    ...(documented as CatalogueOperation),
    parameters: [],
    requestBody: {
      mediaType: "application/json",
      required: true,
      schema: { type: "object", required: [name], properties: { [name]: schema } },
      examples: example === undefined ? [] : [{ name: "only", summary: "Only", value }],
    },
  };
}

it.each<[string, Schema, Record<string, unknown>]>([
  [
    "keep_days",
    { type: "integer", minimum: 1, maximum: 30 },
    { placeholder: "N", about: "1 to 30.", isRequired: true },
  ],
  ["share", { type: ["number", "null"], minimum: 0 }, { placeholder: "N", about: "At least 0.", isRequired: true }],
  ["forced", { type: "boolean", description: "At once." }, { kind: "switch", about: "At once.", isRequired: true }],
  ["kind", { enum: ["full", "part"] }, { placeholder: "TEXT", about: "One of `full`, `part`.", isRequired: true }],
  ["either", { type: ["boolean", "object"] }, { placeholder: "JSON", kind: "json" }],
  ["numbers", { enum: [1, 2] }, { placeholder: "N", kind: "number" }],
  ["mixed", { enum: ["a", 2] }, { placeholder: "JSON", kind: "json" }],
  ["union", { type: ["string", "integer"] }, { placeholder: "JSON", kind: "json" }],
  [
    "maybe",
    { anyOf: [{ type: "string", maxLength: 3 }, { type: "null" }] },
    { kind: "text", about: "At most 3 characters." },
  ],
  ["shared", { allOf: [{ type: "string" }] }, { kind: "text" }],
  ["states", { type: "array", items: { enum: ["a", "b"] } }, { kind: "json", about: "Each one of `a`, `b`." }],
  ["nullable", { type: ["boolean", "null"] }, { kind: "switch" }],
  ["spaced", { type: "string", description: " A text. " }, { about: "A text.", isRequired: true }],
  ["most", { type: "integer", maximum: 9 }, { about: "At most 9.", isRequired: true }],
  [
    "both",
    { type: "string", minLength: 1, maxLength: 9, enum: ["a"] },
    { about: "1 to 9 characters; one of `a`.", isRequired: true },
  ],
  ["tags", { type: "array", minItems: 2 }, { placeholder: "JSON", about: "At least 2 items.", isRequired: true }],
  // A common flag has this name.
  ["timeout", { type: "string", minLength: 1 }, { name: "input-timeout", about: "Not empty.", isRequired: true }],
])("a property %s of %j", (name, schema, flag) => {
  const [found] = flagsOf(withProperty(name, schema));
  expect(found).toMatchObject({ name: name.replaceAll("_", "-"), wireName: name, ...flag });
});

it("has no flag for a password: everybody who lists the processes would see it", () => {
  expect(flagsOf(withProperty("secret", { type: "string", format: "password" })).map(({ name }) => name)).toEqual([
    "body",
  ]);
});

it.each(commands)("no flag of $name takes a credential, but a file that holds one, or its source", async ({ load }) => {
  const { flags } = await load();
  const secret = flags.filter(({ name }) => soundsSecret(name));
  expect(secret.length).toBeGreaterThan(0);
  for (const { name, placeholder } of secret) expect([filePlaceholder, "SOURCE"], name).toContain(placeholder);
});

it.each<[Schema, string, unknown]>([
  [{ type: "integer" }, "7", 7],
  [{ type: "number" }, "-0.5", -0.5],
  // The client says which type is wanted.
  [{ type: "integer" }, "many", "many"],
  [{ type: "integer" }, "", ""],
  [{ type: "integer" }, " 7", " 7"],
  [{ type: "boolean" }, "true", true],
  [{ type: "boolean" }, "false", false],
  [{ type: "string" }, "7", "7"],
  [{ type: "array" }, "[7]", [7]],
])("a value of %j: %j", async (schema, text, value) => {
  const operation = withProperty("it", schema);
  expect(await readInput(operation, flagsOf(operation), new Map([["it", text]]), Readable.from([]))).toEqual({
    it: value,
  });
});

it.each<[Schema, unknown, string]>([
  [{ type: "boolean" }, true, "--it"],
  [{ type: "boolean" }, false, "--it=false"],
  [{ type: "integer" }, 7, "--it 7"],
  [{ type: "string" }, "plain-1.0,a:b", "--it plain-1.0,a:b"],
  [{ type: "string" }, "two words", "--it 'two words'"],
  [{ type: "string" }, "$a", "--it '$a'"],
  [{ type: "string" }, "a$", "--it 'a$'"],
  [{ type: "array" }, [{ a: "it's" }], `--it '[{"a":"it'\\''s"}]'`],
])("the example in the help of %j: %j", (schema, example, argument) => {
  const operation = withProperty("it", schema, example);
  const [, shown] = operationHelp(operation, flagsOf(operation)).split("Example\n");
  expect(shown).toBe(`  geminidb-backup ${operation.command} \\\n    ${argument}`);
});

const password: Schema = { type: "string", format: "password" };

it.each<[string, Schema]>([
  ["a property", { type: "object", properties: { database_name: password } }],
  ["a part of a schema", { anyOf: [{ allOf: [{ properties: { table_names: {} }, additionalProperties: password }] }] }],
])("a dry run shows no value that the description calls a password: %s", async (_, table) => {
  const [create] = catalogue.operations;
  if (!create?.requestBody) throw new Error("the description has no request body");
  const properties = {
    name: { type: "string" },
    description: password,
    database_tables: { type: "array", items: table },
  };
  const operation = { ...create, requestBody: { ...create.requestBody, schema: { type: "object", properties } } };
  const input = {
    instance_id: "i",
    name: "nightly",
    description: "planted",
    database_tables: [{ database_name: "planted", table_names: ["t"] }],
  };
  const environment = readEnvironment({ OS_TOKEN: "planted" });
  const target = { baseUrl: "http://127.0.0.1:9", project_id: "p" };
  const shown = await dryRun(operation, input, target, environment, new Map(), "json");
  expect(shown).not.toContain("planted");
  expect(JSON.parse(shown).body).toEqual({
    name: "nightly",
    description: "[redacted]",
    database_tables: [{ database_name: "[redacted]", table_names: ["t"] }],
  });
});

it("a number that would be rounded is refused, and not sent as another one", async () => {
  const operation = withProperty("size", { type: "integer" });
  const read = (text: string) => readInput(operation, flagsOf(operation), new Map([["size", text]]), Readable.from([]));
  expect(await read("9007199254740991")).toEqual({ size: 9007199254740991 });
  await expect(read("9007199254740993")).rejects.toThrow(
    "--size: the number has too many digits, and would be rounded",
  );
  expect(await read("-1.5")).toEqual({ size: -1.5 });
});
