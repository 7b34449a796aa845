import { type AccessKeys, accessKey, type Signer } from "geminidb-backup";
import { describe, expect, it } from "vitest";
import { backup, clientOf, created } from "../support/calls.js";
import { accepting } from "../support/credentials.js";
import { failing, json, listen } from "../support/http.js";
import { pause } from "../support/pause.js";
import { resign } from "../support/signature.js";

const refusing = (status: number, code?: string, headers = {}) =>
  listen((_, response) => json(response, status, code ? { error_code: code, error_msg: "No." } : {}, headers));

it.each(["a,b", "a=b", "a;b"])("accessKey refuses %s as an access key, which would break its header", (ak) => {
  expect(() => accessKey({ ak, sk: "planted-secret" })).toThrow(
    "accessKey: ak must be a text without commas, semicolons and equals signs",
  );
});

describe("accessKey", () => {
  const keys = (ak: string): AccessKeys => ({ ak, sk: `secret-of-${ak}`, securityToken: `temporary-${ak}` });
  it("takes a function, asks it again when a signature was refused, and sends the create once more", async () => {
    const asked: boolean[] = [];
    await using api = await listen((request, response) =>
      request.headers.authorization?.includes("Access=first,")
        ? json(response, 401, { error_code: "APIGW.0301", error_msg: "x" })
        : json(response, 202, created),
    );
    const auth = accessKey(async ({ refused }) => {
      asked.push(refused);
      return keys(refused ? "second" : "first");
    });
    await expect(clientOf(api.url, { auth }).createManualBackup(backup)).resolves.toEqual(created);
    expect(asked).toEqual([false, true]);
    expect(api.received).toHaveLength(2);
  });
  it.each<[string, Partial<AccessKeys>]>([
    ["secret key", { sk: "another-secret" }],
    ["security token", { securityToken: "another-token" }],
  ])("signs once more where only the %s is another", async (_, change) => {
    await using api = await refusing(401, "APIGW.0301");
    const auth = accessKey(({ refused }) => (refused ? { ...keys("same"), ...change } : keys("same")));
    await failing(clientOf(api.url, { auth }).createManualBackup(backup));
    expect(api.received).toHaveLength(2);
  });
  it("notices other keys also where the function changes the object that it gave before", async () => {
    await using api = await listen((_, response) =>
      api.received.length === 1
        ? json(response, 401, { error_code: "APIGW.0301", error_msg: "x" })
        : json(response, 202, created),
    );
    const current = { ak: "old", sk: "old-secret" };
    const auth = accessKey(({ refused }) =>
      refused ? Object.assign(current, { ak: "new", sk: "new-secret" }) : current,
    );
    await expect(clientOf(api.url, { auth }).createManualBackup(backup)).resolves.toEqual(created);
    expect(api.received[1]?.headers.authorization).toContain("Access=new,");
  });
  it("does not sign a second time with the same keys, nor a third time at all", async () => {
    await using api = await refusing(401, "APIGW.0301");
    expect(
      await failing(clientOf(api.url, { auth: accessKey(() => keys("only")) }).createManualBackup(backup)),
    ).toMatchObject({
      code: "APIGW.0301",
      attempts: 1,
    });
    expect(api.received).toHaveLength(1);
    let next = 0;
    const endless = accessKey(() => keys(`key-${++next}`));
    await failing(clientOf(api.url, { auth: endless }).createManualBackup(backup));
    expect(api.received).toHaveLength(3);
  });
  it.each<[string, (keys: AccessKeys) => Signer]>([
    ["given once", (keys) => accessKey(keys)],
    ["given by a function", (keys) => accessKey(() => keys)],
    [
      "given once, behind a signer that copies the headers",
      (keys) => {
        const signer = accessKey(keys);
        return {
          sign: async (request, context) => {
            const headers = await signer.sign(request, context);
            return headers && { ...headers, "x-mine": "1" };
          },
        };
      },
    ],
  ])("does not sign twice with refused keys of a class, whose properties are getters: %s", async (_, signerOf) => {
    class Vault implements AccessKeys {
      get ak() {
        return "ACCESSKEY";
      }
      get sk() {
        return "SECRETKEY";
      }
    }
    await using api = await refusing(401, "APIGW.0301");
    const client = clientOf(api.url, { auth: signerOf(new Vault()) });
    expect(await failing(client.createManualBackup(backup))).toMatchObject({ status: 401, attempts: 1 });
    expect(api.received).toHaveLength(1);
  });
  it("knows which keys were refused, also when calls run side by side", async () => {
    await using api = await listen(async (request, response) => {
      await pause(20);
      if (request.headers.authorization?.includes("Access=old,"))
        json(response, 401, { error_code: "APIGW.0301", error_msg: "x" });
      else json(response, 202, created);
    });
    const auth = accessKey(({ refused }) => keys(refused ? "new" : "old"));
    const client = clientOf(api.url, { auth });
    const names = Array.from({ length: 10 }, (_, index) => `backup-${index}`);
    await Promise.all(names.map((name) => client.createManualBackup({ ...backup, name })));
    const signersOf = (name: string) =>
      api.received
        .filter(({ body }) => JSON.parse(body).name === name)
        .map(({ headers }) => /Access=(\w+)/.exec(String(headers.authorization))?.[1]);
    for (const name of names) expect(signersOf(name), name).toEqual(["old", "new"]);
  });
  it("never advises to get a new token, and names a clock that is wrong", async () => {
    await using api = await refusing(401, "APIGW.0301", { date: new Date(Date.now() - 20 * 60_000).toUTCString() });
    const wrongClock = await failing(clientOf(api.url, { auth: accessKey(keys("ak")) }).createManualBackup(backup));
    expect(wrongClock.message).toMatch(/The clock of this machine differs by 20 minutes/);
    await using exact = await refusing(401, "APIGW.0301");
    const refused = await failing(clientOf(exact.url, { auth: accessKey(keys("ak")) }).createManualBackup(backup));
    expect(refused.message).toMatch(/Check the access key/);
    for (const { message } of [wrongClock, refused]) expect(message).not.toMatch(/new token/i);
  });
  it.each<[unknown, RegExp]>([
    [{ ak: "a", sk: "s", secretKey: "x" }, /accessKey: option secretKey is not known/],
    [{ ak: "a" }, /accessKey: sk is missing/],
    [{ ak: "a", sk: "s p" }, /accessKey: sk must be a text without spaces/],
    [{ ak: "a", sk: "s", securityToken: "" }, /accessKey: securityToken is empty/],
    [undefined, /accessKey: the keys must be an object: \{ ak, sk \}/],
  ])("refuses %j, at once or when a function gives it", async (wrong, message) => {
    expect(() => accessKey(wrong as AccessKeys)).toThrow(message);
    const client = clientOf("http://127.0.0.1:2", { auth: accessKey(() => wrong as AccessKeys) });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent" });
    expect(error.message).toMatch(message);
  });
  it("never signs again with refused keys, also where the function that gives them remembers nothing", async () => {
    await using api = await listen((request, response) => {
      if (request.headers.authorization?.includes("Access=first,")) {
        return json(response, 401, { error_code: "APIGW.0301", error_msg: "x" });
      }
      const isBusy = api.received.length === 2;
      json(response, isBusy ? 503 : 202, isBusy ? {} : { job_id: "j" });
    });
    const auth = accessKey(({ refused }) => keys(refused ? "second" : "first"));
    await clientOf(api.url, { auth, retries: 1 }).deleteManualBackup({ backup_id: "b" });
    const signers = api.received.map(({ headers }) => /Access=(\w+)/.exec(String(headers.authorization))?.[1]);
    expect(signers).toEqual(["first", "second", "second"]);
  });
  it("signs the whole path, behind a prefix too, and queries by key, then value", async () => {
    await using api = await accepting();
    const client = clientOf(`${api.url}/gateway/geminidb`, { auth: accessKey({ ak: "ak", sk: "planted-secret" }) });
    await client.createManualBackup(backup);
    await client.raw.DELETE("/v3/p/backups/b?a-=1&a=2&a=1" as "/v3/{project_id}/backups/{backup_id}", {} as never);
    expect(api.received.map(({ url }) => url)).toEqual([
      "/gateway/geminidb/v3/p/instances/i/backups",
      "/gateway/geminidb/v3/p/backups/b?a-=1&a=2&a=1",
    ]);
    for (const request of api.received) {
      expect(request.headers.authorization).toBe(resign(request, api.url, "planted-secret"));
    }
  });
});
