import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { type ApiError, type PasswordTokenOptions, passwordToken, type TokenContext } from "geminidb-backup";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Renewable, type Usable } from "../../src/client/auth/renewable.js";
import { backup, clientOf, created } from "../support/calls.js";
import { accepting, account } from "../support/credentials.js";
import { failing, json, listen, type Received } from "../support/http.js";
import { pause } from "../support/pause.js";
import { root } from "../support/project.js";

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
    const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }), retries: 2 });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent", attempts: 1 });
    expect(error.message).toContain(`IAM at ${new URL(iam.url).host} gave a token that no header can hold`);
    await expect(client.createManualBackup(backup)).resolves.toEqual(created);
    await client.createManualBackup(backup);
    expect(iam.received).toHaveLength(2);
  });
  it("whose fetch followed a redirect gives no token, and says that the password has left", async () => {
    await using thief = await listen((_, response) => json(response, 201, lasting(), { "x-subject-token": "t-1" }));
    await using iam = await listen((_, response) => response.writeHead(307, { location: thief.url }).end());
    await using api = await accepting();
    const client = clientOf(api.url, {
      auth: passwordToken({ ...account, iamUrl: iam.url }),
      fetch: (request) => fetch(new Request(request, { redirect: "follow" })),
      retries: 2,
    });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent", attempts: 1 });
    expect(error.message).toContain(
      `the option fetch followed a redirect to ${new URL(thief.url).host} and sent the password there`,
    );
    expect(api.received).toEqual([]);
  });
  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a status only", { status: 201 }],
  ])("whose fetch gives %s ends with an error that says so, and is not repeated", async (_, given) => {
    const fetch = (async () => given) as unknown as typeof globalThis.fetch;
    const auth = passwordToken({ ...account, iamUrl: "http://127.0.0.1:2" });
    const client = clientOf("http://127.0.0.1:2", { auth, fetch, retries: 2 });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", attempts: 1 });
    expect(error.message).toContain("IAM at 127.0.0.1:2: option fetch gave no Response");
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
  it("whose connection breaks is repeated", async () => {
    await using iam = await listen((_, response) =>
      iam.received.length === 1 ? response.destroy() : json(response, 201, lasting(), { "x-subject-token": "a-token" }),
    );
    await using api = await accepting();
    const auth = passwordToken({ ...account, iamUrl: iam.url });
    await clientOf(api.url, { auth, retries: 1 }).createManualBackup(backup);
    expect(iam.received).toHaveLength(2);
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
  it("ctx.fetch follows no redirect, which would carry the password to another server", async () => {
    await using thief = await listen((_, response) => json(response, 200, {}));
    await using iam = await listen((_, response) => response.writeHead(307, { location: thief.url }).end());
    const auth = async ({ fetch }: TokenContext) => (await fetch(iam.url, { method: "POST", body: "password" })).text();
    const error = await failing(clientOf("http://127.0.0.1:2", { auth }).createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent" });
    expect(iam.received).toHaveLength(1);
    expect(thief.received).toHaveLength(0);
  });
  it("ctx.fetch ends with the attempt, also where the function passes no signal on", async () => {
    let closed: Promise<unknown> | undefined;
    await using iam = await listen((_, response) => {
      closed = new Promise((resolve) => response.on("close", resolve));
    });
    const auth = async ({ fetch }: TokenContext) => (await fetch(iam.url)).text();
    const error = await failing(clientOf("http://127.0.0.1:2", { auth, timeout: 300 }).createManualBackup(backup));
    expect(error).toMatchObject({ name: "TimeoutError", outcome: "not-sent" });
    await closed;
  });
  it.each(["username", "password", "domain", "project"])(
    "refuses a line break in its %s, and shows no part of it",
    (name) => {
      const options = { ...account, region: "ap-southeast-1", [name]: "planted\n" };
      const message = `passwordToken: option ${name} must not have line breaks or other control characters`;
      expect(() => passwordToken(options)).toThrow(new TypeError(message));
    },
  );
  it("refuses unknown options of its own", () => {
    expect(() => passwordToken({ ...account, iamUrl: "https://iam.test", allowInsecure: "yes" as never })).toThrow(
      /option allowInsecure must be a boolean/,
    );
    const wrong = { ...account, region: "ap-southeast-1", usrname: "x" };
    expect(() => passwordToken(wrong)).toThrow(/passwordToken: option usrname is not known: did you mean username\?/);
  });
  it("takes plain http where that is allowed, and a project of which the ID or the name is undefined", () => {
    const insecure = { ...account, iamUrl: "http://iam.test" };
    expect(() => passwordToken({ ...insecure, allowInsecure: true })).not.toThrow();
    expect(() => passwordToken(insecure)).toThrow(/plain http is only allowed to this machine/);
    for (const project of [
      { id: undefined, name: "p" },
      { id: "p", name: undefined },
    ]) {
      expect(() =>
        passwordToken({ ...account, region: "ap-southeast-1", project } as PasswordTokenOptions),
      ).not.toThrow();
    }
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
  const auth = passwordToken({ ...account, iamUrl: iam.url });
  const error = await failing(clientOf("http://127.0.0.1:2", { auth, retries: 2 }).createManualBackup(backup));
  expect(error).toMatchObject({ name: "AuthenticationError", attempts: 1 });
  expect(error.message).toContain(message.replace("{host}", new URL(iam.url).host));
});

it("a message says that the token was late, and not the answer of the service", async () => {
  await using iam = await listen(() => {});
  const auth = passwordToken({ ...account, iamUrl: iam.url });
  const client = clientOf("http://127.0.0.1:2", { auth, timeout: 100 });
  const error = await failing(client.createManualBackup(backup));
  expect(error).toMatchObject({ name: "TimeoutError", outcome: "not-sent" });
  expect(error.message).toBe("createManualBackup: no token within 100 ms. Nothing was sent");
});

it.each([408, 421, 425])("IAM that answers %i is asked again", async (status) => {
  using _ = vi.spyOn(Math, "random").mockReturnValue(0);
  await using iam = await listen((_, response) => {
    if (iam.received.length === 1) json(response, status, {});
    else json(response, 201, { token: {} }, { "x-subject-token": "second-token" });
  });
  await using api = await accepting();
  const auth = passwordToken({ ...account, iamUrl: iam.url });
  await clientOf(api.url, { auth, retries: 1 }).createManualBackup(backup);
  expect(iam.received).toHaveLength(2);
});

it("a message does not advise to get a new token when a new one was refused as well", async () => {
  await using iam = await listen((_, response) =>
    json(response, 201, { token: {} }, { "x-subject-token": `token-number-${iam.received.length}` }),
  );
  await using api = await listen((_, response) => json(response, 401, { error_code: "APIGW.0307", error_msg: "No." }));
  const auth = passwordToken({ ...account, iamUrl: iam.url });
  const { message } = await failing(clientOf(api.url, { auth }).createManualBackup(backup));
  expect(message).toContain("A new token was refused as well: check that the user, the project and the host belong");
  expect(message).not.toContain("Get a new token");
});

describe("when a refused token is all that there is", () => {
  it("the last answer counts, and not the one that refused the token", async () => {
    await using api = await listen((_, response) =>
      api.received.length === 1
        ? json(response, 401, { error_code: "APIGW.0307", error_msg: "No." }, { "x-request-id": "r-1" })
        : json(response, 503, {}, { "x-request-id": "r-2", "retry-after": "0" }),
    );
    const tokens = ["token-1", "token-2", "token-1"];
    const client = clientOf(api.url, { auth: () => tokens.shift() ?? "none", retries: 1 });
    const error = await failing<ApiError>(client.deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ status: 503, requestId: "r-2", attempts: 2, retryable: true });
    expect(error.message).not.toContain("token");
  });
  it("the answer counts also after an attempt without one", async () => {
    await using api = await listen((_, response) =>
      api.received.length === 1
        ? json(response, 401, { error_code: "APIGW.0307", error_msg: "No." })
        : response.destroy(),
    );
    const tokens = ["token-1", "token-2", "token-1"];
    const client = clientOf(api.url, { auth: () => tokens.shift() ?? "none", retries: 1 });
    const error = await failing<ApiError>(client.deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ status: 401, attempts: 2, outcome: "unknown" });
  });
  it("no message says that a new one was refused as well", async () => {
    await using api = await listen((_, response) =>
      json(response, 401, { error_code: "APIGW.0307", error_msg: "No." }),
    );
    const error = await failing(clientOf(api.url, { auth: () => "token-1" }).createManualBackup(backup));
    expect(error.message).toContain("Get a new token");
    expect(api.received).toHaveLength(1);
  });
});

/** An IAM whose first token ends in four minutes, so that it is to be renewed at once. What it does then is up to `answer`. */
const endingSoon = (answer: (response: ServerResponse) => unknown) => {
  let logins = 0;
  return listen((_, response) => {
    if (++logins > 1) return answer(response);
    const [issued_at, expires_at] = [0, 4 * 60_000].map((life) => new Date(Date.now() + life).toISOString());
    json(response, 201, { token: { issued_at, expires_at } }, { "x-subject-token": "old-token" });
  });
};
const tokenOf = ({ headers }: Received) => headers["x-auth-token"];

describe("a token that ends soon", () => {
  it.each<[string, (response: ServerResponse) => unknown]>([
    ["cannot give another one", (response) => json(response, 503, {})],
    ["says nothing", () => {}],
  ])("is still used, without waiting and with one try, when IAM %s", async (_, answer) => {
    await using iam = await endingSoon(answer);
    await using api = await accepting();
    const auth = passwordToken({ ...account, iamUrl: iam.url });
    const client = clientOf(api.url, { auth, timeout: 1000 });
    for (let call = 0; call < 5; call++) await client.createManualBackup(backup);
    await vi.waitFor(() => expect(iam.received).toHaveLength(2));
    await client.createManualBackup(backup);
    expect(iam.received).toHaveLength(2);
    expect(new Set(api.received.map(tokenOf))).toEqual(new Set(["old-token"]));
  });
  it("is replaced by an IAM that takes longer than the calls, which wait for nothing meanwhile", async () => {
    await using iam = await endingSoon(async (response) => {
      await pause(1200);
      json(response, 201, lasting(), { "x-subject-token": "new-token" });
    });
    await using api = await accepting();
    const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }) });
    await client.createManualBackup(backup);
    const began = performance.now();
    await client.createManualBackup(backup, { timeout: 900 });
    expect(performance.now() - began).toBeLessThan(900);
    await vi.waitFor(async () => {
      await client.createManualBackup(backup);
      expect(api.received.map(tokenOf).at(-1)).toBe("new-token");
    }, 5000);
    expect(iam.received).toHaveLength(2);
  });
  it("and is refused while it is being replaced: the call waits for that request, which ends with the wait", async () => {
    const closed: Promise<unknown>[] = [];
    await using iam = await endingSoon((response) => {
      closed.push(new Promise((resolve) => response.on("close", resolve)));
    });
    await using api = await listen((_, response) =>
      api.received.length === 1
        ? json(response, 202, created)
        : json(response, 401, { error_code: "APIGW.0307", error_msg: "x" }),
    );
    const client = clientOf(api.url, { auth: passwordToken({ ...account, iamUrl: iam.url }), timeout: 500 });
    const began = performance.now();
    await client.createManualBackup(backup);
    await failing(client.createManualBackup(backup));
    await Promise.all(closed);
    expect(closed).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(4000);
  });
});

describe("a renewal in the background", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const { signal } = new AbortController();
  it("has no limit of its own once a call waits for it", async () => {
    const renewable = new Renewable<number>(60_000);
    const requests: ((value: Usable<number>) => void)[] = [];
    const request = () => new Promise<Usable<number>>((resolve) => requests.push(resolve));
    const get = (refused?: number) => renewable.get(signal, (value) => value === refused, request);
    const first = get();
    requests[0]?.({ value: 1, endsAt: Date.now() + 60_000 });
    expect([await first, await get()]).toEqual([1, 1]);
    const waiting = get(1);
    await vi.advanceTimersByTimeAsync(20_000);
    requests[1]?.({ value: 2, endsAt: Date.now() + 3_600_000 });
    expect([await waiting, await get()]).toEqual([2, 2]);
    expect(requests).toHaveLength(2);
  });
  it("gives a value that is replaced when it is refused", async () => {
    const renewable = new Renewable<number>(60_000);
    let requests = 0;
    const request = async () => ({ value: ++requests, endsAt: Date.now() + (requests === 1 ? 60_000 : 3_600_000) });
    const get = (refused?: number) => renewable.get(signal, (value) => value === refused, request);
    expect([await get(), await get()]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(0);
    expect([await get(), await get(2)]).toEqual([2, 3]);
  });
  it("that gives a value in its last minutes again is repeated after thirty seconds, and not by every call", async () => {
    const renewable = new Renewable<number>(60_000);
    let requests = 0;
    const request = async () => ({ value: ++requests, endsAt: Date.now() + 50_000 });
    const get = () => renewable.get(signal, () => false, request);
    for (let call = 0; call < 5; call++) await get();
    expect(requests).toBe(2);
    await vi.advanceTimersByTimeAsync(30_000);
    for (let call = 0; call < 5; call++) await get();
    expect(requests).toBe(3);
  });
  it("is aborted after five seconds, and tried again after thirty", async () => {
    const renewable = new Renewable<number>(60_000);
    const requests: AbortSignal[] = [];
    const request = (ended: AbortSignal) => {
      requests.push(ended);
      const hanging = new Promise<Usable<number>>(() => {});
      return requests.length === 1 ? Promise.resolve({ value: 1, endsAt: Date.now() + 60_000 }) : hanging;
    };
    const get = () => renewable.get(signal, () => false, request);
    expect([await get(), await get(), await get()]).toEqual([1, 1, 1]);
    expect(requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(requests[1]?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(requests[1]?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(24_999);
    expect(await get()).toBe(1);
    expect(requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await get()).toBe(1);
    expect(requests).toHaveLength(3);
  });
});

it("nothing is asked for by a caller who has given up already, whether or not a value is known", async () => {
  const renewable = new Renewable<number>(60_000);
  let requests = 0;
  const request = async () => ({ value: ++requests, endsAt: Date.now() + 30_000 });
  const get = (signal: AbortSignal) => renewable.get(signal, () => false, request);
  await expect(get(AbortSignal.abort("gone"))).rejects.toBe("gone");
  expect(requests).toBe(0);
  await get(new AbortController().signal);
  await expect(get(AbortSignal.abort("gone"))).rejects.toBe("gone");
  expect(requests).toBe(1);
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
