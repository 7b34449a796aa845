import { ValidationError } from "geminidb-backup";
import { describe, expect, it } from "vitest";
import { backup, clientOf } from "../support/calls.js";
import { accepting } from "../support/credentials.js";
import { failing } from "../support/http.js";

const refused = async (input: unknown) =>
  failing<ValidationError>(clientOf("http://127.0.0.1:2").createManualBackup(input as typeof backup));

describe("what is checked is what is sent", () => {
  it("what JSON makes of an object with toJSON, of a class instance and of undefined", async () => {
    await using server = await accepting();
    class Name {
      toJSON() {
        return "nightly";
      }
    }
    class Backup {
      instance_id = "i";
      name = new Name();
      description = "";
      database_tables = undefined;
    }
    await clientOf(server.url).createManualBackup(new Backup() as never);
    expect(server.received[0]?.body).toBe('{"name":"nightly","description":""}');
  });
  it("a toJSON that breaks a rule is refused", async () => {
    const error = await refused({ ...backup, name: { toJSON: () => "night ly" } });
    expect(error.issues).toMatchObject([{ path: "name", keyword: "pattern" }]);
  });
  it("what JSON cannot hold is refused", async () => {
    const cyclic: Record<string, unknown> = { ...backup };
    cyclic.self = cyclic;
    for (const input of [
      cyclic,
      { ...backup, name: 1n },
      { ...backup, name: Symbol("x") },
      new Map(),
      7,
      "x",
      [],
      null,
    ]) {
      const error = await refused(input);
      expect(ValidationError.is(error), String(error)).toBe(true);
      expect(error.message).toMatch(/^createManualBackup: .*\. Nothing was sent$/s);
    }
  });
  it.each<[unknown, RegExp]>([
    [{ ...backup, name: 1n }, /BigInt/],
    [{ toJSON: () => undefined }, /^must be object$/],
    [
      {
        toJSON() {
          throw new Error("not today");
        },
      },
      /^must be what JSON can hold: not today$/,
    ],
    [
      {
        toJSON() {
          throw Symbol("odd");
        },
      },
      /^must be what JSON can hold: Symbol\(odd\)$/,
    ],
    [() => {}, /^must be object$/],
    [[], /^must be object$/],
  ])("says what is wrong with an input that is not a JSON object", async (input, message) => {
    const error = await refused(input);
    expect(error.issues).toEqual([{ path: "", keyword: "type", message: expect.stringMatching(message) }]);
    expect(error.message).toBe(`createManualBackup: input ${error.issues[0]?.message}. Nothing was sent`);
  });
  it("lists a path parameter once, also when it could not be a segment either", async () => {
    const error = await failing<ValidationError>(
      clientOf("http://127.0.0.1:2").deleteManualBackup({ backup_id: "" } as never),
    );
    expect(error.issues).toHaveLength(1);
    const dots = await failing<ValidationError>(clientOf("http://127.0.0.1:2").deleteManualBackup({ backup_id: ".." }));
    expect(dots.issues).toEqual([
      {
        path: "backup_id",
        keyword: "pattern",
        message: 'must be text of whole characters, but not "", "." or "..", also not between slashes',
      },
    ]);
  });
  it("names the field in the notation of JavaScript", async () => {
    const error = await refused({ ...backup, database_tables: [{ database_name: "a", table_names: ["b", 1] }, {}] });
    expect(error.issues.map(({ path, keyword }) => `${path} ${keyword}`)).toEqual([
      "database_tables[0].table_names[1] type",
      "database_tables[1].database_name required",
    ]);
  });
  it("says each reason once", async () => {
    const { issues } = await refused({ ...backup, instance_id: "" });
    expect(issues).toHaveLength(1);
  });
  it("lists a hundred reasons at most", async () => {
    const wrong = { ...backup, database_tables: new Array(50_000).fill({}) };
    const { issues, message } = await refused(wrong);
    expect(issues).toHaveLength(100);
    expect((await refused({ ...wrong, instance_id: ".." })).issues).toHaveLength(100);
    // What is wrong in one place hides nothing that is wrong in another.
    const { issues: both } = await refused({ ...backup, instance_id: "..", name: "x" });
    expect(both.map(({ path }) => path)).toEqual(["name", "instance_id"]);
    expect(message.length).toBeLessThan(10_000);
  });
  it("refuses a description of 50 MB without showing it", async () => {
    const error = await refused({ ...backup, description: "x".repeat(50 * 2 ** 20) });
    expect(error.message).toBe("createManualBackup: description must have at most 256 characters. Nothing was sent");
  });
  it.each(["__proto__", "constructor", "toString"])("takes no key %s", async (key) => {
    const error = await refused(JSON.parse(`{"instance_id":"i","name":"nightly","description":"","${key}":1}`));
    expect(error.issues).toMatchObject([{ path: key, keyword: "additionalProperties" }]);
  });
});

describe("options of a call", () => {
  it.each([
    [{ signal: {} }, /option signal must be an AbortSignal/],
    [{ signal: { aborted: false, reason: undefined } }, /option signal must be an AbortSignal/],
    [{ signal: { aborted: false, reason: undefined, addEventListener() {} } }, /option signal must be an AbortSignal/],
    [
      { signal: { aborted: false, reason: undefined, removeEventListener() {} } },
      /option signal must be an AbortSignal/,
    ],
    [{ signal: { reason: undefined, addEventListener() {}, removeEventListener() {} } }, /must be an AbortSignal/],
    [
      { signal: Object.assign(new EventTarget(), { aborted: false }) },
      /option signal must be an AbortSignal, with a reason/,
    ],
    [AbortSignal.timeout(60_000), /the options must be an object: { signal }/],
    [{ retry: 0 }, /option retry is not known/],
    [{ timeout: "5" }, /option timeout must be a number/],
    [{ headers: { "X-Auth-Token": "planted-token" } }, /option headers must not hold x-auth-token: auth sets it/],
    [{ headers: { "x-y": "line\nbreak planted" } }, /option headers must hold names and values/],
    [{ fetch: 1 }, /option fetch must be a function/],
    ["x", /the options must be an object/],
    [null, /the options must be an object/],
  ])("%j are refused with their name", async (options, message) => {
    const error = await failing(clientOf("http://127.0.0.1:2").createManualBackup(backup, options as object));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/planted/);
  });
});

it("a key of the input cannot write a line of its own into a log", async () => {
  const input = { ...backup, "x\n[ERROR] forged": 1 };
  const { message } = await failing(clientOf("http://127.0.0.1:9").createManualBackup(input));
  expect(message).toContain("x [ERROR] forged is not known");
  expect(message).not.toContain("\n");
});
