import { ApiError, accessKey, createClient, GeminiDBError, type Signable, ValidationError } from "geminidb-backup";
import { describe, expect, it } from "vitest";
import { backup, clientOf, created, rawParams, rawPath } from "../support/calls.js";
import { accepting } from "../support/credentials.js";
import { failing, json, listen } from "../support/http.js";
import { pause } from "../support/pause.js";

function circular(): object {
  const body: Record<string, unknown> = {};
  body.itself = body;
  return body;
}

describe("middleware of raw.use", () => {
  it("holds for methods and for raw, and gets a real Request", async () => {
    await using server = await accepting();
    const client = clientOf(server.url);
    const seen: unknown[] = [];
    client.raw.use({
      onRequest({ request, schemaPath }) {
        seen.push(request instanceof Request, schemaPath);
        request.headers.set("x-trace", "t-1");
        return request;
      },
    });
    await client.createManualBackup(backup);
    await client.raw.DELETE(rawPath, rawParams);
    expect(server.received.map(({ headers }) => headers["x-trace"])).toEqual(["t-1", "t-1"]);
    expect(seen).toEqual([true, "/v3/{project_id}/instances/{instance_id}/backups", true, rawPath]);
  });
  it("may clone the request or put another in its place; the body and the token still arrive", async () => {
    await using server = await accepting();
    const client = clientOf(server.url);
    client.raw.use({
      async onRequest({ request }) {
        const { name } = (await request.clone().json()) as { name: string };
        return new Request(request.clone(), { headers: { ...Object.fromEntries(request.headers), "x-name": name } });
      },
    });
    await client.createManualBackup(backup);
    expect(server.received[0]).toMatchObject({ body: '{"name":"nightly","description":""}' });
    expect(server.received[0]?.headers).toMatchObject({ "x-name": "nightly", "x-auth-token": "a-token-0123456789" });
  });
  it.each([null, 0, "", false])("may abort the request for a reason such as %j", async (reason) => {
    await using server = await listen(() => {});
    const client = clientOf(server.url);
    const controller = new AbortController();
    client.raw.use({ onRequest: ({ request }) => new Request(request, { signal: controller.signal }) });
    setTimeout(() => controller.abort(reason), 50);
    await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toBe(reason);
  });
  it("may give the request a signal of its own", async () => {
    await using server = await listen(() => {});
    const client = clientOf(server.url);
    client.raw.use({ onRequest: ({ request }) => new Request(request, { signal: AbortSignal.timeout(50) }) });
    expect(await failing(client.createManualBackup(backup))).toMatchObject({ name: "TimeoutError", code: 23 });
  });
  it("may answer by itself, and change an answer, for methods too", async () => {
    await using server = await accepting();
    const client = clientOf(server.url);
    client.raw.use({
      onRequest: ({ request }) => (request.method === "DELETE" ? Response.json({ job_id: "own" }) : undefined),
      onResponse: ({ response }) =>
        new Response(JSON.stringify({ job_id: "changed", backup_id: "b" }), { status: response.status }),
    });
    expect(await client.deleteManualBackup({ backup_id: "b" })).toEqual({ job_id: "own" });
    expect((await client.createManualBackup(backup)).job_id).toBe("changed");
    expect(server.received).toHaveLength(1);
  });
  it("sees failures, and may turn an error into an answer", async () => {
    await using server = await listen((_, response) =>
      json(response, 400, { error_code: "DBS.201214", error_msg: "x" }),
    );
    const client = clientOf(server.url);
    const statuses: number[] = [];
    client.raw.use({
      onResponse: ({ response }) => void statuses.push(response.status),
      onError: () => Response.json({ job_id: "rescued" }, { status: 202 }),
    });
    expect(ApiError.is(await failing(client.deleteManualBackup({ backup_id: "b" })))).toBe(true);
    expect(statuses).toEqual([400]);
    await server.close();
    expect(await client.deleteManualBackup({ backup_id: "b" })).toEqual({ job_id: "rescued" });
  });
  it("never sees the credential", async () => {
    await using server = await accepting();
    const client = clientOf(server.url);
    const tokens: (string | null)[] = [];
    const look = ({ request }: { request: Request }) => void tokens.push(request.headers.get("x-auth-token"));
    client.raw.use({ onRequest: look, onResponse: look });
    await client.createManualBackup(backup);
    expect(tokens).toEqual([null, null]);
  });
  it("cannot replace the credential", async () => {
    await using server = await accepting();
    const client = clientOf(server.url);
    client.raw.use({
      onRequest({ request }) {
        request.headers.set("x-auth-token", "another");
        request.headers.set("authorization", "another");
        return request;
      },
    });
    await client.createManualBackup(backup);
    expect(server.received[0]?.headers).toMatchObject({ "x-auth-token": "a-token-0123456789" });
    expect(server.received[0]?.headers.authorization).toBeUndefined();
  });
  it.each([
    ["another host", (url: string) => url.replace("127.0.0.1", "localhost"), /outside of baseUrl/],
    ["what a URL resolves away", (url: string) => `${url}/../../instances`, /another request/],
    ["an empty segment", (url: string) => url.replace("/backups/", "//backups/"), /each segment must be text/],
    ["another operation", (url: string) => `${url}/more`, /a middleware made it another request/],
  ])("cannot lead the request to %s", async (_, change, message) => {
    await using server = await accepting();
    const client = clientOf(server.url);
    client.raw.use({ onRequest: ({ request }) => new Request(change(request.url), request) });
    const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/Nothing was sent/);
    expect(error).toMatchObject({ operation: "deleteManualBackup", outcome: "not-sent", attempts: 0 });
    expect(GeminiDBError.is(error)).toBe(true);
    expect(server.received).toEqual([]);
  });
  it("shows no query of the request that it makes", async () => {
    const client = clientOf("http://127.0.0.1:2");
    client.raw.use({ onRequest: () => new Request("http://127.0.0.1:2/v3/other?api_key=planted-secret-1") });
    const error = await failing(client.createManualBackup(backup));
    expect(error.message).toMatch(/another request: GET \/v3\/other\. Nothing/);
  });
  it("may copy the request with its own class: the body is sent, and signed", async () => {
    await using server = await accepting();
    const signed: unknown[] = [];
    const sign = async ({ body }: Signable) => {
      signed.push(body);
      return { authorization: "signature" };
    };
    const client = clientOf(server.url, { auth: { sign } });
    client.raw.use({
      onRequest: ({ request }) => new (request.constructor as typeof Request)(request, { headers: request.headers }),
    });
    await client.createManualBackup(backup);
    expect(signed).toEqual([server.received[0]?.body]);
    expect(signed[0]).toContain("nightly");
  });
});

describe("raw", () => {
  it("keeps response.url, status and headers", async () => {
    await using server = await listen((_, response) => json(response, 202, created, { "x-own": "1" }));
    const { response, data } = await clientOf(server.url).raw.DELETE(rawPath, rawParams);
    expect(response.url).toBe(`${server.url}/v3/p/backups/b`);
    const client = clientOf(server.url);
    let cloned: Response | undefined;
    client.raw.use({
      onResponse: ({ response: unread }) => {
        cloned = unread.clone().clone();
      },
    });
    await client.raw.DELETE(rawPath, rawParams);
    expect(cloned?.url).toBe(response.url);
    expect(response.headers.get("x-own")).toBe("1");
    expect(data).toEqual(created);
  });
  it("takes a fetch and headers per call, and still authorizes", async () => {
    await using server = await accepting();
    const seen: string[] = [];
    await clientOf(server.url).raw.DELETE(rawPath, {
      ...rawParams,
      headers: { "x-own": "1" },
      fetch: (request) => {
        seen.push(request.url);
        return fetch(request);
      },
    });
    expect(seen).toEqual([`${server.url}/v3/p/backups/b`]);
    expect(server.received[0]?.headers).toMatchObject({ "x-own": "1", "x-auth-token": "a-token-0123456789" });
  });
  it.each(["/v3/p/backups/..", "/v3/p/%2e%2e/b", "/v3//backups/b", "/v3/p/backups/b/", "v3/p/backups/b"])(
    "refuses the literal path %s, which a Request would resolve away",
    async (path) => {
      await using server = await accepting();
      const error = await failing(clientOf(server.url).raw.DELETE(path as typeof rawPath, {} as typeof rawParams));
      expect(ValidationError.is(error)).toBe(true);
      expect(server.received).toEqual([]);
    },
  );
  it.each(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"])("sends a %s", async (method) => {
    await using server = await accepting();
    const raw = clientOf(server.url).raw as unknown as Record<string, (path: string, init: object) => Promise<unknown>>;
    await raw[method]?.("/v3/p/neighbour", {});
    expect(server.received[0]).toMatchObject({ method, url: "/v3/p/neighbour" });
    expect(server.received[0]?.headers.accept).toBe("application/json");
  });
  it("names the request in errors, where the description has no operation for it", async () => {
    const raw = clientOf("http://127.0.0.1:2").raw as unknown as {
      request(method: string, path: string): Promise<unknown>;
    };
    await expect(raw.request("get", "/v3/p/neighbour")).rejects.toThrow(/^GET \/v3\/p\/neighbour: /);
    await expect(raw.request("delete", "/v3/p/backups/b")).rejects.toThrow(/^deleteManualBackup: /);
    await expect(raw.request("delete", "/v3/p/backups/b/c")).rejects.toThrow(/^DELETE /);
    await expect(raw.request("delete", "/v3/p/other/b")).rejects.toThrow(/^DELETE /);
  });
  it("may name the client's own base URL", async () => {
    await using server = await accepting();
    await clientOf(server.url).raw.DELETE(rawPath, { ...rawParams, baseUrl: server.url });
    expect(server.received).toHaveLength(1);
  });
  it("takes headers as openapi-fetch does: lists, numbers, and null for one that is left out", async () => {
    await using server = await accepting();
    const headers = { "x-list": ["a", 1], "x-number": 7, "x-none": null, host: null };
    await clientOf(server.url).raw.DELETE(rawPath, { ...rawParams, headers });
    expect(server.received[0]?.headers).toMatchObject({ "x-list": "a, 1", "x-number": "7" });
    expect(server.received[0]?.headers).not.toHaveProperty("x-none");
  });
  it.each<[string, string, object | null, RegExp]>([
    ["POST", "/v3/x", { body: circular() }, /^POST \/v3\/x: the body cannot be written: .*circular.*Nothing was sent$/],
    ["GET", "/v3/x", { body: {} }, /^GET \/v3\/x: a GET cannot have a body\. Nothing was sent$/],
    ["GET", "/v3/x", { body: null }, /^GET \/v3\/x: a GET cannot have a body\. Nothing was sent$/],
    ["HEAD", "/v3/x", { body: {} }, /^HEAD \/v3\/x: a HEAD cannot have a body\. Nothing was sent$/],
    ["TRACE", "/v3/x", {}, /^TRACE \/v3\/x: no fetch sends a TRACE\. Nothing was sent$/],
  ])("refuses a %s that no fetch can send, and tells the hook", async (method, path, init, message) => {
    const heard: unknown[] = [];
    const { raw } = clientOf("http://127.0.0.1:2", { onError: ({ error }) => heard.push(error) });
    const error = await failing(Reflect.get(raw, method)(path, init));
    expect(error).toMatchObject({ name: "GeminiDBError", outcome: "not-sent", attempts: 0 });
    expect(error.message).toMatch(message);
    expect(heard).toEqual([error]);
  });
  it.each(["connect", "TRACK"])("refuses a %s, which no fetch sends, by any way in", async (method) => {
    const { raw } = clientOf("http://127.0.0.1:2");
    const error = await failing(raw.request(method as "get", "/v3/x" as never, {} as never));
    expect(error.message).toBe(
      `${method.toUpperCase()} /v3/x: no fetch sends a ${method.toUpperCase()}. Nothing was sent`,
    );
  });
  it("takes no null for its options", async () => {
    const call = clientOf("http://127.0.0.1:2").raw.DELETE(rawPath, null as unknown as typeof rawParams);
    await expect(call).rejects.toThrow(new TypeError("raw: the options must be an object"));
  });
  it("names a path in one line, without the token, the query and the fragment", async () => {
    const events: string[] = [];
    const { raw } = clientOf("http://127.0.0.1:2", {
      retries: 0,
      onRequest: ({ operation }) => events.push(operation),
    });
    const get = (path: string) => failing(raw.GET(path as never, {} as never));
    expect((await get("/v3/a-token-0123456789/x#access_token=planted")).message).toMatch(
      /^GET \/v3\/\[redacted\]\/x: /,
    );
    // Refused before a credential was asked for.
    expect((await get("/v3/a-token-0123456789/..")).message).toMatch(/^GET \/v3\/\[redacted\]\/\.\.: /);
    expect((await get("/v3/x\nFAKE line")).message).toMatch(/^GET \/v3\/x FAKE line: /);
    expect(events).toEqual(["GET /v3/[redacted]/x"]);
  });
  it("sends a literal path that is safe", async () => {
    await using server = await accepting();
    await clientOf(server.url).raw.DELETE("/v3/p/backups/b?x=1" as typeof rawPath, {} as typeof rawParams);
    expect(server.received[0]?.url).toBe("/v3/p/backups/b?x=1");
  });
  it.each([
    [{ signal: {} }, /option signal must be an AbortSignal/],
    [{ timeout: 0 }, /option timeout must be a whole number/],
    [{ retries: -1 }, /option retries must be/],
    [{ fetch: "x" }, /option fetch must be a function/],
    [{ headers: { Host: "x" } }, /option headers must not hold host: the runtime sets it/],
    [{ headers: { connection: ["x", null] } }, /option headers must not hold connection/],
    [{ headers: new Headers({ te: "x" }) }, /option headers must not hold te/],
    [{ headers: { "x y": "planted" } }, /option headers must hold names and values that HTTP headers can have/],
    [{ headers: "x-trace" }, /option headers must hold names and values/],
    [{ headers: [1] }, /option headers must hold names and values/],
    [{ params: { ...rawParams.params, header: { upgrade: 1 } } }, /option params\.header must not hold upgrade/],
    [{ params: { ...rawParams.params, header: [["te", "x"]] } }, /option params\.header must not hold te/],
    [{ retry: 0 }, /raw: option retry is not known: did you mean retries\?/],
    [{ parseAs: "arrayBuffer" }, /option parseAs must be json or text/],
    [{ pathSerializer: (path: string) => path }, /option pathSerializer is not supported/],
  ])("refuses %j", async (options, message) => {
    const call = clientOf("http://127.0.0.1:2").raw.DELETE(rawPath, { ...rawParams, ...(options as object) });
    await expect(call).rejects.toThrow(message);
  });
});

it("a method takes a fetch and headers per call", async () => {
  await using server = await accepting();
  let calls = 0;
  const own = (request: Request) => {
    calls++;
    return fetch(request);
  };
  await clientOf(server.url, { headers: { "x-own": "client", "x-all": "1" } }).createManualBackup(backup, {
    fetch: own,
    headers: { "x-own": "call" },
  });
  expect(calls).toBe(1);
  expect(server.received[0]?.headers).toMatchObject({
    "x-own": "call",
    "x-all": "1",
    "content-type": "application/json",
  });
});

it.each(["\u0000", "\u0001", "\u001f", "\u007f"])(
  "a literal path of raw with the character %j is refused",
  async (end) => {
    await using server = await accepting();
    const { raw } = clientOf(server.url);
    const error = await failing(raw.DELETE(`/v3/p/backups/b${end}` as typeof rawPath, {} as typeof rawParams));
    expect(error).toMatchObject({ name: "ValidationError" });
    expect(server.received).toEqual([]);
  },
);

it.each(["content-length", "transfer-encoding", "expect"])("a middleware must not set %s", async (name) => {
  await using server = await accepting();
  const client = clientOf(server.url);
  client.raw.use({ onRequest: ({ request }) => request.headers.set(name, "3") });
  const error = await failing(client.createManualBackup(backup));
  expect(error).toMatchObject({ name: "GeminiDBError", outcome: "not-sent", attempts: 0 });
  expect(error.message).toContain(
    `a middleware must not set the header ${name}: the runtime sets it. Nothing was sent`,
  );
  expect(server.received).toEqual([]);
});

it("names itself, unless the caller names something else", async () => {
  await using server = await accepting();
  await clientOf(server.url).createManualBackup(backup);
  await clientOf(server.url, { headers: { "User-Agent": "mine/1" } }).createManualBackup(backup);
  expect(server.received.map(({ headers }) => headers["user-agent"])).toEqual([
    expect.stringMatching(/^geminidb-backup\/\d+\.\d+\.\d+$/),
    "mine/1",
  ]);
});

it("a path of raw that does not begin with a slash is refused in these words", async () => {
  const error = await failing(clientOf("http://127.0.0.1:2").raw.GET("v3/things" as never));
  expect(error).toMatchObject({ name: "ValidationError" });
  expect(error.message).toBe('GET v3/things: the path must begin with "/". Nothing was sent');
});

describe("through raw", () => {
  it("a signature is for the project of the path, also of one that the description does not know", async () => {
    await using server = await listen((_, response) => json(response, 200, {}));
    const { raw } = clientOf(server.url, { auth: accessKey({ ak: "a", sk: "s" }) });
    const get = raw.GET as (path: string, init: object) => Promise<unknown>;
    await get("/v3/{project_id}/jobs", { params: { path: { project_id: "other" } } });
    await get("/v3/other/jobs", {});
    await raw.DELETE(rawPath, { params: { path: { project_id: "third", backup_id: "b" } } });
    const projects = server.received.map(({ headers }) => headers["x-project-id"]);
    expect(projects).toEqual(["other", "p", "third"]);
  });
  it("a query is written as the caller says, by a function or by options of openapi-fetch", async () => {
    await using server = await listen((_, response) => json(response, 200, {}));
    const get = clientOf(server.url).raw.GET as (path: string, init: object) => Promise<unknown>;
    const params = { query: { tag: ["a", "b"] } };
    for (const querySerializer of [undefined, { array: { style: "form", explode: false } }, () => "own=1"])
      await get("/v3/p/x", { params, querySerializer });
    expect(server.received.map(({ url }) => url)).toEqual(["/v3/p/x?tag=a&tag=b", "/v3/p/x?tag=a,b", "/v3/p/x?own=1"]);
  });
  it("a body that is not text is refused, and nothing is sent", async () => {
    await using server = await listen((_, response) => json(response, 200, {}));
    const put = clientOf(server.url).raw.PUT as (path: string, init: object) => Promise<unknown>;
    const init = (...bytes: number[]) => ({ body: Uint8Array.from(bytes), bodySerializer: (body: unknown) => body });
    await expect(put("/v3/p/x", init(0xff, 0x41))).rejects.toThrow(
      /the request body must be text in UTF-8\. Nothing was/,
    );
    expect(server.received).toEqual([]);
    await put("/v3/p/x", init(0xef, 0xbb, 0xbf, 0x41));
    expect(server.received[0]?.body).toBe("\ufeffA");
  });
  it.each<[string, { params?: object; [option: string]: unknown }, RegExp]>([
    ["a query that cannot be encoded", { params: { query: { q: "\ud800" } } }, /the query cannot be written/],
    ["a query of lists in lists", { params: { query: { q: [["a"]] } } }, /the query cannot be written/],
    ["a mode that fetch does not know", { mode: "wrong" }, /no request can be made/],
    ["a cache that fetch does not know", { cache: "wrong" }, /no request can be made/],
  ])("%s is an error of the call, and nothing is sent", async (_, init, reason) => {
    await using server = await accepting();
    const reported: unknown[] = [];
    const { raw } = clientOf(server.url, { onError: ({ error }) => reported.push(error) });
    const error = await failing(
      raw.DELETE(rawPath, { ...init, params: { ...rawParams.params, ...init.params } } as typeof rawParams),
    );
    expect(error).toMatchObject({ name: "GeminiDBError", outcome: "not-sent" });
    expect(error.message).toMatch(reason);
    expect(reported).toEqual([error]);
    expect(server.received).toEqual([]);
  });
  it("a body may be a stream", async () => {
    await using server = await listen((_, response) => json(response, 200, {}));
    const put = clientOf(server.url).raw.PUT as (path: string, init: object) => Promise<unknown>;
    await put("/v3/p/x", { body: "text", bodySerializer: (text: string) => new Blob([text]).stream() });
    expect(server.received[0]?.body).toBe("text");
  });
  it.each<[string, (entries: [string, string][]) => unknown]>([
    ["a list", (entries) => entries],
    ["a Map", (entries) => new Map(entries)],
    ["Headers", (entries) => new Headers(entries)],
    ["an iterator", (entries) => entries.values()],
    ["an object", (entries) => Object.fromEntries(entries)],
  ])("headers may be %s, also in params, and hooks see no secret among them", async (_, headersOf) => {
    await using server = await accepting();
    const shown: unknown[] = [];
    const { raw } = clientOf(server.url, { onRequest: ({ headers }) => shown.push(headers) });
    const headers = headersOf([["x-gateway-token", "planted-secret"]]) as Headers;
    const header = headersOf([["x-other-token", "planted-secret"]]);
    await raw.DELETE(rawPath, { headers, params: { ...rawParams.params, header } } as typeof rawParams);
    const sent = { "x-gateway-token": "planted-secret", "x-other-token": "planted-secret" };
    expect(server.received[0]?.headers).toMatchObject(sent);
    expect(JSON.stringify(server.received[0]?.headers)).not.toContain('"0"');
    expect(JSON.stringify(shown)).not.toContain("planted-secret");
  });
  it("a body that never ends ends the call in time, and nothing is sent", async () => {
    await using server = await accepting();
    const client = clientOf(server.url, { timeout: 200 });
    client.raw.use({
      onRequest: ({ request }) =>
        new Request(request, { method: "POST", body: new ReadableStream(), duplex: "half" } as RequestInit),
    });
    const error = await failing<GeminiDBError>(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "GeminiDBError", outcome: "not-sent" });
    expect(error.message).toBe("createManualBackup: the request body did not end within 200 ms. Nothing was sent");
    expect(server.received).toEqual([]);
  });
  it("a middleware may give a body that is empty, and one to a request that had none", async () => {
    await using server = await listen((_, response) => json(response, 202, created));
    const client = clientOf(server.url, { retries: 1 });
    for (const body of ["", "text"]) {
      const middleware = {
        onRequest: ({ request }: { request: Request }) =>
          new Request(request.url, { method: request.method, headers: request.headers, body }),
      };
      client.raw.use(middleware);
      await client.deleteManualBackup({ backup_id: "b" });
      client.raw.eject(middleware);
    }
    expect(server.received.map(({ body }) => body)).toEqual(["", "text"]);
  });
  it("the client's own base URL may be written with a slash at its end", async () => {
    await using server = await listen((_, response) => json(response, 202, created));
    const { raw } = clientOf(`${server.url}/`);
    await raw.DELETE(rawPath, { ...rawParams, baseUrl: `${server.url}/` });
    await raw.DELETE(rawPath, { ...rawParams, baseUrl: server.url });
    expect(server.received).toHaveLength(2);
    await expect(raw.DELETE(rawPath, { ...rawParams, baseUrl: `${server.url}/x` })).rejects.toThrow(/another host/);
  });
  it("the client's own base URL may be plain http where the client was allowed it", async () => {
    const baseUrl = "http://gateway.test";
    const fetch = async () => Response.json(created, { status: 202 });
    const { raw } = createClient({ baseUrl, allowInsecure: true, project_id: "p", auth: "a-token", fetch });
    await expect(raw.DELETE(rawPath, { ...rawParams, baseUrl })).resolves.toMatchObject({ data: created });
  });
});

describe("middleware that gives something unusual", () => {
  it("a copy of the request with a body of null has the body of the request, as fetch sees it", async () => {
    await using server = await accepting();
    const signed: (string | null)[] = [];
    const auth = {
      sign: async ({ body }: Signable) => {
        signed.push(body);
        return { authorization: "Scheme 0123456789" };
      },
    };
    const client = clientOf(server.url, { auth });
    client.raw.use({
      onRequest: ({ request }) => new (request.constructor as typeof Request)(request, { body: null }),
    });
    await client.createManualBackup(backup);
    expect(server.received.map(({ body }) => body)).toEqual(['{"name":"nightly","description":""}']);
    expect(signed).toEqual(['{"name":"nightly","description":""}']);
  });
  it("the signal of its request also ends the wait for the body of that", async () => {
    const client = clientOf("http://127.0.0.1:2", { timeout: 5_000 });
    client.raw.use({
      onRequest: ({ request }) =>
        new Request(request.url, {
          method: "POST",
          body: new ReadableStream({}),
          duplex: "half",
          signal: AbortSignal.timeout(50),
        } as RequestInit),
    });
    expect(await failing(client.createManualBackup(backup))).toMatchObject({ name: "TimeoutError", code: 23 });
  });
  it("a request whose body was read already is refused with the reason, and nothing is sent", async () => {
    await using server = await accepting();
    const heard: unknown[] = [];
    const client = clientOf(server.url, { onError: ({ error }) => heard.push(error) });
    client.raw.use({
      onRequest: async ({ request }) => {
        const copy = request.clone();
        console.assert(await copy.text());
        return copy;
      },
    });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "GeminiDBError", outcome: "not-sent" });
    expect(error.message).toMatch(
      /: the body of the request that a middleware gave cannot be read: .*\. Nothing was sent$/,
    );
    expect(heard).toEqual([error]);
    expect(server.received).toEqual([]);
  });
  it("a body that breaks with something that is no error is one of our errors", async () => {
    const client = clientOf("http://127.0.0.1:2");
    const body = new ReadableStream({ start: (controller) => controller.error(Symbol("planted")) });
    const init = { method: "POST", body, duplex: "half" } as RequestInit;
    client.raw.use({ onRequest: ({ request }) => new Request(request.url, init) });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "GeminiDBError", outcome: "not-sent" });
  });
  it.each([
    ["a redirect", () => Response.redirect("https://elsewhere.example/", 302), 302],
    ["an error of the network", () => Response.error(), 0],
  ])("an answer that the API does not give is unexpected: %s", async (_, answer, status) => {
    const client = clientOf("http://127.0.0.1:2");
    client.raw.use({ onRequest: answer });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", status });
    expect(error.message).toContain(`${status}, but`);
  });
  it("a body that does not end is not said to be that of a middleware, where there is none", async () => {
    const client = clientOf("http://127.0.0.1:2");
    const init = { body: new ReadableStream({}), duplex: "half", bodySerializer: (body: unknown) => body, timeout: 50 };
    const error = await failing(client.raw.POST("/v3/p/other" as never, init as never));
    expect(error.message).toMatch(/: the request body did not end within 50 ms\. Nothing was sent$/);
  });
});

describe("a middleware that sends again after the service has answered", () => {
  it.each<[string, (url: string) => [string, RequestInit]]>([
    ["to a path that a URL resolves away", (url) => [`${url}/v3/p/instances/i//backups`, { body: "{}" }]],
    ["to another host", () => ["http://localhost:1/v3/p/instances/i/backups", { body: "{}" }]],
    ["another request", (url) => [`${url}/v3/p/other`, { body: "{}" }]],
    ["a header that the runtime sets", (url) => [`${url}/v3/p/instances/i/backups`, { headers: { expect: "x" } }]],
    ["a body that is not text", (url) => [`${url}/v3/p/instances/i/backups`, { body: Uint8Array.of(0xff) }]],
  ])("%s is refused, and what was sent before is not forgotten", async (_, requestTo) => {
    await using server = await accepting();
    const client = clientOf(server.url);
    client.raw.use({
      onResponse({ options }) {
        const [url, init] = requestTo(server.url);
        return options.fetch(new Request(url, { method: "POST", ...init }));
      },
    });
    const error = await failing<GeminiDBError>(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "GeminiDBError", outcome: "unknown", attempts: 1 });
    expect(error.message).toMatch(/\. It may have been carried out: look before you repeat it$/);
    expect(server.received).toHaveLength(1);
  });
  it("while the first answer is still awaited: nobody knows what became of that", async () => {
    await using server = await listen(() => {});
    const client = clientOf(server.url);
    client.raw.use({
      async onRequest({ request, options }) {
        const first = options.fetch(request.clone());
        first.catch(() => {});
        while (server.received.length === 0) await pause(5);
        return new Request(`${server.url}/v3/p/other`);
      },
    });
    const error = await failing<GeminiDBError>(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "GeminiDBError", outcome: "unknown" });
  });
});

describe("a middleware that answers before anything is sent", () => {
  it.each([503, 429, 400])("with %i: the service cannot have done anything", async (status) => {
    const client = clientOf("http://127.0.0.1:2");
    client.raw.use({ onRequest: () => new Response("{}", { status }) });
    const error = await failing<GeminiDBError>(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "ApiError", status, outcome: "not-sent", attempts: 0 });
    expect(error.message).toMatch(/\. Nothing was sent$/);
  });
  it.each<[string, (client: ReturnType<typeof clientOf>) => Promise<unknown>]>([
    ["a method", (client) => client.createManualBackup(backup)],
    ["raw", ({ raw }) => raw.DELETE(rawPath, rawParams)],
  ])("with a success that is none, for %s", async (_, send) => {
    const client = clientOf("http://127.0.0.1:2");
    client.raw.use({ onRequest: () => new Response("no JSON", { status: 202 }) });
    const error = await failing<GeminiDBError>(send(client));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", outcome: "not-sent", attempts: 0 });
    expect(error.message).toMatch(/\. Nothing was sent$/);
  });
  it("also in place of a connection that never was", async () => {
    const client = clientOf("http://127.0.0.1:2");
    client.raw.use({ onError: () => new Response("{}", { status: 503 }) });
    const error = await failing<GeminiDBError>(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "ApiError", outcome: "not-sent", attempts: 1 });
  });
  it("and the answer that it puts in the place of a success does not undo that", async () => {
    await using server = await accepting();
    const client = clientOf(server.url);
    client.raw.use({ onResponse: () => new Response("{}", { status: 400 }) });
    const error = await failing<GeminiDBError>(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "ApiError", status: 400, outcome: "unknown", attempts: 1 });
    expect(error.message).toMatch(/It may have been carried out/);
  });
});

describe("a middleware that reads the response itself, and not a clone of it", () => {
  it("may do so where nobody reads it after that", async () => {
    await using server = await listen((_, response) => response.writeHead(200, { "content-length": 0 }).end());
    const { raw } = clientOf(server.url);
    raw.use({
      async onResponse({ response }) {
        await response.text();
      },
    });
    const { response } = await raw.request("get" as never, "/v3/p/jobs" as never, {} as never);
    expect([response.status, response.url]).toEqual([200, `${server.url}/v3/p/jobs`]);
  });
  it("may put a failure of its own in the place of the service's", async () => {
    await using server = await listen((_, response) => json(response, 500, { error_code: "DBS.280005" }));
    const client = clientOf(server.url);
    client.raw.use({ onResponse: () => Response.json({ error_code: "DBS.280015" }, { status: 400 }) });
    const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ name: "ApiError", status: 400, code: "DBS.280015" });
  });
  it("is told of its own response, and not of the one that it replaced", async () => {
    await using server = await listen((_, response) => json(response, 500, { error_code: "DBS.280005" }));
    const client = clientOf(server.url);
    client.raw.use({
      async onResponse() {
        const own = Response.json({ job_id: "j" }, { status: 202 });
        await own.text();
        return own;
      },
    });
    const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", status: 202 });
  });
  it.each<[number, string, (response: Response) => unknown]>([
    [202, "read", (response) => response.json()],
    [400, "read", (response) => response.json()],
    [202, "taken by a reader", (response) => void response.body?.getReader()],
    [202, "split in two", (response) => void response.body?.tee()],
  ])("is told so, and a backup that was made is not forgotten: %i, %s", async (status, _, use) => {
    await using server = await listen((_, response) => json(response, status, created));
    const errors: unknown[] = [];
    const client = clientOf(server.url, { onError: ({ error }) => errors.push(error) });
    client.raw.use({
      async onResponse({ response }) {
        await use(response);
      },
    });
    const error = await failing<GeminiDBError>(client.createManualBackup(backup));
    expect(errors).toEqual([error]);
    if (status === 400) {
      expect(error).toMatchObject({ name: "ApiError", status, outcome: "refused" });
    } else {
      expect(error).toMatchObject({ name: "UnexpectedResponseError", status, outcome: "unknown" });
      expect(error.message).toContain("a middleware has read its body: let it read a clone of the response");
    }
  });
});

it.each<[string, (client: ReturnType<typeof clientOf>) => Promise<unknown>]>([
  [
    "a serializer",
    ({ raw }) =>
      raw.POST("/v3/{project_id}/instances/{instance_id}/backups", {
        params: { path: { project_id: "p", instance_id: "i" } },
        body: backup,
        bodySerializer() {
          throw new Error("not with a-token-0123456789\nin it");
        },
      }),
  ],
  [
    "the body of a middleware's request",
    (client) => {
      const body = new ReadableStream({ start: (controller) => controller.error(new Error("a-token-0123456789")) });
      client.raw.use({
        onRequest: ({ request }) => new Request(request.url, { method: "POST", body, duplex: "half" } as RequestInit),
      });
      return client.createManualBackup(backup);
    },
  ],
])("shows no token that stands in what %s throws", async (_, call) => {
  const error = await failing(call(clientOf("http://127.0.0.1:2")));
  expect(error.message).toMatch(/\[redacted\].*Nothing was sent$/);
  expect(error.message).not.toMatch(/a-token-0123456789|\n/);
});

it.each<[string, (client: ReturnType<typeof clientOf>) => unknown, RegExp]>([
  ["a path that is no text", ({ raw }) => raw.GET(undefined as never), /^raw: the path must be a string/],
  ["no method", ({ raw }) => raw.request(undefined as never, "/x" as never), /^raw: the method must be one/],
  ["a method that is none", ({ raw }) => raw.request("a b" as never, "/x" as never), /^raw: the method must be one/],
])("raw refuses %s", async (_, call, message) => {
  const error = await failing(Promise.resolve(call(clientOf("http://127.0.0.1:2"))));
  expect([error.name, error.message]).toEqual(["TypeError", expect.stringMatching(message)]);
});
