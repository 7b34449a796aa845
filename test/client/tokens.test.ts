import { AuthenticationError, createClient, passwordToken, type TokenContext } from "geminidb-backup";
import { describe, expect, it, vi } from "vitest";
import { account } from "../support/credentials.js";
import { failing, json, listen, type Received } from "../support/http.js";
import { pause } from "../support/pause.js";
import { root, run } from "../support/project.js";

/** An IAM that issues numbered tokens. */
const iamServer = (life = 86_400_000, delay = 0) => {
  let issued = 0;
  return listen(async (request, response) => {
    await pause(delay);
    const user = (JSON.parse(request.body) as { auth: { identity: { password: { user: { password: string } } } } }).auth
      .identity.password.user;
    if (user.password !== account.password)
      return json(response, 401, { error: { code: 401, message: `Wrong: ${user.password}`, title: "Unauthorized" } });
    issued++;
    json(
      response,
      201,
      { token: { expires_at: new Date(Date.now() + life).toISOString().replace("Z", "000Z") } },
      { "x-subject-token": `issued-token-${issued}` },
    );
  });
};
/** A service that takes only this token. */
const service = (valid: () => string, refusal = { status: 401, code: "APIGW.0307" }) =>
  listen((request: Received, response) =>
    request.headers["x-auth-token"] === valid()
      ? json(response, 202, { job_id: "j", backup_id: "b" })
      : json(response, refusal.status, { error_code: refusal.code, error_msg: "x" }),
  );

describe("passwordToken", () => {
  it("takes the project by its ID or its name, and not by both", () => {
    const options = { ...account, iamUrl: "http://127.0.0.1:2" };
    const both = { id: "a", name: "b" } as unknown as { id: string };
    expect(() => passwordToken({ ...options, project: both })).toThrow(
      "passwordToken: option project must have an id or a name, not both",
    );
    const number = { name: 5 } as unknown as { name: string };
    expect(() => passwordToken({ ...options, project: number })).toThrow(/option project must be a text/);
  });
  it("asks IAM as documented", async () => {
    await using iam = await iamServer();
    await using api = await service(() => "issued-token-1");
    const client = createClient({
      baseUrl: api.url,
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: iam.url }),
    });
    await client.deleteManualBackup({ backup_id: "b" });
    expect(iam.received[0]).toMatchObject({
      method: "POST",
      url: "/v3/auth/tokens?nocatalog=true",
      headers: { "content-type": "application/json;charset=utf8" },
    });
    expect(JSON.parse(iam.received[0]?.body ?? "")).toEqual({
      auth: {
        identity: {
          methods: ["password"],
          password: { user: { name: "alice", password: account.password, domain: { name: "acme" } } },
        },
        scope: { project: { name: "ap-southeast-1" } },
      },
    });
    expect(iam.received[0]?.headers).not.toHaveProperty("x-auth-token");
  });
  it("takes a project by its ID", async () => {
    await using iam = await iamServer();
    await using api = await service(() => "issued-token-1");
    const auth = passwordToken({ ...account, project: { id: "054e" }, iamUrl: iam.url });
    await createClient({ baseUrl: api.url, project_id: "p", auth }).deleteManualBackup({ backup_id: "b" });
    expect(JSON.parse(iam.received[0]?.body ?? "")).toMatchObject({ auth: { scope: { project: { id: "054e" } } } });
  });
  it("asks once, however many calls wait, and keeps the token", async () => {
    await using iam = await iamServer(86_400_000, 50);
    await using api = await service(() => "issued-token-1");
    const client = createClient({
      baseUrl: api.url,
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: iam.url }),
    });
    await Promise.all(Array.from({ length: 50 }, () => client.deleteManualBackup({ backup_id: "b" })));
    await client.deleteManualBackup({ backup_id: "b" });
    expect(iam.received).toHaveLength(1);
  });
  it("asks again shortly before the token ends", async () => {
    await using iam = await iamServer(4 * 60_000);
    await using api = await service(() => `issued-token-${iam.received.length}`);
    const client = createClient({
      baseUrl: api.url,
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: iam.url }),
    });
    await client.deleteManualBackup({ backup_id: "b" });
    await client.deleteManualBackup({ backup_id: "b" });
    await vi.waitFor(() => expect(iam.received).toHaveLength(2));
  });
  it("does not ask again at once when that has failed, while the token lasts", async () => {
    let logins = 0;
    await using iam = await listen((_, response) => {
      logins++;
      if (logins > 1) return json(response, 401, { error: { code: 401, message: "x", title: "x" } });
      const times = { issued_at: new Date().toISOString(), expires_at: new Date(Date.now() + 240_000).toISOString() };
      return json(response, 201, { token: times }, { "x-subject-token": "issued-token-1" });
    });
    await using api = await service(() => "issued-token-1");
    const auth = passwordToken({ ...account, iamUrl: iam.url });
    const client = createClient({ baseUrl: api.url, project_id: "p", auth });
    for (let call = 0; call < 5; call++) await client.deleteManualBackup({ backup_id: "b" });
    await vi.waitFor(() => expect(logins).toBe(2));
    await client.deleteManualBackup({ backup_id: "b" });
    expect(logins).toBe(2);
  });
  it.each([
    { status: 401, code: "APIGW.0307" },
    { status: 401, code: "APIGW.0301" },
    { status: 403, code: "DBS.280056" },
  ])("gives a fresh token when one is refused with $code, once, and the create is sent again", async (refusal) => {
    await using iam = await iamServer();
    await using api = await service(() => "issued-token-2", refusal);
    const client = createClient({
      baseUrl: api.url,
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: iam.url }),
      retries: 0,
    });
    await expect(client.createManualBackup({ instance_id: "i", name: "nightly", description: "" })).resolves.toEqual({
      job_id: "j",
      backup_id: "b",
    });
    expect(api.received.map(({ headers }) => headers["x-auth-token"])).toEqual(["issued-token-1", "issued-token-2"]);
  });
  it("fetches one fresh token for many calls whose token was refused at once", async () => {
    await using iam = await iamServer(86_400_000, 30);
    await using api = await service(() => "issued-token-2");
    const client = createClient({
      baseUrl: api.url,
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: iam.url }),
    });
    await Promise.all(Array.from({ length: 20 }, () => client.deleteManualBackup({ backup_id: "b" })));
    expect(iam.received).toHaveLength(2);
  });
  it("does not try a third token", async () => {
    await using iam = await iamServer();
    await using api = await service(() => "never");
    const client = createClient({
      baseUrl: api.url,
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: iam.url }),
    });
    await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toMatchObject({
      name: "ApiError",
      code: "APIGW.0307",
    });
    expect(api.received).toHaveLength(2);
  });
  it("says what IAM says, without the password, and does not repeat a wrong one", async () => {
    await using iam = await iamServer();
    await using api = await service(() => "x");
    const wrong = "another-planted-password";
    const client = createClient({
      baseUrl: api.url,
      project_id: "p",
      auth: passwordToken({ ...account, password: wrong, iamUrl: iam.url }),
    });
    const error = await failing<AuthenticationError>(client.deleteManualBackup({ backup_id: "b" }));
    expect(AuthenticationError.is(error)).toBe(true);
    expect(error.message).toMatch(
      /^deleteManualBackup: IAM at 127\.0\.0\.1:\d+ answered 401 Wrong: \[redacted\]\. Check user, password, domain and project\. Nothing was sent$/,
    );
    expect(iam.received).toHaveLength(1);
    expect(api.received).toEqual([]);
  });
  it("asks again when IAM fails for a moment", async () => {
    let calls = 0;
    await using iam = await listen((_, response) =>
      ++calls < 3
        ? response.writeHead(503).end()
        : json(response, 201, { token: {} }, { "x-subject-token": "issued-token-1" }),
    );
    await using api = await service(() => "issued-token-1");
    const client = createClient({
      baseUrl: api.url,
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: iam.url }),
    });
    await expect(
      client.createManualBackup({ instance_id: "i", name: "nightly", description: "" }),
    ).resolves.toBeDefined();
    expect(iam.received).toHaveLength(3);
  });
  it.each([
    [429, 3],
    [500, 3],
    [499, 1],
    [200, 1],
  ])("a %i of IAM, even with a token: asked %i times", async (status, times) => {
    await using iam = await listen((_, response) =>
      json(response, status, { error: { message: "no." } }, { "x-subject-token": "issued-token-1" }),
    );
    const client = createClient({
      baseUrl: "http://127.0.0.1:2",
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: iam.url }),
    });
    const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
    expect(error.message).toMatch(
      new RegExp(`IAM at \\S+ answered ${status} no\\. (Check (user|region)|Nothing was sent)`),
    );
    expect(iam.received).toHaveLength(times);
    expect(iam.received[0]?.headers).toMatchObject({
      accept: "application/json",
      "content-type": "application/json;charset=utf8",
    });
  });
  it("shows no password that a runtime's error repeats", async () => {
    const client = createClient({
      baseUrl: "http://127.0.0.1:2",
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: "http://127.0.0.1:3" }),
      retries: 0,
      fetch: async (request) => {
        throw new Error(`cannot send ${await request.text()}`);
      },
    });
    const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
    expect(error.message).toContain("cannot send");
    expect(error.message).not.toContain(account.password);
  });
  it("is refused a redirect of IAM", async () => {
    await using thief = await listen((_, response) => json(response, 201, {}, { "x-subject-token": "stolen" }));
    await using iam = await listen((_, response) => response.writeHead(307, { location: thief.url }).end());
    const client = createClient({
      region: "ap-southeast-1",
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: iam.url }),
      retries: 0,
    });
    await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toSatisfy(AuthenticationError.is);
    expect(thief.received).toEqual([]);
  });
  it("lets a caller go who does not want to wait, and the others keep waiting", async () => {
    await using iam = await iamServer(86_400_000, 150);
    await using api = await service(() => "issued-token-1");
    const client = createClient({
      baseUrl: api.url,
      project_id: "p",
      auth: passwordToken({ ...account, iamUrl: iam.url }),
    });
    const reason = new Error("mine");
    const controller = new AbortController();
    const first = failing(client.deleteManualBackup({ backup_id: "b" }, { signal: controller.signal }));
    const second = client.deleteManualBackup({ backup_id: "b" });
    setTimeout(() => controller.abort(reason), 30);
    expect(await first).toBe(reason);
    await expect(second).resolves.toEqual({ job_id: "j", backup_id: "b" });
    expect(iam.received).toHaveLength(1);
  });
});

it("a token that is refused with a code that nobody knows is an ApiError, and no more than that", async () => {
  await using api = await service(() => "another-token", { status: 401, code: "APIG.0307" });
  const client = createClient({ baseUrl: api.url, project_id: "p", auth: "a-token-0123456789" });
  const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
  expect(error).toMatchObject({ name: "ApiError", status: 401, code: "APIG.0307", attempts: 1, outcome: "refused" });
});

describe("a token function", () => {
  it("is asked again after a 401 whose code nobody knows: another token may be accepted", async () => {
    const tokens = ["first-token-0123", "second-token-0123"];
    await using api = await service(() => tokens[1] ?? "", { status: 401, code: "APIG.0307" });
    const refused: unknown[] = [];
    const client = createClient({
      baseUrl: api.url,
      project_id: "p",
      auth: (context) => {
        refused.push(context.refused);
        return tokens[context.refused === undefined ? 0 : 1] ?? "";
      },
    });
    expect(await client.deleteManualBackup({ backup_id: "b" })).toMatchObject({ job_id: "j" });
    expect(refused).toEqual([undefined, tokens[0]]);
  });
  it("may be sync or async, and is told which token was refused", async () => {
    await using api = await service(() => "good-token");
    const seen: (string | undefined)[] = [];
    const auth = async ({ refused }: TokenContext) => {
      seen.push(refused);
      return refused ? "good-token" : "stale-token";
    };
    await createClient({ baseUrl: api.url, project_id: "p", auth }).deleteManualBackup({ backup_id: "b" });
    expect(seen).toEqual([undefined, "stale-token"]);
    await createClient({ baseUrl: api.url, project_id: "p", auth: () => "good-token" }).deleteManualBackup({
      backup_id: "b",
    });
  });
  it("that has no other token ends with the first answer, sent once", async () => {
    await using api = await service(() => "good-token");
    const client = createClient({ baseUrl: api.url, project_id: "p", auth: () => "bad-token" });
    await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toMatchObject({ code: "APIGW.0307" });
    expect(api.received).toHaveLength(1);
  });
  it.each<[string, () => string, RegExp]>([
    [
      "throws",
      () => {
        throw new Error("vault is sealed");
      },
      /no token: vault is sealed\. Nothing was sent/,
    ],
    ["gives nothing", () => "", /no token: auth gave none.*Nothing was sent/],
    ["gives no text", () => ({}) as string, /auth gave none/],
    ["gives a line break", () => "planted\r\nx-evil: 1", /or one with spaces/],
    ["gives another script", () => "plänted", /or one with spaces/],
  ])("that %s is an AuthenticationError, and nothing is sent", async (_, auth, message) => {
    await using api = await service(() => "x");
    const error = await failing<AuthenticationError>(
      createClient({ baseUrl: api.url, project_id: "p", auth }).deleteManualBackup({ backup_id: "b" }),
    );
    expect(AuthenticationError.is(error)).toBe(true);
    expect(error.attempts, "nobody knows whether asking again may help").toBe(1);
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/planted|plänted/);
    expect(api.received).toEqual([]);
  });
});

describe("a token of 20 kB", () => {
  it("travels to a server that takes it", async () => {
    const token = "t".repeat(20_000);
    await using api = await listen(
      (request, response) => json(response, request.headers["x-auth-token"] === token ? 202 : 400, { job_id: "j" }),
      { maxHeaderSize: 65_536 },
    );
    await expect(
      createClient({ baseUrl: api.url, project_id: "p", auth: token }).deleteManualBackup({ backup_id: "b" }),
    ).resolves.toEqual({ job_id: "j" });
  });
  it("at a server that does not: the error says how to lift it", async () => {
    await using api = await listen((_, response) => json(response, 202, { job_id: "j" }));
    const client = createClient({ baseUrl: api.url, project_id: "p", auth: "t".repeat(20_000) });
    await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toThrow(/431.*--max-http-header-size=65536/);
  });
  it("from IAM: Node refuses it, the error says how to lift it, and then it works", async () => {
    await using iam = await listen((_, response) =>
      json(response, 201, { token: {} }, { "x-subject-token": "t".repeat(20_000) }),
    );
    const script = `
      import { createClient, passwordToken } from "geminidb-backup";
      const auth = passwordToken({ username: "u", password: "p", domain: "d", project: "p", iamUrl: ${JSON.stringify(iam.url)} });
      const fetch = async (request) => request.url.startsWith(${JSON.stringify(iam.url)}) ? globalThis.fetch(request) : Response.json({ job_id: String(request.headers.get("x-auth-token").length) }, { status: 202 });
      const client = createClient({ region: "ap-southeast-1", project_id: "p", auth, fetch, retries: 0 });
      console.log(await client.deleteManualBackup({ backup_id: "b" }).then((body) => body.job_id, (error) => error.message));`;
    const node = (...flags: string[]) =>
      run(process.execPath, [...flags, "--input-type=module", "-e", script], { cwd: root });
    expect((await node()).stdout).toMatch(/too long.*--max-http-header-size=65536/);
    expect((await node("--max-http-header-size=65536")).stdout.trim()).toBe("20000");
  });
});
