import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import {
  type AccessKeys,
  type ApiError,
  accessKey,
  createClient,
  fromEnvironment,
  instanceCredentials,
  passwordToken,
  type Signer,
  type TokenContext,
} from "geminidb-backup";
import { describe, expect, it, vi } from "vitest";
import { Renewable, type Usable } from "../../src/client/auth/renewable.js";
import { backup, clientOf, created } from "../support/calls.js";
import { failing, json, listen, type Received } from "../support/http.js";
import { pause } from "../support/pause.js";
import { root } from "../support/project.js";
import { resign } from "../support/signature.js";

const account = { username: "alice", password: "planted-password-0123", domain: "acme", project: "ap-southeast-1" };
const accepting = () => listen((_, response) => json(response, 202, created));
const refusing = (status: number, code?: string, headers = {}) =>
  listen((_, response) => json(response, status, code ? { error_code: code, error_msg: "No." } : {}, headers));

const pem = (name: string) => readFileSync(new URL(`../support/tls/${name}.pem`, import.meta.url));

/** The body of a token that lives a day. */
const lasting = () => ({
  token: { issued_at: new Date().toISOString(), expires_at: new Date(Date.now() + 86_400_000).toISOString() },
});

describe("a token request", () => {
  it("that hangs answers no later than the attempt's timeout; the next attempt asks anew", async () => {
    await using iam = await listen((_, response) => {
      if (iam.received.length > 1) json(response, 201, { token: {} }, { "x-subject-token": "second-token" });
    });
    await using api = await accepting();
    const auth = passwordToken({ ...account, iamUrl: iam.url });
    const client = clientOf(api.url, { auth, timeout: 1500, retries: 1 });
    await expect(client.createManualBackup(backup)).resolves.toEqual(created);
    expect(iam.received).toHaveLength(2);
  });
  it("that one call gave up is not waited for by later ones, even if another still waits", async () => {
    await using iam = await listen((_, response) => {
      if (iam.received.length > 1) json(response, 201, { token: {} }, { "x-subject-token": "second-token" });
    });
    await using api = await accepting();
    const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }) });
    const patient = new AbortController();
    const stillWaiting = client.createManualBackup(backup, { signal: patient.signal });
    const gaveUp = await failing(client.createManualBackup(backup, { timeout: 300 }));
    expect(gaveUp).toMatchObject({ name: "TimeoutError", outcome: "not-sent" });
    await expect(client.createManualBackup(backup, { timeout: 5000 })).resolves.toEqual(created);
    expect(iam.received).toHaveLength(2);
    patient.abort("enough");
    expect(await failing(stillWaiting)).toBe("enough");
  });
  it("whose token no header can hold is not kept, and the error names IAM", async () => {
    await using iam = await listen((_, response) => {
      const token = iam.received.length === 1 ? ["doubled", "doubled"] : "a-token";
      response.writeHead(201, { "x-subject-token": token }).end(JSON.stringify(lasting()));
    });
    await using api = await accepting();
    const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }) });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent" });
    expect(error.message).toContain(`IAM at ${new URL(iam.url).host} gave a token that no header can hold`);
    await expect(client.createManualBackup(backup)).resolves.toEqual(created);
    await client.createManualBackup(backup);
    expect(iam.received).toHaveLength(2);
  });
  it("is repeated after the time that IAM asks for, and not at all when that is too long", async () => {
    await using iam = await listen((_, response) =>
      response.writeHead(429, { "retry-after": iam.received.length === 1 ? "1" : "3600" }).end(),
    );
    const delays: number[] = [];
    const client = clientOf("http://127.0.0.1:2", {
      auth: passwordToken({ ...account, iamUrl: iam.url }),
      retries: 5,
      onRetry: ({ delay }) => delays.push(delay),
    });
    expect(await failing(client.createManualBackup(backup))).toMatchObject({
      name: "AuthenticationError",
      attempts: 2,
    });
    expect(delays).toEqual([1000]);
    const error = await failing(client.createManualBackup(backup));
    expect(error.message).toContain("The service asks to wait 3600 s (Retry-After), longer than the 30 s");
  });
  it("that ends late does not replace the token of one that was started after it", async () => {
    const waiting: import("node:http").ServerResponse[] = [];
    const issue = (response: import("node:http").ServerResponse | undefined, token: string) =>
      response && json(response, 201, lasting(), { "x-subject-token": token });
    await using iam = await listen((_, response) => {
      waiting.push(response);
      if (waiting.length === 2) issue(response, "second-token");
    });
    await using api = await accepting();
    const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }) });
    const patient = client.createManualBackup(backup);
    await failing(client.createManualBackup(backup, { timeout: 300 }));
    await client.createManualBackup(backup);
    issue(waiting[0], "first-token");
    await patient;
    await client.createManualBackup(backup);
    expect(api.received.map(({ headers }) => headers["x-auth-token"])).toEqual([
      "second-token",
      "first-token",
      "second-token",
    ]);
  });
  it("that ends late is kept where the one that was started after it failed", async () => {
    const waiting: import("node:http").ServerResponse[] = [];
    await using iam = await listen((_, response) => {
      waiting.push(response);
      if (waiting.length === 2) response.writeHead(500).end();
    });
    await using api = await accepting();
    const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }), retries: 0 });
    const patient = client.createManualBackup(backup);
    await failing(client.createManualBackup(backup, { timeout: 300 }));
    await failing(client.createManualBackup(backup));
    const [first] = waiting;
    if (first) json(first, 201, lasting(), { "x-subject-token": "first-token" });
    await patient;
    await client.createManualBackup(backup);
    expect(iam.received).toHaveLength(2);
  });
  it("is aborted when nobody waits for it any more", async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> | undefined;
    await using iam = await listen((_, response) => {
      closed = new Promise((resolve) => response.on("close", resolve));
      controller.abort("mine");
    });
    const client = clientOf("http://127.0.0.1:2", { auth: passwordToken({ ...account, iamUrl: iam.url }) });
    expect(await failing(client.deleteManualBackup({ backup_id: "b" }, { signal: controller.signal }))).toBe("mine");
    await closed;
  });
  it("does not keep a script alive that aborted", async () => {
    await using iam = await listen(() => {});
    const script = `
      import { createClient, passwordToken } from "geminidb-backup";
      const auth = passwordToken(${JSON.stringify({ ...account, iamUrl: iam.url })});
      const client = createClient({ baseUrl: "http://127.0.0.1:2", project_id: "p", auth });
      const signal = AbortSignal.timeout(300);
      await client.deleteManualBackup({ backup_id: "b" }, { signal }).catch((error) => console.log(error.name));`;
    // Killed after fifteen seconds; the attempt's own timeout would be thirty.
    const options = { cwd: root, timeout: 15_000 };
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], options);
    expect(stdout.trim()).toBe("TimeoutError");
  });
  it("gives each waiting call an error of its own", async () => {
    await using iam = await listen(async (_, response) => {
      await pause(50);
      json(response, 401, { error: { code: 401, message: "Wrong password.", title: "Unauthorized" } });
    });
    const client = clientOf("http://127.0.0.1:2", { auth: passwordToken({ ...account, iamUrl: iam.url }) });
    const errors = await Promise.all([
      failing(client.deleteManualBackup({ backup_id: "b" })),
      failing(client.createManualBackup(backup)),
    ]);
    expect(iam.received).toHaveLength(1);
    expect(errors[0]).not.toBe(errors[1]);
    expect(errors.map((error) => (error as ApiError).operation)).toEqual(["deleteManualBackup", "createManualBackup"]);
    for (const error of errors) expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent" });
  });
  it.each([
    ["a day slow", -86_400_000],
    ["a day fast", 86_400_000],
  ])("is not made at every call by a clock that is %s", async (_, offset) => {
    const at = (milliseconds: number) => new Date(milliseconds).toISOString().replace("Z", "000Z");
    const now = Date.now() + offset;
    await using iam = await listen((_, response) =>
      json(
        response,
        201,
        { token: { issued_at: at(now), expires_at: at(now + 86_400_000) } },
        { "x-subject-token": "issued-token" },
      ),
    );
    await using api = await accepting();
    const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }) });
    for (let call = 0; call < 3; call++) await client.deleteManualBackup({ backup_id: "b" });
    expect(iam.received).toHaveLength(1);
  });
  it.each([
    [401, { error: { code: 401, message: "The token is expired.", title: "Unauthorized" } }],
    [401, { error_code: "APIGW.0301", error_msg: "x" }],
    [401, { error_code: "APIGW.0307", error_msg: "x" }],
    [403, { error_code: "DBS.280056", error_msg: "x" }],
  ])("follows whatever the description says that a new token mends: %i %j", async (status, body) => {
    let issued = 0;
    await using iam = await listen((_, response) =>
      json(
        response,
        201,
        { token: { expires_at: "2999-01-01T00:00:00Z" } },
        { "x-subject-token": `token-${++issued}` },
      ),
    );
    await using api = await listen((request, response) =>
      request.headers["x-auth-token"] === "token-1" ? json(response, status, body) : json(response, 202, created),
    );
    const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }) });
    await expect(client.createManualBackup(backup)).resolves.toEqual(created);
    expect(issued).toBe(2);
  });
  it("does not go through the fetch of one call, since others may wait for it", async () => {
    await using iam = await listen((_, response) =>
      json(response, 201, { token: { expires_at: "2094-11-06T08:49:37Z" } }, { "x-subject-token": "shared-token" }),
    );
    await using api = await accepting();
    const auth = passwordToken({ username: "u", password: "p", domain: "d", project: "p", iamUrl: iam.url });
    const client = clientOf(api.url, { auth });
    const broken = async () => {
      throw new Error("the fetch of one call");
    };
    const [first, second] = await Promise.allSettled([
      client.createManualBackup(backup, { fetch: broken }),
      client.createManualBackup(backup),
    ]);
    expect(first).toMatchObject({ status: "rejected", reason: { name: "ConnectionError" } });
    expect(second).toMatchObject({ status: "fulfilled" });
  });
  it("ctx.fetch works where fetch must not be called as a method", async () => {
    await using iam = await listen((_, response) => json(response, 200, { token: "from-my-iam" }));
    await using api = await accepting();
    const auth = async ({ fetch, signal }: TokenContext) =>
      ((await (await fetch(iam.url, { signal })).json()) as { token: string }).token;
    const original = globalThis.fetch;
    globalThis.fetch = function (this: unknown, ...parameters: Parameters<typeof fetch>) {
      if (this !== undefined && this !== globalThis) throw new TypeError("Illegal invocation");
      return original(...parameters);
    };
    try {
      await clientOf(api.url, { auth }).createManualBackup(backup);
    } finally {
      globalThis.fetch = original;
    }
    expect(api.received[0]?.headers["x-auth-token"]).toBe("from-my-iam");
  });
  it("refuses unknown options of its own", () => {
    expect(() => passwordToken({ ...account, iamUrl: "https://iam.test", allowInsecure: "yes" as never })).toThrow(
      /option allowInsecure must be a boolean/,
    );
    const wrong = { ...account, region: "ap-southeast-1", usrname: "x" };
    expect(() => passwordToken(wrong)).toThrow(/passwordToken: option usrname is not known: did you mean username\?/);
  });
});

it("a signer that wraps accessKey() renews its keys, too", async () => {
  await using server = await listen((request, response) =>
    request.headers.authorization?.includes("second")
      ? json(response, 202, created)
      : json(response, 401, { error_code: "APIGW.0301", error_msg: "x" }),
  );
  const told: boolean[] = [];
  const inner = accessKey(({ refused }) => {
    told.push(refused);
    return { ak: refused ? "second" : "first", sk: "planted-secret" };
  });
  const auth: Signer = {
    async sign(request, context) {
      const headers = await inner.sign(request, context);
      return headers && { ...headers, "x-trace": "t" };
    },
  };
  await expect(clientOf(server.url, { auth }).createManualBackup(backup)).resolves.toEqual(created);
  expect(told).toEqual([false, true]);
});

it.each(["a,b", "a=b", "a;b"])("accessKey refuses %s as an access key, which would break its header", (ak) => {
  expect(() => accessKey({ ak, sk: "planted-secret" })).toThrow(
    "accessKey: ak must be a text without commas, semicolons and equals signs",
  );
});

it("a token behind a scheme is secret by itself, if a signer gives it", async () => {
  await using server = await listen((_, response) =>
    json(response, 401, { error_code: "X.1", error_msg: "invalid token planted-bearer-42" }),
  );
  const auth = { sign: async () => ({ authorization: "Bearer planted-bearer-42" }) };
  const error = await failing(clientOf(server.url, { auth }).deleteManualBackup({ backup_id: "b" }));
  expect(error.message).toContain("invalid token [redacted]");
  expect(JSON.stringify(error) + error.stack).not.toContain("planted-bearer");
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
    const calls = Array.from({ length: 10 }, () => client.createManualBackup(backup));
    await expect(Promise.all(calls)).resolves.toHaveLength(10);
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
    [{ ak: "a" }, /accessKey: sk must be a text/],
    [{ ak: "a", sk: "s p" }, /accessKey: sk must be a text without spaces/],
    [{ ak: "a", sk: "s", securityToken: "" }, /accessKey: securityToken must be/],
    [undefined, /accessKey: the keys must be an object: \{ ak, sk \}/],
  ])("refuses %j, at once or when a function gives it", async (wrong, message) => {
    expect(() => accessKey(wrong as AccessKeys)).toThrow(message);
    const client = clientOf("http://127.0.0.1:2", { auth: accessKey(() => wrong as AccessKeys) });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent" });
    expect(error.message).toMatch(message);
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

describe("fromEnvironment", () => {
  const place = { HUAWEICLOUD_SDK_PROJECT_ID: "p", HUAWEICLOUD_SDK_REGION: "ap-southeast-1" };
  const headersOf = async (env: Record<string, string>) => {
    await using api = await accepting();
    await createClient({ ...fromEnvironment(env), baseUrl: api.url }).createManualBackup(backup);
    return (api.received[0] as Received).headers;
  };
  it.each([
    [
      { ...place, HUAWEICLOUD_SDK_AK: "sdk", HUAWEICLOUD_SDK_SK: "s", HW_ACCESS_KEY: "tf", HW_SECRET_KEY: "s" },
      /Access=sdk,/,
    ],
    [{ HW_PROJECT_ID: "p", HW_REGION_NAME: "ap-southeast-1", HW_ACCESS_KEY: "tf", HW_SECRET_KEY: "s" }, /Access=tf,/],
    [{ ...place, OS_TOKEN: "os-token", HW_ACCESS_KEY: "tf", HW_SECRET_KEY: "s" }, /Access=tf,/],
    [{ ...place, HUAWEICLOUD_SDK_AK: "half", HW_ACCESS_KEY: "tf", HW_SECRET_KEY: "s" }, /Access=tf,/],
  ])("signs with the first keys that are set: %j", async (env, expected) => {
    expect((await headersOf(env)).authorization).toMatch(expected);
  });
  it("takes a token, temporary keys, and the names of OpenStack", async () => {
    const env = { OS_TOKEN: "os-token", OS_PROJECT_ID: "p", OS_REGION_NAME: "ap-southeast-1" };
    expect((await headersOf(env))["x-auth-token"]).toBe("os-token");
    const temporary = { ...place, HW_ACCESS_KEY: "tf", HW_SECRET_KEY: "s", HW_SECURITY_TOKEN: "temporary" };
    expect((await headersOf(temporary))["x-security-token"]).toBe("temporary");
    expect(fromEnvironment(env)).toMatchObject({ region: "ap-southeast-1", project_id: "p" });
  });
  it.each([
    [
      "HUAWEICLOUD_SDK_AK",
      "the secret access key (HUAWEICLOUD_SDK_SK) that belongs to the access key (HUAWEICLOUD_SDK_AK)",
    ],
    ["HUAWEICLOUD_SDK_REGION", "the region (HUAWEICLOUD_SDK_REGION or HW_REGION_NAME or OS_REGION_NAME)"],
    ["HUAWEICLOUD_SDK_PROJECT_ID", "the project ID (HUAWEICLOUD_SDK_PROJECT_ID or HW_PROJECT_ID or OS_PROJECT_ID)"],
  ])("names what is missing beside %s, and nothing else", (name, missing) => {
    const env: Record<string, string> = {
      HUAWEICLOUD_SDK_AK: "ak",
      HUAWEICLOUD_SDK_SK: "sk",
      HUAWEICLOUD_SDK_PROJECT_ID: "p",
      HUAWEICLOUD_SDK_REGION: "ap-southeast-1",
    };
    delete env[name === "HUAWEICLOUD_SDK_AK" ? "HUAWEICLOUD_SDK_SK" : name];
    expect(() => fromEnvironment(env)).toThrow(`fromEnvironment: missing in the environment: ${missing}`);
    expect(() => fromEnvironment(env)).not.toThrow(/; /);
  });
  it("names the variables whose keys cannot be used, and shows none of them", () => {
    const env = {
      HW_ACCESS_KEY: "ak",
      HW_SECRET_KEY: "planted secret",
      HW_PROJECT_ID: "p",
      HW_REGION_NAME: "ap-southeast-1",
    };
    expect(() => fromEnvironment(env)).toThrow(
      /^HW_ACCESS_KEY and HW_SECRET_KEY: accessKey: sk must be a text without/,
    );
    expect(() => fromEnvironment(env)).not.toThrow(/planted/);
  });
  it("names the variable of a token that no header can hold, and does not show it", () => {
    expect(() => fromEnvironment({ ...place, OS_TOKEN: "planted token" })).toThrow(/^OS_TOKEN must be a text without/);
    expect(() => fromEnvironment({ ...place, OS_TOKEN: "planted token" })).not.toThrow(/planted/);
  });
  it("names the variable of a security token that cannot be used", () => {
    const env = { ...place, HW_ACCESS_KEY: "ak", HW_SECRET_KEY: "sk", HW_SECURITY_TOKEN: "planted token" };
    expect(() => fromEnvironment(env)).toThrow(
      /^HW_ACCESS_KEY and HW_SECRET_KEY and HW_SECURITY_TOKEN: .*securityToken must/,
    );
    expect(() => fromEnvironment(env)).not.toThrow(/planted/);
  });
  it("may be given as auth, too", async () => {
    await using api = await accepting();
    await clientOf(api.url, { auth: fromEnvironment({ ...place, OS_TOKEN: "os-token" }) }).createManualBackup(backup);
    expect(api.received[0]?.headers["x-auth-token"]).toBe("os-token");
  });
  it.each([
    [
      {},
      [
        /HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or HW_ACCESS_KEY/,
        /OS_TOKEN/,
        /HUAWEICLOUD_SDK_PROJECT_ID/,
        /HUAWEICLOUD_SDK_REGION/,
      ],
    ],
    [{ ...place, HW_ACCESS_KEY: "planted-ak" }, [/HW_SECRET_KEY.*belongs to the access key \(HW_ACCESS_KEY\)/]],
    [{ ...place, HW_SECRET_KEY: "planted-sk" }, [/HW_ACCESS_KEY.*belongs to the secret access key \(HW_SECRET_KEY\)/]],
    [{ OS_TOKEN: "t", HUAWEICLOUD_SDK_REGION: "" }, [/HUAWEICLOUD_SDK_PROJECT_ID/, /HUAWEICLOUD_SDK_REGION/]],
  ])("names everything that is missing in one error: %j", (env, messages) => {
    for (const message of messages) expect(() => fromEnvironment(env)).toThrow(message);
    expect(() => fromEnvironment(env)).not.toThrow(/planted/);
  });
  it("reads the environment of the process by default, which browsers do not have", () => {
    vi.stubEnv("HUAWEICLOUD_SDK_REGION", "eu-west-101");
    vi.stubEnv("HUAWEICLOUD_SDK_PROJECT_ID", "my-project");
    vi.stubEnv("HUAWEICLOUD_SDK_AK", "my-key");
    vi.stubEnv("HUAWEICLOUD_SDK_SK", "my-secret");
    try {
      expect(fromEnvironment()).toMatchObject({ region: "eu-west-101", project_id: "my-project" });
      vi.stubGlobal("process", undefined);
      expect(() => fromEnvironment()).toThrow(/fromEnvironment: missing in the environment/);
    } finally {
      vi.unstubAllGlobals();
      vi.unstubAllEnvs();
    }
  });
});

describe("instanceCredentials", () => {
  const credential = (access: string, life = 3_600_000) => ({
    credential: {
      access,
      secret: "planted-secret",
      securitytoken: "temporary",
      expires_at: new Date(Date.now() + life).toISOString(),
    },
  });
  /** A metadata service; an older one knows no tokens. */
  const metadata = (life?: number, old = false) => {
    let keys = 0;
    return listen((request, response) => {
      if (request.method === "PUT" && request.url === "/meta-data/latest/api/token") {
        if (old) return void response.writeHead(404).end();
        return void response.end(`metadata-token-${request.headers["x-metadata-token-ttl-seconds"]}`);
      }
      const expected = old ? undefined : "metadata-token-21600";
      if (request.url !== "/openstack/latest/securitykey" || request.headers["x-metadata-token"] !== expected) {
        return void response.writeHead(401).end();
      }
      json(response, 200, credential(`instance-${++keys}`, life));
    });
  };
  it.each([false, true])("signs with the keys of the server's agency; older service: %s", async (old) => {
    await using service = await metadata(undefined, old);
    await using api = await accepting();
    const client = clientOf(api.url, { auth: instanceCredentials({ endpoint: service.url }) });
    await Promise.all([client.createManualBackup(backup), client.createManualBackup(backup)]);
    await client.createManualBackup(backup);
    for (const request of api.received) {
      expect(request.headers["x-security-token"]).toBe("temporary");
      expect(request.headers.authorization).toContain("Access=instance-1,");
    }
    expect(service.received.filter(({ method }) => method === "GET")).toHaveLength(1);
  });
  it("renews the keys once when the signatures of several calls are refused", async () => {
    await using service = await metadata();
    const refused: (() => void)[] = [];
    await using strict = await listen((request, response) => {
      if (request.headers.authorization?.includes("instance-2,")) return json(response, 202, created);
      refused.push(() => json(response, 401, { error_code: "APIGW.0301", error_msg: "x" }));
      if (refused.length === 3) for (const answer of refused) answer();
    });
    const client = clientOf(strict.url, { auth: instanceCredentials({ endpoint: service.url }) });
    await Promise.all([1, 2, 3].map(() => client.createManualBackup(backup)));
    expect(service.received.filter(({ method }) => method === "GET")).toHaveLength(2);
  });
  it("renews the keys ten minutes before they end, and when a signature is refused", async () => {
    await using service = await metadata(9 * 60_000);
    await using api = await accepting();
    const client = clientOf(api.url, { auth: instanceCredentials({ endpoint: service.url }) });
    await client.createManualBackup(backup);
    await client.createManualBackup(backup);
    expect(api.received[1]?.headers.authorization).toContain("Access=instance-2,");
    await using fresh = await metadata();
    await using strict = await listen((request, response) =>
      request.headers.authorization?.includes("instance-2,")
        ? json(response, 202, created)
        : json(response, 401, { error_code: "APIGW.0301", error_msg: "x" }),
    );
    const renewing = clientOf(strict.url, { auth: instanceCredentials({ endpoint: fresh.url }) });
    await expect(renewing.createManualBackup(backup)).resolves.toEqual(created);
  });
  it.each<[string, (request: Received, response: import("node:http").ServerResponse) => unknown]>([
    ["does not answer", () => {}],
    ["refuses", (_, response) => response.writeHead(404).end("not found")],
    ["speaks HTML", (_, response) => response.end("<html>")],
    ["drips", (_, response) => void response.writeHead(200).write("{")],
    ["closes", (_, response) => response.destroy()],
  ])("elsewhere, where the address %s, is one clear error", async (_, handler) => {
    await using service = await listen(handler);
    const client = clientOf("http://127.0.0.1:2", { auth: instanceCredentials({ endpoint: service.url }), retries: 2 });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent", attempts: 1 });
    expect(error.message).toMatch(/metadata service .* agency/);
  });
  it.each<[string, number, unknown]>([
    ["a status that is no success", 404, { credential: { access: "a", secret: "s" } }],
    ["no access key", 200, { credential: { secret: "s" } }],
    ["no secret key", 200, { credential: { access: "a" } }],
    ["no keys", 200, {}],
  ])("says so when the service answers with %s", async (_, status, body) => {
    await using service = await listen((request, response) =>
      request.method === "PUT" ? response.end("metadata-token") : json(response, status, body),
    );
    const client = clientOf("http://127.0.0.1:2", { auth: instanceCredentials({ endpoint: service.url }) });
    const error = await failing(client.createManualBackup(backup));
    expect(error.message).toContain(`the metadata service answered ${status} without keys. Give this server an agency`);
    expect(service.received[1]?.headers["x-metadata-token"]).toBe("metadata-token");
  });
  it.each([429, 503])("asks again when the service answers with %i", async (status) => {
    let asked = 0;
    await using service = await listen((request, response) => {
      if (request.method === "PUT") return response.end("metadata-token");
      return ++asked === 1 ? response.writeHead(status).end() : json(response, 200, credential("instance-1"));
    });
    await using api = await accepting();
    const client = clientOf(api.url, { auth: instanceCredentials({ endpoint: service.url }), retries: 1 });
    await client.createManualBackup(backup);
    expect(api.received).toHaveLength(1);
    const failed = clientOf(api.url, { auth: instanceCredentials({ endpoint: service.url }) });
    asked = 0;
    const error = await failing(failed.createManualBackup(backup));
    expect(error.message).toBe(
      `createManualBackup: the metadata service answered ${status} without keys. Nothing was sent`,
    );
  });
  it.each([
    [500, "a page about an error"],
    [404, "nothing-here"],
    [200, ""],
  ])("asks without a token when that request is answered with %i and %j", async (status, text) => {
    await using service = await listen((request, response) =>
      request.method === "PUT" ? response.writeHead(status).end(text) : json(response, 200, credential("instance-1")),
    );
    await using api = await accepting();
    await clientOf(api.url, { auth: instanceCredentials({ endpoint: service.url }) }).createManualBackup(backup);
    expect(service.received[1]?.headers).not.toHaveProperty("x-metadata-token");
  });
  it("signs without a security token when there is none", async () => {
    await using service = await listen((request, response) =>
      request.method === "PUT"
        ? response.end("metadata-token")
        : json(response, 200, { credential: { access: "a", secret: "s", securitytoken: null } }),
    );
    await using api = await accepting();
    await clientOf(api.url, { auth: instanceCredentials({ endpoint: service.url }) }).createManualBackup(backup);
    expect(api.received[0]?.headers).not.toHaveProperty("x-security-token");
  });
  it("refuses unknown options and plain http to another host", () => {
    expect(() => instanceCredentials({ endpont: "x" } as object)).toThrow(
      /option endpont is not known: did you mean endpoint/,
    );
    expect(() => instanceCredentials({ endpoint: "http://example.com" })).toThrow(/option endpoint must be https/);
  });
});

it.each<[string, string]>([
  ["a certificate that is not accepted", "https"],
  ["an answer that is too long", "http"],
])("what will fail again is not asked of IAM again: %s", async (_, kind) => {
  let connections = 0;
  const handler = (_: unknown, response: ServerResponse) => response.writeHead(201).end("x".repeat(2 ** 20 + 1));
  const server =
    kind === "https" ? createTlsServer({ key: pem("key"), cert: pem("cert") }, handler) : createServer(handler);
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const iamUrl = `${kind}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = clientOf("http://127.0.0.1:2", { auth: passwordToken({ ...account, iamUrl }), retries: 2 });
  const error = await failing(client.createManualBackup(backup));
  expect(error).toMatchObject({ name: "AuthenticationError", attempts: 1, outcome: "not-sent" });
  expect(connections).toBe(1);
  server.closeAllConnections();
  server.close();
});

it.each<[number, string]>([
  [201, "IAM at {host} answered 201 without a token"],
  [302, "IAM at {host} answered 302. Check region and iamUrl"],
  [404, "IAM at {host} answered 404 No. Check region and iamUrl"],
  [401, "IAM at {host} answered 401 No. Check user, password, domain and project"],
])("the advice fits what IAM answers: %i", async (status, message) => {
  await using iam = await listen((_, response) =>
    status < 400 ? response.writeHead(status).end() : json(response, status, { error_msg: "No." }),
  );
  const client = clientOf("http://127.0.0.1:2", { auth: passwordToken({ ...account, iamUrl: iam.url }) });
  const error = await failing(client.createManualBackup(backup));
  expect(error.message).toContain(message.replace("{host}", new URL(iam.url).host));
});

it("a token that ends soon is still used when IAM cannot give another one", async () => {
  let isDown = false;
  await using iam = await listen((_, response) => {
    if (isDown) return json(response, 503, {});
    const life = 4 * 60_000;
    const token = { issued_at: new Date().toISOString(), expires_at: new Date(Date.now() + life).toISOString() };
    json(response, 201, { token }, { "x-subject-token": "short-token" });
  });
  await using api = await accepting();
  const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }) });
  await client.createManualBackup(backup);
  isDown = true;
  await client.createManualBackup(backup);
  expect(iam.received).toHaveLength(2);
  expect(api.received.map(({ headers }) => headers["x-auth-token"])).toEqual(["short-token", "short-token"]);
});

describe("a renewal that fails", () => {
  /** The service refuses the first credential, and takes any other. */
  const refusingFirst = (nameOf: (request: Received) => string | undefined) => {
    let first: string | undefined;
    return listen((request, response) => {
      first ??= nameOf(request);
      if (nameOf(request) === first) json(response, 401, { error_code: "APIGW.0307", error_msg: "No." });
      else json(response, 202, created);
    });
  };
  it("is tried again: the token that was refused is never sent twice", async () => {
    await using iam = await listen((_, response) => {
      const count = iam.received.length;
      if (count === 2) return response.writeHead(503).end();
      json(response, 201, { token: {} }, { "x-subject-token": `token-number-${count}` });
    });
    const tokenOf = ({ headers }: Received) => String(headers["x-auth-token"]);
    await using api = await refusingFirst(tokenOf);
    const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }), retries: 2 });
    await expect(client.createManualBackup(backup)).resolves.toEqual(created);
    expect(api.received.map(tokenOf)).toEqual(["token-number-1", "token-number-3"]);
  });
  it("nor are keys of which a signature was refused", async () => {
    const asked: boolean[] = [];
    const keysOf = ({ headers }: Received) => /Access=([^,]+)/.exec(String(headers.authorization))?.[1];
    await using api = await refusingFirst(keysOf);
    const auth = accessKey(async ({ refused }) => {
      asked.push(refused);
      // The first renewal takes longer than an attempt may.
      if (asked.length === 2) await pause(900);
      return { ak: refused ? "second" : "first", sk: "sk" };
    });
    const client = clientOf(api.url, { auth, retries: 1, timeout: 600 });
    await expect(client.createManualBackup(backup)).resolves.toEqual(created);
    expect(asked).toEqual([false, true, true]);
    expect(api.received.map(keysOf)).toEqual(["first", "second"]);
  });
});

it("the message of a signer that fails speaks of credentials, and that of a function of a token", async () => {
  const fail = () => {
    throw new Error("the vault is sealed");
  };
  const messageOf = async (auth: Parameters<typeof createClient>[0]["auth"]) =>
    (await failing(clientOf("http://127.0.0.1:2", { auth }).deleteManualBackup({ backup_id: "b" }))).message;
  expect(await messageOf(accessKey(fail))).toContain("no credentials: the vault is sealed");
  expect(await messageOf(fail)).toContain("no token: the vault is sealed");
});

it("a signer is a signer, whatever else it has", async () => {
  await using api = await accepting();
  const signer = { auth: "planted-master-secret", sign: async () => ({ authorization: "signed" }) };
  await clientOf(api.url, { auth: signer }).createManualBackup(backup);
  expect(api.received[0]?.headers).toMatchObject({ authorization: "signed" });
  expect(JSON.stringify(api.received[0]?.headers)).not.toContain("planted");
});

it.each([{}, new Headers({ authorization: "x" }), "planted-text", ["x"], null])(
  "a signer that gives no headers is an AuthenticationError, and nothing is sent: %j",
  async (given) => {
    await using api = await accepting();
    const auth = { sign: async () => given as unknown as Record<string, string> };
    const error = await failing(clientOf(api.url, { auth }).createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent" });
    expect(error.message).toMatch(/auth gave no headers: sign must give an object of names and values/);
    expect(error.message).not.toContain("planted");
    expect(api.received).toEqual([]);
  },
);

it("the answers of IAM and of the metadata service have a limit, too", async () => {
  const long = "x".repeat(2 ** 21);
  await using server = await listen((_, response) => response.writeHead(201).end(`{"token":"${long}"}`));
  const token = clientOf(server.url, { auth: passwordToken({ ...account, iamUrl: server.url }) });
  expect((await failing(token.deleteManualBackup({ backup_id: "b" }))).message).toMatch(
    /an answer longer than \d+ bytes/,
  );
  const keys = clientOf(server.url, { auth: instanceCredentials({ endpoint: server.url }) });
  expect((await failing(keys.deleteManualBackup({ backup_id: "b" }))).message).toMatch(
    /an answer longer than \d+ bytes/,
  );
});

it("a metadata token that no header can hold is not used, and not shown", async () => {
  await using server = await listen(({ method, headers }, response) => {
    if (method === "PUT") return response.writeHead(200).end("planted-meta\ntoken-0123");
    expect(headers["x-metadata-token"]).toBeUndefined();
    response.writeHead(404).end();
  });
  const client = clientOf(server.url, { auth: instanceCredentials({ endpoint: server.url }) });
  const { message, cause } = await failing(client.deleteManualBackup({ backup_id: "b" }));
  expect(message + String(cause)).not.toContain("planted");
  expect(server.received).toHaveLength(2);
});

it("who asks at the moment in which a value arrives gets that value", async () => {
  const { signal } = new AbortController();
  for (let step = 0; step < 12; step++) {
    const renewable = new Renewable<number>(0);
    const requests: ((value: Usable<number>) => void)[] = [];
    const request = () => new Promise<Usable<number>>((resolve) => requests.push(resolve));
    const get = () => renewable.get(signal, () => false, request);
    const first = get();
    requests[0]?.({ value: 1, endsAt: Number.POSITIVE_INFINITY });
    for (let turn = 0; turn < step; turn++) await undefined;
    expect([await get(), await first]).toEqual([1, 1]);
    expect(requests).toHaveLength(1);
  }
});
