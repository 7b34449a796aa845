import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { createClient, ValidationError } from "geminidb-backup";
import { type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dereference, type Node } from "../support/facts.js";
import { assertProperty } from "../support/properties.js";
import { traffic } from "../support/traffic.js";
import { bundle, creating } from "../support/transcript.js";

const spec = dereference(bundle);
const schema = ((spec.components as Node).schemas as Node).CreateManualBackupRequest as object;
const fits = new Ajv2020({ strict: false, allErrors: true }).compile(schema);

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ stateless: true, har: traffic("limits") });
});
afterAll(() => mock.close());

/** Whether spec, client and mock take a body; they must agree. */
async function verdict(body: Record<string, unknown>): Promise<boolean> {
  const bySpec = fits(body);
  const client = createClient({ baseUrl: mock.url, project_id: "p", auth: "a-token", retries: 0 });
  const byClient = await client
    .createManualBackup({ instance_id: "i", ...(body as { name: string; description: string }) })
    .then(
      () => true,
      (error: unknown) => {
        if (ValidationError.is(error)) return false;
        throw error;
      },
    );
  const answer = await fetch(`${mock.url}/v3/p/instances/i/backups`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-auth-token": "a-token" },
    body: JSON.stringify(body),
  });
  await answer.body?.cancel();
  expect({ byClient, byMock: answer.status === 202 }).toEqual({ byClient: bySpec, byMock: bySpec });
  return bySpec;
}

/** The limits of a field as the documents state them. */
function limitsOf(field: string): { least: number; most: number } {
  const { constraints } = creating["body parameters"]?.[field] ?? {};
  if (typeof constraints !== "object") throw new Error(`the transcript has no constraints of ${field}`);
  return { least: Number(constraints.least ?? 0), most: Number(constraints.most) };
}
const name = limitsOf("name");
const description = limitsOf("description");

// Expected verdicts by the documents' words, not by any pattern.
const names: [string, boolean][] = [
  ["a".repeat(name.least), true],
  ["a".repeat(name.least - 1), false],
  ["", false],
  ["a".repeat(name.most), true],
  ["a".repeat(name.most + 1), false],
  ["Abcd", true],
  ["1abc", false],
  ["_abc", false],
  ["-abc", false],
  ["a-_1", true],
  ["ab cd", false],
  ["abcd\n", false],
  ["äbcd", false],
  ["abcé", false],
  ["ab.cd", false],
  ["备份备份", false],
  ["abc😀", false],
  ["abc\u0000d", false],
];
const descriptions: [string, boolean][] = [
  ["", true],
  ["x".repeat(description.most), true],
  ["x".repeat(description.most + 1), false],
  ["😀".repeat(description.most), true],
  ["😀".repeat(description.most + 1), false],
  ["多语言 ünïcode\n\ttext", true],
  ...[..."`~@#$%^*()-_+[]{}|\\:;,./?"].map((char): [string, boolean] => [`a${char}b`, true]),
  ...[...">!<\"&'="].map((char): [string, boolean] => [`a${char}b`, false]),
];

describe("spec, client and mock agree", () => {
  it.each(names)("on the name %j: %j", async (text, taken) => {
    expect(await verdict({ name: text, description: "" })).toBe(taken);
  });
  it.each(descriptions)("on the description %j: %j", async (text, taken) => {
    expect(await verdict({ name: "abcd", description: text })).toBe(taken);
  });
  it.each([
    [{ description: "" }, false],
    [{ name: "abcd" }, false],
    [{ name: null, description: "" }, false],
    [{ name: "abcd", description: null }, false],
    [{ name: "abcd", description: "", other: 1 }, false],
    [{ name: "abcd", description: "", 额外: 1 }, false],
    [{ name: "abcd", description: "", database_tables: null }, true],
    [{ name: "abcd", description: "", database_tables: [] }, true],
    [{ name: "abcd", description: "", database_tables: [{ database_name: "a" }] }, true],
    [{ name: "abcd", description: "", database_tables: [{ database_name: "a", table_names: null }] }, true],
    [{ name: "abcd", description: "", database_tables: [{ database_name: "a", table_names: [] }] }, true],
    [{ name: "abcd", description: "", database_tables: [{ table_names: ["t"] }] }, false],
    [{ name: "abcd", description: "", database_tables: [{ database_name: "a", table_names: [1] }] }, false],
    [{ name: "abcd", description: "", database_tables: [{ database_name: "a", more: 1 }] }, false],
    [{ name: "abcd", description: "", database_tables: {} }, false],
  ])("on the body %j: %j", async (body, taken) => {
    expect(await verdict(body)).toBe(taken);
  });

  it("on any text at all", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ maxLength: 70 }),
      fc.stringMatching(/^[A-Za-z][\w-]{0,70}$/),
    );
    const property = fc.asyncProperty(text, text, async (ofName, ofDescription) => {
      const points = (value: string) => [...value].length;
      // Lone surrogates are replaced on the wire, so client and mock need not see the same text.
      fc.pre(!/\p{Surrogate}/u.test(ofName + ofDescription));
      const expected =
        points(ofName) >= name.least &&
        points(ofName) <= name.most &&
        /^[A-Za-z]$/.test(ofName[0] ?? "") &&
        [...ofName].every((char) => /^[A-Za-z0-9]$/.test(char) || char === "-" || char === "_") &&
        points(ofDescription) <= description.most &&
        [...ofDescription].every((char) => !">!<\"&'=".includes(char));
      expect(await verdict({ name: ofName, description: ofDescription })).toBe(expected);
    });
    await assertProperty(property, 150);
  });

  it("on the printed example: refused for its name, and for nothing else", async () => {
    const printed = JSON.parse(creating.examples.request ?? "") as Record<string, unknown>;
    expect(await verdict(printed)).toBe(false);
    fits(printed);
    expect(fits.errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)).toEqual(["/name pattern"]);
    expect(mock.requests.at(-1)?.violations.map(({ path }) => path)).toEqual([["body", "name"]]);
    expect(await verdict({ ...printed, name: "printed" })).toBe(true);
  });
});
