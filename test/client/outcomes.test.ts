import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer } from "node:net";
import { inspect } from "node:util";
import {
  ApiError,
  type Auth,
  accessKey,
  ConnectionError,
  GeminiDBError,
  TimeoutError,
  type UnexpectedResponseError,
} from "geminidb-backup";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ErrorRule } from "../../generated/operations.js";
import type { Failure } from "../../src/client/failure.js";
import { mayRepeat, outcomeOf } from "../../src/client/outcome.js";
import { sentences } from "../../src/client/sentences.js";
import { describeValue, isInstance, propertyOf, textOf } from "../../src/client/untrusted.js";
import { backup, clientOf, created } from "../support/calls.js";
import { failing, json, listen } from "../support/http.js";
import { hurry } from "../support/hurry.js";
import { pause } from "../support/pause.js";

beforeEach(hurry);
afterEach(() => void vi.restoreAllMocks());

describe("after the attempt ended while the token was awaited, nothing is sent", () => {
  it.each(["timeout", "abort"])("%s", async (end) => {
    await using server = await listen((_, response) => json(response, 202, created));
    const events: string[] = [];
    const controller = new AbortController();
    const client = clientOf(server.url, {
      auth: async () => {
        await pause(120);
        return "late-token";
      },
      timeout: 40,
      onRequest: () => events.push("request"),
      onResponse: () => events.push("response"),
    });
    if (end === "abort") setTimeout(() => controller.abort("mine"), 20);
    const error = await failing<GeminiDBError>(client.createManualBackup(backup, { signal: controller.signal }));
    if (end === "abort") expect(error).toBe("mine");
    else expect(error).toMatchObject({ name: "TimeoutError", outcome: "not-sent", attempts: 1 });
    await pause(200);
    expect(server.received).toEqual([]);
    expect(events).toEqual([]);
  });
});

describe("attempts, requestId and outcome are over all attempts", () => {
  it("a create that was refused is refused; one answered by a proxy may have been carried out", async () => {
    await using server = await listen((request, response) =>
      request.url.includes("refused")
        ? json(response, 403, { error_code: "DBS.280032", error_msg: "No." }, { "x-request-id": "r-1" })
        : response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>"),
    );
    const client = clientOf(server.url);
    const refused = await failing<ApiError>(client.createManualBackup({ ...backup, instance_id: "refused" }));
    expect(refused).toMatchObject({ outcome: "refused", attempts: 1, requestId: "r-1" });
    const proxied = await failing<ApiError>(client.createManualBackup(backup));
    expect(proxied).toMatchObject({ name: "ApiError", status: 502, outcome: "unknown", attempts: 1 });
    expect(proxied.message).toMatch(/It may have been carried out: look before you repeat it$/);
  });
  it.each([400, 403, 409])(
    "a code of a fault of the service proves nothing, also behind the status %i",
    async (status) => {
      await using server = await listen((_, response) =>
        json(response, status, { error_code: "DBS.280005", error_msg: "Server error." }),
      );
      const error = await failing<ApiError>(clientOf(server.url).createManualBackup(backup));
      expect(error).toMatchObject({ outcome: "unknown", status });
      expect(error.message).toMatch(/It may have been carried out: look before you repeat it$/);
    },
  );
  it("speaks of an earlier attempt only where there was one", async () => {
    await using server = await listen((_, response) =>
      json(response, 500, { error_code: "DBS.201214", error_msg: "Gone." }),
    );
    const error = await failing<ApiError>(clientOf(server.url).deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ attempts: 1, outcome: "unknown" });
    expect(error.message).not.toContain("An earlier attempt");
  });
  it("one lost answer among them makes the outcome unknown, whatever follows", async () => {
    await using server = await listen((_, response) =>
      server.received.length === 1
        ? response.socket?.resetAndDestroy()
        : json(response, 403, { error_code: "DBS.280032", error_msg: "No.", request_id: "r-2" }),
    );
    const error = await failing<ApiError>(clientOf(server.url, { retries: 2 }).deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ code: "DBS.280032", outcome: "unknown", attempts: 2, requestId: "r-2" });
    expect(error.message).toMatch(/Repeating is safe/);
  });
  it("only a code that says so means that an earlier attempt may have deleted it", async () => {
    await using server = await listen((_, response) =>
      server.received.length === 1
        ? response.socket?.resetAndDestroy()
        : json(response, 400, { error_code: "DBS.280001", error_msg: "No." }),
    );
    const error = await failing(clientOf(server.url, { retries: 1 }).deleteManualBackup({ backup_id: "b" }));
    expect(error.message).not.toContain("may have deleted it");
  });
  it("the request ID of an earlier answer is kept when a later attempt has none", async () => {
    await using server = await listen((_, response) =>
      server.received.length === 1
        ? json(response, 503, {}, { "x-request-id": "r-3" })
        : response.socket?.resetAndDestroy(),
    );
    const error = await failing(clientOf(server.url, { retries: 1 }).deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 2, requestId: "r-3" });
  });
  it("a connection that is refused at the end does not hide that an attempt left before", async () => {
    const server = await listen((_, response) => response.socket?.resetAndDestroy());
    const client = clientOf(server.url, { retries: 1, onRetry: () => server.close() });
    const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ outcome: "unknown", attempts: 2 });
    expect(error.message).not.toMatch(/Nothing was sent/);
  });
  it("input that is refused was no attempt", async () => {
    const error = await failing(clientOf("http://127.0.0.1:2").deleteManualBackup({ backup_id: "" }));
    expect(error).toMatchObject({ name: "ValidationError", outcome: "not-sent", attempts: 0 });
  });
  it("a success without its body may have been carried out", async () => {
    await using server = await listen((_, response) => response.writeHead(202).end());
    const error = await failing<UnexpectedResponseError>(clientOf(server.url).createManualBackup(backup));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", outcome: "unknown", attempts: 1, status: 202 });
  });
  it("through raw as well: a success that is no JSON may have been carried out, and is told to onError", async () => {
    await using server = await listen((_, response) =>
      response.writeHead(202, { "content-type": "text/html", "x-request-id": "r-5" }).end("<html>"),
    );
    const told: unknown[] = [];
    const { raw } = clientOf(server.url, { onError: ({ error }) => told.push(error) });
    const params = { path: { project_id: "p", instance_id: "i" } };
    const body = { name: "nightly", description: "" };
    const error = await failing(raw.POST("/v3/{project_id}/instances/{instance_id}/backups", { params, body }));
    expect(error).toMatchObject({ name: "UnexpectedResponseError", outcome: "unknown", status: 202, requestId: "r-5" });
    expect(error).toMatchObject({ body: "<html>" });
    expect(error.message).toContain("202, but without JSON. It may have been carried out");
    expect(told).toEqual([error]);
  });
  it("what a middleware throws comes out as it is, also a SyntaxError", async () => {
    await using server = await listen((_, response) => json(response, 202, created));
    const client = clientOf(server.url);
    const thrown = new SyntaxError("planted");
    client.raw.use({
      onResponse() {
        throw thrown;
      },
    });
    const params = { path: { project_id: "p", backup_id: "b" } };
    expect(await failing(client.createManualBackup(backup))).toBe(thrown);
    expect(await failing(client.raw.DELETE("/v3/{project_id}/backups/{backup_id}", { params }))).toBe(thrown);
  });
  it.each<[string, number, string, object, unknown]>([
    ["JSON", 202, '{"job_id":"j"}', {}, { job_id: "j" }],
    ["a text of JSON", 202, '"j"', {}, "j"],
    ["nothing", 202, "", {}, undefined],
    ["a status without a body", 204, "", {}, undefined],
    ["a text that is wanted", 202, "<html>", { parseAs: "text" }, "<html>"],
    ["JSON that is asked for by name", 202, '{"job_id":"j"}', { parseAs: "json" }, { job_id: "j" }],
  ])("raw gives the data of openapi-fetch: %s", async (_, status, text, options, data) => {
    await using server = await listen((_, response) => response.writeHead(status).end(text));
    const params = { path: { project_id: "p", backup_id: "b" } };
    const result = await clientOf(server.url).raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
      params,
      ...options,
    });
    expect(result.data).toEqual(data);
    expect(result.response.status).toBe(status);
  });
  it("an ID of a request forges no line of a log, and is bounded", async () => {
    const request_id = `r\u001b[31m\r\n2026 INFO forged\u202e${"q".repeat(900_000)}`;
    await using server = await listen((_, response) => json(response, 400, { error_code: "X.1", request_id }));
    const { requestId } = await failing<ApiError>(clientOf(server.url).deleteManualBackup({ backup_id: "b" }));
    expect(requestId).toMatch(/^r \[31m 2026 INFO forged q+…$/);
    expect(requestId).toHaveLength(500);
  });
  it("toJSON has what a log needs", async () => {
    await using server = await listen((_, response) =>
      json(response, 400, { error_code: "DBS.201214", error_msg: "Gone." }, { "x-request-id": "r-4" }),
    );
    const error = await failing(clientOf(server.url).deleteManualBackup({ backup_id: "b" }));
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: "ApiError",
      message: expect.stringContaining("DBS.201214"),
      status: 400,
      code: "DBS.201214",
      requestId: "r-4",
      outcome: "refused",
    });
  });
});

it("says that an earlier attempt may have deleted what is gone now", async () => {
  await using server = await listen((_, response) =>
    server.received.length === 1
      ? response.destroy()
      : json(response, 400, { error_code: "DBS.201214", error_msg: "The backup file does not exist." }),
  );
  const error = await failing<ApiError>(clientOf(server.url, { retries: 1 }).deleteManualBackup({ backup_id: "b" }));
  expect(error).toMatchObject({ code: "DBS.201214", outcome: "unknown", attempts: 2 });
  expect(error.message).toContain("An earlier attempt of this call, whose outcome is unknown, may have deleted it.");
});

describe("what fails before a connection exists was not sent, and is repeated", () => {
  const attemptsOf = async (fetch: () => Promise<Response>) => {
    let attempts = 0;
    const client = clientOf("https://service.test", {
      retries: 2,
      fetch: () => {
        attempts++;
        return fetch();
      },
    });
    const error = await failing<ConnectionError>(client.createManualBackup(backup));
    return { attempts, error };
  };
  const failure = (message: string, cause: object) => () => {
    throw Object.assign(new TypeError(message), { cause });
  };
  it.each<[string, () => never]>([
    ["refused", failure("fetch failed", { code: "ECONNREFUSED", message: "connect ECONNREFUSED 127.0.0.1:2" })],
    ["unreachable", failure("fetch failed", { code: "EHOSTUNREACH", syscall: "connect", message: "x" })],
    ["DNS", failure("fetch failed", { code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND host" })],
    ["DNS that is broken", failure("fetch failed", { code: "EAI_FAIL", syscall: "getaddrinfo", message: "x" })],
    ["no file descriptor left", failure("fetch failed", { code: "EMFILE", syscall: "connect", message: "x" })],
    ["an address that is none", failure("fetch failed", { code: "EINVAL", syscall: "connect", message: "x" })],
    ["connect timeout", failure("fetch failed", { code: "UND_ERR_CONNECT_TIMEOUT", message: "Connect Timeout Error" })],
    ["connect timeout of the system", failure("fetch failed", { code: "ETIMEDOUT", syscall: "connect", message: "x" })],
    [
      "every address refused",
      failure(
        "fetch failed",
        new AggregateError([
          Object.assign(new Error("a"), { code: "ECONNREFUSED" }),
          Object.assign(new Error("b"), { code: "ENETUNREACH", syscall: "connect" }),
        ]),
      ),
    ],
    ["a proxy's 407", failure("fetch failed", new Error("Proxy response (407) !== 200 when HTTP Tunneling"))],
    ["a proxy's 502", failure("fetch failed", new Error("Proxy response (502) !== 200 when HTTP Tunneling"))],
    [
      "Deno",
      failure(
        "fetch failed",
        new Error("error sending request for url (https://x/): client error (Connect): tcp connect error"),
      ),
    ],
    [
      "Bun",
      () => {
        throw Object.assign(new TypeError("Unable to connect."), { code: "ConnectionRefused" });
      },
    ],
    [
      "Bun without a network",
      () => {
        throw Object.assign(new Error("Was there a typo in the url or port?"), { code: "ENETUNREACH" });
      },
    ],
    [
      "Bun and a server without TLS",
      () => {
        throw Object.assign(new Error("The TLS handshake failed. Does the server speak TLS?"), { code: "EPROTO" });
      },
    ],
  ])("%s", async (_, fetch) => {
    const { attempts, error } = await attemptsOf(fetch);
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "not-sent", attempts: 3, permanent: false });
    expect(error.message).toMatch(/^createManualBackup: no connection: .*Nothing was sent/);
    expect(attempts).toBe(3);
  });
  it.each<[string, () => never]>([
    ["silent later", failure("fetch failed", { code: "ETIMEDOUT", syscall: "read", message: "x" })],
    ["reset", failure("fetch failed", { code: "ECONNRESET", message: "read ECONNRESET" })],
    ["reset at once", failure("fetch failed", { code: "ECONNRESET", syscall: "connect", message: "x" })],
    ["unreachable later", failure("fetch failed", { code: "EHOSTUNREACH", syscall: "read", message: "x" })],
    ["without a network later", failure("fetch failed", { code: "ENETDOWN", syscall: "write", message: "x" })],
    ["without its address later", failure("fetch failed", { code: "EADDRNOTAVAIL", syscall: "read", message: "x" })],
    ["broken in TLS", failure("fetch failed", { code: "EPROTO", syscall: "write", message: "x" })],
    [
      "one address of several was reached",
      failure(
        "fetch failed",
        new AggregateError([
          Object.assign(new Error("a"), { code: "ECONNREFUSED" }),
          Object.assign(new Error("b"), { code: "ECONNRESET" }),
        ]),
      ),
    ],
    ["a browser that tells nothing", failure("Failed to fetch", {})],
    [
      "bytes that are no TLS, by node:https",
      failure("wrong version number", { code: "ERR_SSL_WRONG_VERSION_NUMBER", message: "wrong version number" }),
    ],
    [
      "a URL that the caller's fetch made of the answer",
      failure("Invalid URL", { code: "ERR_INVALID_URL", message: "Invalid URL" }),
    ],
    ["a code that only looks alike", failure("fetch failed", { code: "X_CERT_ECONNREFUSED", message: "x" })],
  ])("%s: it may have left, so a create is sent once", async (_, fetch) => {
    const { attempts, error } = await attemptsOf(fetch);
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
    expect(error.message).toMatch(/^createManualBackup: no answer: /);
    expect(attempts).toBe(1);
  });

  it("a fetch that does not know the Request of the runtime sent nothing, and the error says what it must take", async () => {
    const { error, attempts } = await attemptsOf(
      failure("Failed to parse URL from [object Request]", { code: "ERR_INVALID_URL", message: "Invalid URL" }),
    );
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "not-sent" });
    expect(error.message).toContain("The option fetch must take a Request of this runtime");
    expect(attempts).toBe(1);
  });
  it.each([
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE",
    "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE",
    "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION",
    "ERR_SSL_TLSV1_UNRECOGNIZED_NAME",
    "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
  ])("a handshake that fails with %s was before the request", async (code) => {
    const { error, attempts } = await attemptsOf(failure("fetch failed", { code, message: "x" }));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "not-sent" });
    expect(attempts).toBe(3);
  });
  it.each<[string, () => never]>([
    ["CERT_HAS_EXPIRED", failure("fetch failed", { code: "CERT_HAS_EXPIRED", message: "certificate has expired" })],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", failure("x", { code: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", message: "x" })],
    ["Deno", failure("error sending request", new Error("client error (Connect): invalid peer certificate: Expired"))],
    [
      "Deno, without permission",
      failure("fetch failed", new Error('Requires net access to "127.0.0.1:9", run again with the --allow-net flag')),
    ],
    ["Deno, a port of an old protocol", failure("x", new Error("Fetch failed: Requests to port 9 are blocked"))],
  ])(
    "what fetch does not even try, or a certificate that is not accepted, is not tried again: %s",
    async (_, fetch) => {
      const { error, attempts } = await attemptsOf(fetch);
      expect(error).toMatchObject({ name: "ConnectionError", outcome: "not-sent", permanent: true });
      expect(attempts).toBe(1);
    },
  );
  it.each<Record<string, string>>([
    { expect: "100-continue" },
    { "transfer-encoding": "chunked" },
    { connection: "x" },
  ])("a request that fetch refuses is not tried again: %j", async (headers) => {
    await using server = await listen((_, response) => json(response, 202, created));
    const client = clientOf(server.url, { retries: 2, fetch: (request) => fetch(request, { headers }) });
    const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "not-sent", attempts: 1, permanent: true });
    expect(server.received).toHaveLength(0);
  });
  it("a certificate that is not accepted at one of several addresses is not tried again", async () => {
    const { error, attempts } = await attemptsOf(
      failure(
        "fetch failed",
        new AggregateError([
          Object.assign(new Error("a"), { code: "ECONNREFUSED" }),
          Object.assign(new Error("b"), { code: "CERT_HAS_EXPIRED" }),
        ]),
      ),
    );
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "not-sent", permanent: true });
    expect(attempts).toBe(1);
  });
  it("the error names the code once", async () => {
    const said = await attemptsOf(failure("x", { code: "ECONNRESET", message: "read ECONNRESET" }));
    expect(said.error.message).toContain("read ECONNRESET");
    expect(said.error.message).not.toContain("(ECONNRESET)");
    const silent = await attemptsOf(failure("x", { code: "EBROKEN", message: "it broke" }));
    expect(silent.error.message).toContain("it broke (EBROKEN)");
    expect((silent.error.cause as Error).stack).toBe("Error: it broke (EBROKEN)");
  });

  it("a certificate that does not hold is not repeated, and nothing was sent", async () => {
    const pem = (name: string) => readFileSync(new URL(`../support/tls/${name}.pem`, import.meta.url));
    let [handshakes, requests] = [0, 0];
    const server = createTlsServer({ key: pem("key"), cert: pem("cert") }, () => requests++);
    server.on("connection", () => handshakes++);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const call = clientOf(`https://127.0.0.1:${port}`, { retries: 2 }).createManualBackup(backup);
    expect(await failing(call)).toMatchObject({
      name: "ConnectionError",
      outcome: "not-sent",
      attempts: 1,
      message: expect.stringContaining("certificate"),
      cause: { code: expect.stringMatching(/CERT|SIGNED/) },
    });
    server.close();
    expect({ handshakes, requests }).toEqual({ handshakes: 1, requests: 0 });
  });
  it("a server that speaks no TLS was not sent anything", async () => {
    const server = createServer((socket) => socket.on("error", () => {}).end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const call = clientOf(`https://127.0.0.1:${port}`).createManualBackup(backup);
    expect(await failing(call)).toMatchObject({ name: "ConnectionError", outcome: "not-sent" });
    server.close();
  });
});

describe("a reused connection that closes or resets without an answer", () => {
  it.each<[string, (response: ServerResponse) => unknown]>([
    ["closes", (response) => response.socket?.end()],
    ["resets", (response) => response.socket?.resetAndDestroy()],
  ])("%s: a create arrives once", async (_, end) => {
    await using server = await listen((request, response) =>
      request.method === "DELETE" ? json(response, 202, { job_id: "j" }) : end(response),
    );
    const client = clientOf(server.url, { retries: 2 });
    await client.deleteManualBackup({ backup_id: "warm-up" });
    expect(await failing(client.createManualBackup(backup))).toMatchObject({ outcome: "unknown", attempts: 1 });
    expect(server.received.filter(({ method }) => method === "POST")).toHaveLength(1);
  });
});

describe("anything that a fetch may throw or give is a typed error, never a hang", () => {
  const cyclic: Error & { cause?: unknown } = new Error("outer");
  cyclic.cause = Object.assign(new Error("inner"), { cause: cyclic });
  const endless = {
    message: "deeper",
    get cause(): unknown {
      return Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
    },
  };
  const trap = new Proxy(
    {},
    {
      get() {
        throw new Error("do not touch");
      },
      getPrototypeOf() {
        throw new Error("do not look");
      },
    },
  );
  it.each<[string, unknown]>([
    ["a cyclic cause", cyclic],
    ["an endless cause", endless],
    ["a symbol", Symbol("odd")],
    ["undefined", undefined],
    ["null", null],
    ["a text", "odd"],
    ["a proxy whose getters throw", trap],
    ["an empty AggregateError", new AggregateError([])],
  ])("%s", async (_, thrown) => {
    const client = clientOf("https://service.test", { fetch: () => Promise.reject(thrown) });
    const error = await failing(client.createManualBackup(backup));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
  });
  it("a 407, which Node's fetch keeps for itself", async () => {
    await using server = await listen((_, response) => response.writeHead(407).end());
    const error = await failing(clientOf(server.url).createManualBackup(backup));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
    expect(error.message).toContain("no answer: fetch failed. It may have been carried out");
  });
  it.each([600, 999])("the status %i", async (status) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(`HTTP/1.1 ${status} Odd\r\ncontent-length: 2\r\n\r\n{}`));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const error = await failing(clientOf(`http://127.0.0.1:${port}`).createManualBackup(backup));
    server.close();
    expect(error).toMatchObject({ name: "UnexpectedResponseError", status, outcome: "unknown", body: undefined });
    expect(error.message).toContain(`the status ${status}, which the API does not give`);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name: "UnexpectedResponseError", status });
  });
  it("is told by its class, also across realms", () => {
    expect(TimeoutError.is(new ConnectionError("x"))).toBe(false);
    expect(GeminiDBError.is(new TimeoutError("x"))).toBe(true);
    expect(ApiError.is(Object.create(null))).toBe(false);
  });
});

it("an answer that breaks with the words of a refused connection had begun all the same", async () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" });
  const body = new ReadableStream({ start: (controller) => controller.error(refused) });
  const client = clientOf("https://service.test", {
    retries: 2,
    fetch: async () => new Response(body, { status: 202 }),
  });
  const error = await failing(client.createManualBackup(backup));
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 1 });
  expect(error.message).toContain("the connection broke during the answer");
});

describe("what a failed response proves", () => {
  const failure = (status: number, rule?: Partial<ErrorRule>) => ({ status, rule }) as Failure;
  it.each<[Failure, string]>([
    [failure(400), "refused"],
    [failure(408), "unknown"],
    [failure(499), "refused"],
    [failure(500), "unknown"],
    [failure(501), "unknown"],
    [failure(503), "unknown"],
    // The description says that nothing was started, whatever the status.
    [failure(503, { repeat: "always" }), "refused"],
    [failure(500, { renew: true }), "refused"],
    [failure(500, { repeat: "if-idempotent" }), "unknown"],
    // The code of a fault of the service keeps its meaning.
    [failure(429, { status: 500 }), "unknown"],
    [failure(429, { status: 500, repeat: "if-idempotent" }), "unknown"],
    [failure(429, { status: 400 }), "refused"],
    [failure(503, { status: 400 }), "unknown"],
    [failure(429), "refused"],
  ])("%j: %s", (one, outcome) => {
    expect(outcomeOf(one)).toBe(outcome);
  });
  it("lets a delete be repeated after a status, unless the code is one for which the description does not advise it", () => {
    expect(mayRepeat(failure(503), "DELETE")).toBe(true);
    expect(mayRepeat(failure(503, { status: 400 }), "DELETE")).toBe(false);
  });
});

it("sentences are joined without a full stop at the end, and without empty ones", () => {
  expect(sentences("It broke.", "", "Nothing was sent.")).toBe("It broke. Nothing was sent");
});

describe("a value that nobody can trust", () => {
  const trap = new Proxy(Object.create(null), {
    get: () => {
      throw new Error("do not touch");
    },
    getPrototypeOf: () => {
      throw new Error("do not look");
    },
  });
  it("is asked without harm", () => {
    expect(isInstance(trap, Error)).toBe(false);
    expect(propertyOf(trap, "message")).toBeUndefined();
    expect(describeValue(trap)).toBe("something that cannot be described");
    expect(isInstance(new TypeError("x"), Error)).toBe(true);
    expect(propertyOf(undefined, "message")).toBeUndefined();
  });
  it.each([7, "", undefined, {}])("has no text in %j", (message) => {
    expect(textOf({ message }, "message")).toBeUndefined();
  });
  it("has a text in a text", () => {
    expect(textOf({ message: "x" }, "message")).toBe("x");
  });
});

it("a port that fetch refuses is refused at every attempt, so there is one", async () => {
  const error = await failing<ConnectionError>(
    clientOf("http://127.0.0.1:6000", { retries: 2 }).deleteManualBackup({ backup_id: "b" }),
  );
  expect(error).toMatchObject({ name: "ConnectionError", attempts: 1, outcome: "not-sent" });
});

it.each<[string, Auth]>([
  ["a token function", () => JSON.parse("sk=hunter2hunter2")],
  ["the function of accessKey", accessKey(() => JSON.parse("sk=hunter2hunter2"))],
])("%s that cannot parse what it read shows nothing of it", async (_, auth) => {
  const error = await failing(clientOf("http://127.0.0.1:2", { auth }).createManualBackup(backup));
  expect(error.message).toMatch(/no (token|credentials): it is not valid JSON/);
  expect(inspect(error)).not.toContain("hunter2");
});

it("a stub with a header that no response can have fails with its own status", async () => {
  const headers = {
    get: () => null,
    *[Symbol.iterator]() {
      yield ["bad name", "x"];
    },
  };
  const stub = { status: 403, statusText: "", headers, body: null, bodyUsed: false };
  const fetch = (async () => stub) as unknown as typeof globalThis.fetch;
  const error = await failing(clientOf("http://127.0.0.1:2", { fetch }).createManualBackup(backup));
  expect(error).toMatchObject({ name: "ApiError", status: 403, outcome: "refused" });
});
