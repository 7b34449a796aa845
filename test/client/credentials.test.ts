import { inspect } from "node:util";
import {
  type Auth,
  accessKey,
  type createClient,
  instanceCredentials,
  passwordToken,
  type Signer,
} from "geminidb-backup";
import { describe, expect, it } from "vitest";
import { backup, clientOf, created } from "../support/calls.js";
import { accepting, account } from "../support/credentials.js";
import { failing, json, listen, type Received } from "../support/http.js";
import { pause } from "../support/pause.js";

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

it("a token behind a scheme is secret by itself, if a signer gives it", async () => {
  await using server = await listen((_, response) =>
    json(response, 401, { error_code: "X.1", error_msg: "invalid token planted-bearer-42" }),
  );
  const auth = { sign: async () => ({ authorization: "Bearer planted-bearer-42" }) };
  const error = await failing(clientOf(server.url, { auth }).deleteManualBackup({ backup_id: "b" }));
  expect(error.message).toContain("invalid token [redacted]");
  expect(JSON.stringify(error) + error.stack).not.toContain("planted-bearer");
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

describe("what a runtime quotes of a request that it refuses is not shown", () => {
  it.each<[string, string, RequestInit]>([
    ["a header", "http://127.0.0.1:2", { headers: { authorization: "Basic hunter2-hunter2\nx" } }],
    ["the name of a header", "http://127.0.0.1:2", { headers: { "hunter2 hunter2": "x" } }],
    ["a URL with credentials", "http://bob:hunter2-hunter2@127.0.0.1:2", {}],
    ["a URL that is none", "hunter2-hunter2", {}],
  ])("%s", async (_, url, init) => {
    const auths: Auth[] = [
      async ({ fetch }) => (await fetch(url, init)).text(),
      async () => (await globalThis.fetch(url, init)).text(),
      { sign: async () => void new Request(url, init) },
    ];
    for (const auth of auths) {
      const error = await failing(clientOf("http://127.0.0.1:2", { auth }).createManualBackup(backup));
      expect(error.name).toBe("AuthenticationError");
      expect(inspect(error) + JSON.stringify(error)).not.toContain("hunter2");
    }
  });
  it.each([
    `Headers.append: hunter2 is an invalid header value.`, // Firefox
    `Invalid header value: "hunter2"`, // Deno
    `hunter2 is not a legal HTTP header value`, // node-fetch
    `Header 'authorization' has invalid value: 'hunter2'`, // Bun, Safari
    `Window.fetch: http://bob:hunter2@iam.test is an url with embedded credentials.`, // Firefox
    `Failed to execute 'fetch' on 'Window': Failed to parse URL from hunter2`, // Chromium
    `"hunter2" cannot be parsed as a URL.`, // Bun, Safari
    `Invalid URL: 'hunter2'`, // Deno
  ])("on other runtimes: %s", async (message) => {
    const auth = () => Promise.reject(new TypeError(message));
    const error = await failing(clientOf("http://127.0.0.1:2", { auth }).createManualBackup(backup));
    expect(error.message).toContain("no token: a request has a URL or header that is not valid. Nothing was sent");
    expect(inspect(error)).not.toContain("hunter2");
  });
  it.each([
    new TypeError("Cannot read properties of undefined (reading 'token')"),
    new TypeError("fetch failed"),
    new Error("the vault gave an invalid header value"),
  ])("and every other message is: %s", async (thrown) => {
    const auth = () => Promise.reject(thrown);
    const error = await failing(clientOf("http://127.0.0.1:2", { auth }).createManualBackup(backup));
    expect(error.message).toContain(`no token: ${thrown.message}. Nothing was sent`);
  });
});

it("a signer is a signer, whatever else it has", async () => {
  await using api = await accepting();
  const signer = { auth: "planted-master-secret", sign: async () => ({ authorization: "signed" }) };
  await clientOf(api.url, { auth: signer }).createManualBackup(backup);
  expect(api.received[0]?.headers).toMatchObject({ authorization: "signed" });
  expect(JSON.stringify(api.received[0]?.headers)).not.toContain("planted");
});

it.each([
  { "Content-Length": "1" },
  { "transfer-encoding": "identity" },
  { expect: "100-continue", upgrade: "websocket" },
  { host: "other.example", connection: "close", te: "trailers" },
])("a signer may give back headers that the runtime sets, and the runtime sets them all the same: %j", async (own) => {
  await using api = await accepting();
  const auth = { sign: async () => ({ authorization: "signed", ...own }) };
  await expect(clientOf(api.url, { auth }).createManualBackup(backup)).resolves.toEqual(created);
  const { host } = new URL(api.url);
  expect(api.received[0]?.headers).toMatchObject({ authorization: "signed", host, connection: "keep-alive" });
  expect(api.received[0]?.body).toContain(backup.name);
  expect(api.received[0]?.headers).not.toHaveProperty("te");
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

it.each([undefined, null, 5, Promise.resolve("planted-text")])(
  "a signer that gives a header whose value is no text is an AuthenticationError, and nothing is sent: %j",
  async (authorization) => {
    await using api = await accepting();
    const auth = { sign: async () => ({ authorization, "x-other": "text" }) as unknown as Record<string, string> };
    const error = await failing(clientOf(api.url, { auth }).createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent" });
    expect(error.message).toMatch(/auth gave a header whose value is not a text/);
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
