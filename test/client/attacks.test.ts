import { type ClientOptions, createClient, passwordToken } from "geminidb-backup";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backup, clientOf, created } from "../support/calls.js";
import { failing, json, listen, listenRaw } from "../support/http.js";
import { hurry } from "../support/hurry.js";
import { pause } from "../support/pause.js";

beforeEach(hurry);
afterEach(() => void vi.restoreAllMocks());

it("a body of quotes and backslashes costs about as much as one of letters", async () => {
  const cost = async (body: string) => {
    await using server = await listen((_, response) => response.writeHead(400).end(body));
    const before = process.cpuUsage();
    await failing(clientOf(server.url).createManualBackup(backup));
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  // Other tests run in the same process, so the least of several is taken.
  const least = async (body: string) => Math.min(await cost(body), await cost(body), await cost(body));
  const plain = await least("x".repeat(800_000));
  expect(await least('"\\'.repeat(400_000))).toBeLessThan(20 * plain);
});

describe("a middleware", () => {
  it("cannot make a create of another request", async () => {
    await using server = await listen((_, response) => json(response, 503, {}, { "retry-after": "0" }));
    const client = clientOf(server.url, { retries: 2 });
    client.raw.use({
      onRequest: () => new Request(`${server.url}/v3/p/instances/i/backups`, { method: "POST", body: "{}" }),
    });
    await expect(client.raw.GET("/v3/other" as never, {} as never)).rejects.toThrow(/made it another request/);
    expect(server.received).toEqual([]);
  });
  it("that never answers is left when the caller aborts", async () => {
    const client = clientOf("http://127.0.0.1:2");
    client.raw.use({ onRequest: () => new Promise<undefined>(() => {}) });
    const signal = AbortSignal.timeout(50);
    expect(await failing(client.createManualBackup(backup, { signal }))).toBe(signal.reason);
  });
  it("has its signal heard during the wait for another attempt, too", async () => {
    vi.restoreAllMocks();
    await using server = await listen((_, response) => json(response, 503, {}, { "retry-after": "25" }));
    const client = clientOf(server.url, { retries: 2 });
    client.raw.use({ onRequest: ({ request }) => new Request(request, { signal: AbortSignal.timeout(200) }) });
    expect(await failing(client.deleteManualBackup({ backup_id: "b" }))).toMatchObject({
      name: "TimeoutError",
      code: 23,
    });
  });
});

describe("a secret is not shown", () => {
  const shown = (error: unknown) =>
    `${String(error)} ${JSON.stringify(error)} ${JSON.stringify((error as { body?: unknown }).body)}`;
  it.each<[string, Record<string, string>, string]>([
    ["without its scheme", { "proxy-authorization": "Basic dXNlcjpwYXNzd29yZA==" }, "dXNlcjpwYXNzd29yZA"],
    ["without the name of its cookie", { cookie: "sid=supersecretsession; a=b" }, "supersecretsession"],
    [
      "of which another is the beginning",
      { "x-api-key": "gatewaykey", "x-api-key2": "gatewaykey-prod-7734" },
      "-prod-7734",
    ],
  ])("%s", async (_, headers, secret) => {
    const echo = Object.values(headers).join(" and ").replace("Basic ", "").replace("sid=", "");
    await using server = await listen((_, response) => json(response, 400, { error_code: "X", error_msg: echo }));
    expect(shown(await failing(clientOf(server.url, { headers }).createManualBackup(backup)))).not.toContain(secret);
  });
  it("in the request ID of a redirect, in a reason phrase, or behind a byte that is not UTF-8", async () => {
    const token = "planted-token-0123";
    const ids: unknown[] = [];
    const options: ClientOptions = { auth: token, onResponse: ({ requestId }) => ids.push(requestId) };
    await using redirect = await listen((_, response) =>
      response.writeHead(302, { location: "http://x.test/", "x-request-id": token }).end(),
    );
    const redirected = await failing<Error & { requestId: string }>(
      clientOf(redirect.url, options).createManualBackup(backup),
    );
    expect(JSON.stringify([redirected, redirected.requestId, ids])).not.toContain(token);
    await using phrase = await listenRaw(`HTTP/1.1 400 bad ${token}\r\ncontent-length: 2\r\n\r\n{}`);
    const error = await failing<Error & { response: Response }>(
      clientOf(phrase.url, options).createManualBackup(backup),
    );
    expect(error.response.statusText).toBe("bad [redacted]");
    const encoded = [...token].map((char) => `%${char.charCodeAt(0).toString(16)}`).join("");
    await using broken = await listen((_, response) =>
      json(response, 400, { error_code: "X", error_msg: `%ff${encoded}` }),
    );
    expect(shown(await failing(clientOf(broken.url, options).createManualBackup(backup)))).not.toContain(encoded);
  });
});

it.each([400, 202])("a reason phrase in another script does not matter: %i", async (status) => {
  const body = JSON.stringify(created);
  await using server = await listenRaw(`HTTP/1.1 ${status} Плохо\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  const call = clientOf(server.url).createManualBackup(backup);
  if (status === 202) expect(await call).toEqual(created);
  else expect(await failing(call)).toMatchObject({ name: "ApiError", status });
});

it("an error whose errors hold itself, and options that hold themselves, do not overflow the stack", async () => {
  const cyclic = Object.assign(new Error("x"), { errors: [] as unknown[] });
  cyclic.errors.push(cyclic);
  const client = clientOf("https://service.test", { fetch: () => Promise.reject(cyclic) });
  expect(await failing(client.createManualBackup(backup))).toMatchObject({ name: "ConnectionError" });
  const auth: { auth?: unknown } = {};
  auth.auth = auth;
  expect(() => createClient({ region: "ap-southeast-1", auth: auth as never })).toThrow(/option auth must be/);
});

it("a text that is too long for a regular expression is a ValidationError", async () => {
  const call = clientOf("http://127.0.0.1:2").createManualBackup({ ...backup, description: "й".repeat(16_000_000) });
  expect(await failing(call)).toMatchObject({
    name: "ValidationError",
    outcome: "not-sent",
    issues: [{ path: "description", keyword: "maxLength" }],
  });
});

it("every attempt after a refusal is told which token was refused, so that none sends it again", async () => {
  await using server = await listen((_, response) => {
    if (server.received.length === 1) json(response, 401, { error_code: "APIGW.0301", error_msg: "x" });
    else if (server.received.length === 2) json(response, 503, {});
    else json(response, 202, { job_id: "j" });
  });
  const told: (string | undefined)[] = [];
  const auth = ({ refused }: { refused: string | undefined }) => {
    told.push(refused);
    // It remembers nothing.
    return refused === undefined ? "token-a" : "token-b";
  };
  expect(await clientOf(server.url, { auth, retries: 2 }).deleteManualBackup({ backup_id: "b" })).toEqual({
    job_id: "j",
  });
  expect(told).toEqual([undefined, "token-a", "token-a"]);
  expect(server.received.map(({ headers }) => headers["x-auth-token"])).toEqual(["token-a", "token-b", "token-b"]);
});

it("an answer that comes after the end of its attempt is heard by nobody", async () => {
  const events: string[] = [];
  const client = clientOf("https://service.test", {
    timeout: 50,
    onRequest: () => events.push("request"),
    onResponse: () => events.push("response"),
    onError: () => events.push("error"),
    fetch: async () => {
      await pause(120);
      return Response.json(created, { status: 202, headers: { "x-request-id": "late" } });
    },
  });
  expect(await failing(client.createManualBackup(backup))).toMatchObject({
    name: "TimeoutError",
    requestId: undefined,
  });
  await pause(200);
  expect(events).toEqual(["request", "error"]);
});

it("a redirect whose body never ends does not keep its connection", async () => {
  let closed: Promise<unknown> | undefined;
  await using server = await listen((_, response) => {
    closed = new Promise((resolve) => response.on("close", resolve));
    response.writeHead(302, { location: "http://x.test/" }).write("x");
  });
  await failing(clientOf(server.url).createManualBackup(backup));
  await closed;
});

describe("wrong options of providers name what is wrong", () => {
  const account = { username: "u", password: "p", domain: "d", project: "p", region: "ap-southeast-1" };
  it.each<[unknown, RegExp]>([
    [null, /passwordToken: the options must be an object/],
    [{ ...account, iamUrl: 5 }, /option iamUrl .*not a string/],
    [{ ...account, region: 5 }, /option region must be a string/],
    [{ ...account, project: { foo: "x" } }, /option foo is not known/],
    [{ ...account, project: { id: "x", nmae: "y" } }, /option nmae is not known/],
    [{ ...account, project: undefined }, /option project must be a text/],
    [{ ...account, allowInsecure: "no" }, /option allowInsecure must be a boolean/],
  ])("%j", (options, message) => {
    expect(() => passwordToken(options as never)).toThrow(TypeError);
    expect(() => passwordToken(options as never)).toThrow(message);
  });
});

it("an input with project_id null is refused, not taken for the client's project", async () => {
  const call = clientOf("http://127.0.0.1:2").deleteManualBackup({ backup_id: "b", project_id: null as never });
  expect(await failing(call)).toMatchObject({ issues: [{ path: "project_id", keyword: "type" }] });
  const input = {
    ...backup,
    toJSON: () => {
      throw null;
    },
  };
  expect(await failing(clientOf("http://127.0.0.1:2").createManualBackup(input))).toMatchObject({
    name: "ValidationError",
  });
});
