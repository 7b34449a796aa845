import { type GeminiDBError, instanceCredentials, type Signer } from "geminidb-backup";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { proxyAdvice } from "../../src/client/auth/proxy.js";
import { backup, clientOf, created } from "../support/calls.js";
import { accepting } from "../support/credentials.js";
import { failing, json, listen, type Received } from "../support/http.js";

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
  it("renews the keys when a signature is refused, also behind a signer that copies its headers", async () => {
    await using service = await metadata();
    await using strict = await listen((request, response) =>
      request.headers.authorization?.includes("instance-2,")
        ? json(response, 202, created)
        : json(response, 401, { error_code: "APIGW.0301", error_msg: "x" }),
    );
    const signer = instanceCredentials({ endpoint: service.url });
    const copying: Signer = {
      sign: async (request, context) => {
        const headers = await signer.sign(request, context);
        return headers && { ...headers };
      },
    };
    expect(await clientOf(strict.url, { auth: copying }).createManualBackup(backup)).toEqual(created);
  });
  it("renews the keys ten minutes before they end, and when a signature is refused", async () => {
    await using service = await metadata(9 * 60_000);
    await using api = await accepting();
    const client = clientOf(api.url, { auth: instanceCredentials({ endpoint: service.url }) });
    await client.createManualBackup(backup);
    await client.createManualBackup(backup);
    await vi.waitFor(async () => {
      await client.createManualBackup(backup);
      expect(api.received.at(-1)?.headers.authorization).not.toContain("Access=instance-1,");
    });
    await using fresh = await metadata();
    await using strict = await listen((request, response) =>
      request.headers.authorization?.includes("instance-2,")
        ? json(response, 202, created)
        : json(response, 401, { error_code: "APIGW.0301", error_msg: "x" }),
    );
    const renewing = clientOf(strict.url, { auth: instanceCredentials({ endpoint: fresh.url }) });
    await expect(renewing.createManualBackup(backup)).resolves.toEqual(created);
  });
  it.each<[string, string, number, number]>([
    ["fourteen minutes slow", new Date(Date.now() + 14 * 60_000).toUTCString(), 14 + 9, 2],
    ["fourteen minutes fast", new Date(Date.now() - 14 * 60_000).toUTCString(), -14 + 20, 1],
    ["right, and the metadata service's senseless", "Thu, 01 Jan 1970 00:00:00 GMT", 9, 2],
    ["right, and the metadata service's in the future", "Thu, 01 Jan 2099 00:00:00 GMT", 20, 1],
    ["right, and the metadata service tells no time", "soon", 20, 1],
  ])("renews the keys in time when this machine's clock is %s", async (_, date, minutesLeft, times) => {
    await using service = await listen((request, response) => {
      if (request.method === "PUT") return void response.writeHead(404).end();
      json(response, 200, credential("instance-1", minutesLeft * 60_000), { date });
    });
    await using api = await accepting();
    const client = clientOf(api.url, { auth: instanceCredentials({ endpoint: service.url }) });
    const asked = () => service.received.filter(({ method }) => method === "PUT");
    await client.createManualBackup(backup);
    await client.createManualBackup(backup);
    await vi.waitFor(() => expect(asked()).toHaveLength(times));
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
  it.each<[string, Record<string, string>]>([
    ["an access key with a line break", { access: "a\n" }],
    ["an empty access key", { access: "" }],
    ["a secret key with a space", { secret: "s s" }],
    ["a security token with a line break", { securitytoken: "t\n" }],
  ])("does not keep %s, and asks again", async (_, wrong) => {
    let asked = 0;
    await using service = await listen((request, response) => {
      if (request.method === "PUT") return response.end("metadata-token");
      const { credential: good } = credential("instance-1");
      json(response, 200, { credential: ++asked === 1 ? { ...good, ...wrong } : good });
    });
    await using api = await accepting();
    const client = clientOf(api.url, { auth: instanceCredentials({ endpoint: service.url }), retries: 2 });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "AuthenticationError", attempts: 1 });
    expect(error.message).toContain("the metadata service gave keys that cannot be used: ");
    expect(error.message).not.toContain("accessKey");
    await expect(client.createManualBackup(backup)).resolves.toEqual(created);
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
  it("asks again after the time that the service asks for", async () => {
    let asked = 0;
    await using service = await listen((request, response) => {
      if (request.method === "PUT") return response.end("metadata-token");
      return ++asked === 1
        ? response.writeHead(429, { "retry-after": "1" }).end()
        : json(response, 200, credential("instance-1"));
    });
    await using api = await accepting();
    const delays: number[] = [];
    const onRetry = ({ delay }: { delay: number }) => delays.push(delay);
    const auth = instanceCredentials({ endpoint: service.url });
    await clientOf(api.url, { auth, retries: 1, onRetry }).createManualBackup(backup);
    expect(delays).toEqual([1000]);
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
  it("takes the address that it has by default", () => {
    expect(instanceCredentials({ endpoint: "http://169.254.169.254" })).toHaveProperty("sign");
  });
  it("refuses unknown options and plain http to another host", () => {
    expect(() => instanceCredentials({ endpont: "x" } as object)).toThrow(
      /option endpont is not known: did you mean endpoint/,
    );
    const message =
      /^option endpoint must be https, host and port, and may have a path: plain http is only allowed to this machine$/;
    expect(() => instanceCredentials({ endpoint: "http://example.com" })).toThrow(message);
  });
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

const unusable = { credential: { access: "with a space", secret: "planted-secret", securitytoken: "t" } };

it.each<[string, (response: import("node:http").ServerResponse) => unknown]>([
  ["has no agency", (response) => response.writeHead(404).end()],
  ["gives keys that no header can hold", (response) => json(response, 200, unusable)],
  ["breaks the connection", (response) => response.destroy()],
])("a metadata service that %s is asked once, however many retries a call has", async (_, answer) => {
  await using server = await listen((request, response) =>
    request.method === "PUT" ? response.end("metadata-token") : answer(response),
  );
  const client = clientOf(server.url, { auth: instanceCredentials({ endpoint: server.url }), retries: 2 });
  const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
  expect(error).toMatchObject({ name: "AuthenticationError", attempts: 1 });
  expect(server.received.map(({ method }) => method)).toEqual(["PUT", "GET"]);
});

describe("through a proxy, keys are not asked for", () => {
  afterEach(() => void vi.unstubAllEnvs());
  const ask = async (environment: Record<string, string>) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    await using service = await listen((_, response) => response.writeHead(404).end());
    const client = clientOf("http://127.0.0.1:2", { auth: instanceCredentials({ endpoint: service.url }) });
    const { message, attempts } = await failing<GeminiDBError>(client.deleteManualBackup({ backup_id: "b" }));
    return { message, attempts, requests: service.received.length };
  };
  it.each([
    { NODE_USE_ENV_PROXY: "1", http_proxy: "http://proxy.example:3128" },
    { NODE_USE_ENV_PROXY: "1", HTTP_PROXY: "http://proxy.example:3128", NO_PROXY: "localhost, 127.0.0.12" },
    { NODE_OPTIONS: "--no-warnings --use-env-proxy", HTTP_PROXY: "http://proxy.example:3128" },
    { NODE_USE_ENV_PROXY: "1", ALL_PROXY: "http://proxy.example:3128" },
    // Not every runtime takes these for an exception, or not for this port.
    { NODE_USE_ENV_PROXY: "1", http_proxy: "http://proxy.example:3128", NO_PROXY: "127.0.0.1:80" },
    { NODE_USE_ENV_PROXY: "1", http_proxy: "http://proxy.example:3128", NO_PROXY: "localhost 127.0.0.1" },
    { NODE_USE_ENV_PROXY: "1", http_proxy: "http://proxy.example:3128", NO_PROXY: "*,localhost" },
    { NODE_USE_ENV_PROXY: "1", http_proxy: "http://proxy.example:3128", NO_PROXY: "127.0.0.1", no_proxy: "" },
  ])("%j", async (environment) => {
    const { message, attempts, requests } = await ask(environment);
    // Another attempt would meet the same proxy.
    expect([requests, attempts]).toEqual([0, 1]);
    expect(message).toContain("the request for keys may go through a proxy");
    expect(message).toContain("Add 127.0.0.1 to NO_PROXY, without a port, and with commas between the entries");
  });
  /** What undici's setGlobalDispatcher does: the fetch of Node sends its requests by an agent of this class. */
  const setDispatcher = async (name: string, key = Symbol.for("undici.globalDispatcher.1")) => {
    await fetch("data:,").catch(() => {});
    const usual = Reflect.get(globalThis, key);
    const agent = { dispatch: (...args: unknown[]) => usual.dispatch(...args), constructor: { name } };
    Reflect.set(globalThis, key, agent);
    onTestFinished(() => void Reflect.set(globalThis, key, usual));
  };
  it("by an agent that undici 8 has set, where it puts one around its own for older versions", async () => {
    const key = Symbol.for("undici.globalDispatcher.2");
    await setDispatcher("Dispatcher1Wrapper");
    await setDispatcher("Agent", key);
    expect((await ask({})).requests).toBe(2);
    await setDispatcher("ProxyAgent", key);
    expect((await ask({})).requests).toBe(0);
    await setDispatcher("EnvHttpProxyAgent", key);
    expect((await ask({ http_proxy: "http://proxy.example:3128" })).requests).toBe(0);
  });
  it("by the agent of undici that follows the variables, also where Node does not", async () => {
    await setDispatcher("EnvHttpProxyAgent");
    expect((await ask({ http_proxy: "http://proxy.example:3128" })).requests).toBe(0);
    expect((await ask({ http_proxy: "http://proxy.example:3128", NO_PROXY: "127.0.0.1" })).requests).toBe(2);
  });
  it("by another agent of undici, whatever the variables say", async () => {
    await setDispatcher("ProxyAgent");
    const { message, requests } = await ask({ NO_PROXY: "*" });
    expect(requests).toBe(0);
    expect(message).toContain("Set no global dispatcher of undici that leads through one");
  });
  it("in Deno, where it may not read the variables", async () => {
    const env = new Proxy(
      {},
      {
        get: () => {
          throw new Error("NotCapable: Requires env access");
        },
      },
    );
    vi.stubGlobal("process", { env });
    const advice = proxyAdvice("http://127.0.0.1");
    vi.unstubAllGlobals();
    expect(advice).toMatch(
      /--allow-env=https_proxy,HTTPS_PROXY,http_proxy,HTTP_PROXY,all_proxy,ALL_PROXY,no_proxy,NO_PROXY$/,
    );
  });
  it.each(["https_proxy", "HTTPS_PROXY", "http_proxy"])("%s, over https", async (name) => {
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    vi.stubEnv(name, "http://proxy.example:3128");
    const auth = instanceCredentials({ endpoint: "https://127.0.0.1:9" });
    const { message } = await failing(clientOf("http://127.0.0.1:2", { auth }).deleteManualBackup({ backup_id: "b" }));
    expect(message).toContain("the request for keys may go through a proxy");
  });
  it.each([
    { http_proxy: "http://proxy.example:3128" },
    { NODE_USE_ENV_PROXY: "1", https_proxy: "http://proxy.example:3128" },
    { NODE_USE_ENV_PROXY: "1", http_proxy: "http://proxy.example:3128", NO_PROXY: "localhost,127.0.0.1" },
    { NODE_USE_ENV_PROXY: "1", http_proxy: "http://proxy.example:3128", no_proxy: "localhost, 127.0.0.1" },
    { NODE_USE_ENV_PROXY: "1", http_proxy: "http://proxy.example:3128", NO_PROXY: "*" },
  ])("but where no proxy is in between, they are: %j", async (environment) => {
    const { message, requests } = await ask(environment);
    expect(requests).toBe(2);
    expect(message).toContain("the metadata service answered 404 without keys");
  });
});
