import { accessKey, type ClientOptions, createClient, passwordToken } from "geminidb-backup";
import { describe, expect, it } from "vitest";

const secret = "very-secret-token-0123456789";
const attempt = (options: unknown) => () => createClient(options as ClientOptions);
const account = { username: "u", password: "p", domain: "d", project: "p", region: "ap-southeast-1" };

/** What a function throws, as text. */
function thrownBy(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return String(error);
  }
  throw new Error("Nothing was thrown.");
}

describe("wrong options", () => {
  it.each([
    [{}, /option region is missing.*baseUrl/],
    [{ region: "ap-southeast-l" }, /option region is not known: did you mean ap-southeast-1\?.*baseUrl/],
    [{ region: "eu-west-10" }, /did you mean eu-west-101\?/],
    [{ region: 7 }, /option region must be a string/],
    [{ baseUrl: "not a url" }, /option baseUrl must be https, host and port/],
    [{ baseUrl: "https://example.com//" }, /option baseUrl/],
    [{ baseUrl: "https://example.com?x=1" }, /option baseUrl/],
    [{ baseUrl: "https://example.com#x" }, /option baseUrl/],
    [{ baseUrl: "https://user:pass@example.com" }, /option baseUrl must be https, host and port/],
    [{ baseUrl: "ftp://example.com" }, /option baseUrl must be https/],
    [{ baseUrl: "http://example.com" }, /option baseUrl must be https.*allowInsecure/],
    [{ baseUrl: "http://127.0.0.1.example.com" }, /option baseUrl must be https/],
    [{ region: "ap-southeast-1", timeout: -1 }, /option timeout must be a whole number, 1 or more/],
    [
      { region: "ap-southeast-1", timeout: 1e12 },
      /option timeout must be a whole number, 1 or more, and at most 2147483647/,
    ],
    [{ region: "ap-southeast-1", timeout: Number.NaN }, /option timeout/],
    [{ region: "ap-southeast-1", timeout: "30" }, /option timeout must be a number/],
    [{ region: "ap-southeast-1", retries: 1.5 }, /option retries must be a whole number, 0 or more/],
    [{ region: "ap-southeast-1", retires: 1 }, /option retires is not known: did you mean retries\?/],
    [{ region: "ap-southeast-1", auth: 7 }, /option auth must be/],
    [{ region: "ap-southeast-1", auth: "" }, /option auth must not be empty/],
    [{ region: "ap-southeast-1", auth: { auth: "" } }, /option auth must not be empty/],
    [{ region: "ap-southeast-1", headers: { Expect: "100-continue" } }, /option headers must not hold expect/],
    [{ region: "ap-southeast-1", headers: { "content-length": "5" } }, /option headers must not hold content-length/],
    [{ region: "ap-southeast-1", auth: { token: secret } }, /option auth must be/],
    [{ region: "ap-southeast-1", fetch: "x" }, /option fetch must be a function/],
    [{ region: "ap-southeast-1", onRetry: {} }, /option onRetry must be a function/],
    [{ region: "ap-southeast-1", project_id: 7 }, /option project_id must be a string/],
    [{ region: "ap-southeast-1", project_id: null }, /option project_id must be a string/],
    [{ region: "ap-southeast-1", allowInsecure: "yes" }, /option allowInsecure must be a boolean/],
    [{ region: "ap-southeast-1", maxResponseBytes: 0 }, /option maxResponseBytes must be a whole number, 1 or more/],
    [{ region: "ap-southeast-1", timeout: 2 ** 31 }, /option timeout must be a whole number, 1 or more/],
    [{ region: "ap-southeast-1", headers: () => ({ a: "x" }) }, /option headers must hold names and values/],
    [{ region: "ap-southeast-1", headers: Promise.resolve({ a: "x" }) }, /option headers must hold names and values/],
    [{ region: "ap-southeast-1", headers: { a: undefined } }, /option headers must hold names and values/],
    [{ region: "ap-southeast-1", headers: { "a b": "x" } }, /option headers must hold names and values/],
    [
      { region: "ap-southeast-1", headers: { "X-Auth-Token": "x" } },
      /option headers must not hold x-auth-token: .*auth/,
    ],
    [{ region: null }, /option region must be a string/],
    ["a text", /createClient: the options must be an object/],
  ])("%j are one TypeError that names the option", (options, message) => {
    expect(attempt(options)).toThrow(TypeError);
    expect(attempt(options)).toThrow(message);
    const text = thrownBy(attempt(typeof options === "string" ? options : { auth: secret, ...options }));
    expect(text).toMatch(message);
    expect(text).not.toContain(secret);
    expect(text).not.toContain("user:pass");
  });

  it.each([
    [
      () => passwordToken({ username: "u", password: "", domain: "d", project: "p", region: "ap-southeast-1" }),
      /option password must be/,
    ],
    [
      () => passwordToken({ username: "u", password: "p", domain: "d", project: "p", region: "nowhere" }),
      /option region is not known.*iamUrl/,
    ],
    [
      () => passwordToken({ username: "u", password: "p", domain: "d", project: "p", iamUrl: "http://example.com" }),
      /option iamUrl must be https/,
    ],
    [() => passwordToken({ ...account, project: null as never }), /option project must be a text/],
    [
      () => passwordToken({ ...account, project: { name: "p", di: "x" } as never }),
      /passwordToken: option project: option di/,
    ],
    [() => passwordToken({ ...account, allowInsecure: "yes" as never }), /option allowInsecure must be a boolean/],
    [() => accessKey({ ak: "", sk: "s" }), /accessKey: ak is empty/],
    [() => accessKey({ ak: "a", sk: `${secret} \n` }), /accessKey: sk must be/],
  ])("of a provider are a TypeError too: %s", (make, message) => {
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
    expect(make).not.toThrow(secret);
  });
});

it("options are checked wherever they come from: a prototype, a getter, a list", async () => {
  const good = { region: "ap-southeast-1", project_id: "p", auth: secret };
  expect(attempt(Object.create({ ...good, timeout: "soon" }))).toThrow(/option timeout must be a number/);
  class Settings {
    region = "ap-southeast-1";
    auth = secret;
    get retries() {
      return -1;
    }
  }
  expect(attempt(new Settings() as ClientOptions)).toThrow(/option retries must be a whole number/);
  const client = createClient(good);
  for (const [options, message] of [
    [Object.create({ signal: {} }), /option signal must be an AbortSignal/],
    [[], /call: the options must be an object/],
  ]) {
    await expect(client.deleteManualBackup({ backup_id: "b" }, options)).rejects.toThrow(message);
  }
});

it.each([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
])("the header %s is the runtime's own", (name) => {
  const headers = { [name]: "x" };
  expect(attempt({ region: "ap-southeast-1", auth: secret, headers })).toThrow(
    `option headers must not hold ${name}: the runtime sets it`,
  );
});

it("headers that can be read only once are refused", async () => {
  const headers = new Map([["x-any", "1"]]).entries() as unknown as HeadersInit;
  const message = /option headers must not be an iterator, which can be read only once/;
  expect(attempt({ region: "ap-southeast-1", auth: secret, headers })).toThrow(message);
  const client = createClient({ region: "ap-southeast-1", project_id: "p", auth: secret });
  await expect(client.deleteManualBackup({ backup_id: "b" }, { headers })).rejects.toThrow(message);
});

it("auth that is missing is told at once, with what it may be", () => {
  expect(attempt({ region: "ap-southeast-1" })).toThrow(
    /option auth is missing: a token, passwordToken\(\), accessKey\(\), instanceCredentials\(\), fromEnvironment\(\), or a function/,
  );
});

it.each([
  {},
  { aborted: false },
  { aborted: false, addEventListener: () => {} },
  { aborted: false, removeEventListener: () => {} },
  { addEventListener: () => {}, removeEventListener: () => {} },
])("a signal like %j is none", async (signal) => {
  const client = createClient({ region: "ap-southeast-1", project_id: "p", auth: secret });
  const call = client.deleteManualBackup({ backup_id: "b" }, { signal: signal as unknown as AbortSignal });
  await expect(call).rejects.toThrow(/option signal must be an AbortSignal/);
});

describe("good options", () => {
  it.each([
    { region: "eu-west-101" },
    { region: "EU-WEST-101" },
    { baseUrl: "https://example.com/" },
    { baseUrl: "https://example.com/geminidb" },
    { baseUrl: "https://example.com/geminidb/test/" },
    { baseUrl: "https://example.com" },
    { baseUrl: "https://example.com:8443" },
    { baseUrl: "HTTPS://Example.com" },
    { baseUrl: "http://localhost:1" },
    { baseUrl: "http://127.1.2.3:1" },
    { baseUrl: "http://[::1]:1" },
    { baseUrl: "http://example.com", allowInsecure: true },
    { baseUrl: "https://example.com", region: "nowhere" },
    { region: "ap-southeast-1", project_id: undefined },
    { region: "ap-southeast-1", timeout: 2 ** 31 - 1, retries: 0, maxResponseBytes: 1 },
    { baseUrl: "http://127.10.20.255:1" },
  ])("%j are taken", (options) => {
    expect(attempt({ auth: undefined, ...options })).not.toThrow();
  });

  it("give the host of the region", async () => {
    const urls: string[] = [];
    const fetch = async ({ url }: Request) => {
      urls.push(url);
      return Response.json({ job_id: "j" }, { status: 202 });
    };
    for (const region of ["ap-southeast-1", "eu-west-101"]) {
      await createClient({ region, project_id: "p", auth: "a-token", fetch }).deleteManualBackup({ backup_id: "b" });
    }
    expect(urls).toEqual([
      "https://gaussdb-nosql.ap-southeast-1.myhuaweicloud.com/v3/p/backups/b",
      "https://gaussdb-nosql.eu-west-101.myhuaweicloud.eu/v3/p/backups/b",
    ]);
  });
});

it.each<[Partial<ClientOptions>, RegExp]>([
  [{ project_id: "" }, /option project_id must not be empty/],
  [{ project_id: ".." }, /option project_id must be text of whole characters, but not ""/],
  [{ auth: "a token" }, /option auth must be a text without spaces/],
  [{ auth: "" }, /option auth must not be empty: it is a token, or what gives one/],
  [{ baseUrl: "https://exa\nmple.com" }, /option baseUrl must be .*: it has a control character/],
  [{ baseUrl: "https://example.com/a\tb" }, /it has a control character/],
])("%j is refused, where a runtime would take it for something else", (changes, message) => {
  expect(() => createClient({ baseUrl: "https://example.com", project_id: "p", auth: "any", ...changes })).toThrow(
    message,
  );
});

describe("options that are read from a prototype or a getter", () => {
  it("are checked in a call through raw, too", async () => {
    const client = createClient({ baseUrl: "http://127.0.0.1:2", project_id: "p", auth: secret });
    const options = Object.assign(Object.create({ timeout: "abc" }), {
      params: { path: { project_id: "p", backup_id: "b" } },
    });
    const call = client.raw.DELETE("/v3/{project_id}/backups/{backup_id}", options);
    await expect(call).rejects.toThrow("option timeout must be a number");
  });
  it("are read once: what was checked is what is used", async () => {
    let reads = 0;
    const options = {
      baseUrl: "http://127.0.0.1:2",
      project_id: "p",
      auth: secret,
      get retries() {
        return [0, 5][reads++];
      },
    };
    const client = createClient(options);
    expect(reads).toBe(1);
    reads = 0;
    const call = client.deleteManualBackup(
      { backup_id: "b" },
      {
        get retries() {
          return [0, 5][reads++];
        },
      },
    );
    await expect(call).rejects.toMatchObject({ attempts: 1 });
    expect(reads).toBe(1);
  });
});

it.each([
  ["https:///host/x", "it has no host"],
  ["https://", "it has no host"],
  ["https://@host", "it holds a user name or password. Give credentials as auth"],
  ["https://host?x@y", "it has a query"],
  ["https://host/x\u0001", "it has a control character"],
  ["https://ho\tst", "it has a control character"],
])("the base URL %j is refused", (baseUrl, fault) => {
  expect(attempt({ baseUrl, auth: secret })).toThrow(
    `option baseUrl must be https, host and port, and may have a path: ${fault}`,
  );
});

it("a password in iamUrl is told to stand where passwordToken takes it", () => {
  expect(() => passwordToken({ ...account, iamUrl: "https://u:p@iam.example" })).toThrow(
    "it holds a user name or password. Give them as username and password",
  );
});
