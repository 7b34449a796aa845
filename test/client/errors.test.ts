import { readFileSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import {
  ApiError,
  type ClientOptions,
  ConnectionError,
  createClient,
  GeminiDBError,
  UnexpectedResponseError,
  ValidationError,
} from "geminidb-backup";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { backup, clientOf } from "../support/calls.js";
import { failing, json, listen } from "../support/http.js";
import { root } from "../support/project.js";

const answer = async (write: (response: ServerResponse) => unknown, method: "create" | "delete" = "delete") => {
  await using server = await listen((_, response) => write(response));
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token", retries: 0 });
  return await failing<ApiError>(
    method === "delete"
      ? client.deleteManualBackup({ backup_id: "b" })
      : client.createManualBackup({ instance_id: "i", name: "nightly", description: "" }),
  );
};

it("an error without a cause has none, not even one that is undefined", () => {
  expect(new GeminiDBError("a")).not.toHaveProperty("cause");
  expect(new GeminiDBError("a", { cause: "b" }).cause).toBe("b");
});

describe("a refusal", () => {
  it("of the service: code, status, message, and what to do", async () => {
    const error = await answer((response) =>
      json(
        response,
        400,
        { error_code: "DBS.201214", error_msg: "The backup file does not exist." },
        { "x-request-id": "r-1" },
      ),
    );
    expect(ApiError.is(error)).toBe(true);
    expect(error).toMatchObject({
      name: "ApiError",
      operation: "deleteManualBackup",
      status: 400,
      code: "DBS.201214",
      requestId: "r-1",
      retryable: false,
      body: { error_code: "DBS.201214" },
    });
    expect(error.message).toBe(
      "deleteManualBackup: 400 DBS.201214 The backup file does not exist. If it was deleted before, nothing is left to do. Otherwise check backup_id. See geminidb-backup/generated/reference.md#DBS.201214. Request r-1",
    );
    expect(error.response.status).toBe(400);
    // What it points to is there.
    const reference = readFileSync(new URL("../../generated/reference.md", import.meta.url), "utf8");
    expect(reference).toContain('<a id="DBS.201214"></a>`DBS.201214`');
  });
  it("of a body without a code", async () => {
    const error = await answer((response) => response.writeHead(404).end());
    expect(error.message).toMatch(/^deleteManualBackup: 404 without a message(?:\. |$)/);
  });
  it("of the gateway: the number of the request from the body", async () => {
    const error = await answer((response) =>
      json(response, 429, {
        error_code: "APIGW.0308",
        error_msg: "The throttling threshold has been reached",
        request_id: "r-2",
      }),
    );
    expect(error).toMatchObject({ status: 429, code: "APIGW.0308", requestId: "r-2", retryable: true });
    expect(error.message).toContain("Wait 2 to 5 seconds");
  });
  it("of IAM: its message, no code", async () => {
    const error = await answer((response) =>
      json(response, 401, { error: { code: 401, message: "The token is expired.", title: "Unauthorized" } }),
    );
    expect(error).toMatchObject({ name: "ApiError", status: 401, code: undefined });
    expect(error.message).toContain("The token is expired.");
  });
  it("with a code that nobody knows keeps it", async () => {
    const error = await answer((response) => json(response, 418, { error_code: "DBS.999999", error_msg: "New." }));
    expect(error).toMatchObject({ status: 418, code: "DBS.999999", retryable: false });
  });
  it.each<[string, (response: ServerResponse) => unknown]>([
    [
      "an HTML page",
      (response) => response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>"),
    ],
    ["nothing", (response) => response.writeHead(502).end()],
    [
      "cut JSON",
      (response) => response.writeHead(502, { "content-type": "application/json" }).end('{"error_code":"DBS.2'),
    ],
    ["JSON that is not an object", (response) => json(response, 502, null)],
    ["a list", (response) => json(response, 502, [1])],
    ["wrong types", (response) => json(response, 502, { error_code: 7, error_msg: {} })],
  ])("that is %s is an ApiError without a code", async (_, write) => {
    const error = await answer(write);
    expect(error).toMatchObject({ name: "ApiError", status: 502, code: undefined, retryable: true });
    expect(error.message).toMatch(/^deleteManualBackup: 502 /);
  });
  it("is retryable by what the operation allows", async () => {
    const fault = (response: ServerResponse) =>
      json(response, 500, { error_code: "DBS.280005", error_msg: "Server error." });
    expect((await answer(fault, "delete")).retryable).toBe(true);
    expect((await answer(fault, "create")).retryable).toBe(false);
  });
  it("tells apart what one code means under two statuses", async () => {
    const body = { error_code: "APIGW.0201", error_msg: "x" };
    expect((await answer((response) => json(response, 413, body))).message).toContain("at most 12 MB");
    expect((await answer((response) => json(response, 502, body))).retryable).toBe(true);
  });
});

it("advises to get a token only whom a token helps, and to look at keys only whose signature was refused", async () => {
  await using server = await listen((request, response) =>
    request.method === "DELETE"
      ? json(response, 401, { error_code: "APIGW.0301", error_msg: "x" })
      : json(response, 400, { error_code: "DBS.280277", error_msg: "x" }),
  );
  const withToken = clientOf(server.url);
  expect((await failing(withToken.deleteManualBackup({ backup_id: "b" }))).message).toContain("Get a new token");
  const withKeys = clientOf(server.url, { auth: { sign: async () => ({ authorization: "signed" }) } });
  expect((await failing(withKeys.deleteManualBackup({ backup_id: "b" }))).message).toContain("Check the access key");
  expect((await failing(withKeys.createManualBackup(backup))).message).not.toContain("access key");
});

describe("a success that is not as described", () => {
  it.each<[string, RegExp, (response: ServerResponse) => unknown]>([
    [
      "HTML",
      /: 202, but without JSON\. Repeating is safe$/,
      (response) => response.writeHead(202, { "content-type": "text/html" }).end("<h1>Welcome</h1>"),
    ],
    ["nothing", /without JSON/, (response) => response.writeHead(202).end()],
    ["a 204", /without JSON/, (response) => response.writeHead(204).end()],
    [
      "cut JSON",
      /without JSON/,
      (response) => response.writeHead(202, { "content-type": "application/json" }).end('{"job_id":'),
    ],
    ["no job_id", /job_id is missing/, (response) => json(response, 202, {})],
    ["a null", /body must be object/, (response) => json(response, 202, null)],
    ["wrong types", /job_id must be string/, (response) => json(response, 202, { job_id: 1 })],
  ])("%s is an UnexpectedResponseError", async (_, message, write) => {
    const error = await answer(write);
    expect(UnexpectedResponseError.is(error)).toBe(true);
    expect(error.message).toMatch(message);
    expect(Math.floor(error.status / 100)).toBe(2);
  });
  it("asks to look before a create is repeated", async () => {
    await using server = await listen((_, response) => json(response, 202, {}));
    const error = await failing(clientOf(server.url).createManualBackup(backup));
    expect(error.message).toMatch(/job_id is missing.*\. It may have been carried out: look before you repeat it$/);
  });
  it("may have another 2xx status and more keys", async () => {
    await using server = await listen((_, response) =>
      json(response, 200, { job_id: "j", backup_id: "b", database_tables: [] }),
    );
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" });
    await expect(client.createManualBackup({ instance_id: "i", name: "nightly", description: "" })).resolves.toEqual({
      job_id: "j",
      backup_id: "b",
      database_tables: [],
    });
  });
});

describe("no answer", () => {
  it("unwraps the reason", async () => {
    const client = createClient({ baseUrl: "http://127.0.0.1:2", project_id: "p", auth: "a-token", retries: 0 });
    const error = await failing<ConnectionError & { cause: { code: string } }>(
      client.deleteManualBackup({ backup_id: "b" }),
    );
    expect(ConnectionError.is(error)).toBe(true);
    expect(error.cause.code).toBe("ECONNREFUSED");
    expect(error.message).toMatch(/ECONNREFUSED.*Nothing was sent/);
    const lost = createClient({ baseUrl: "https://host.invalid", project_id: "p", auth: "a-token", retries: 0 });
    expect((await failing(lost.deleteManualBackup({ backup_id: "b" }))).message).toMatch(/ENOTFOUND|EAI_AGAIN/);
  });
});

describe("the kinds", () => {
  it("hold across two copies of the package", async () => {
    // Beside the other, so that it finds what that imports: in `npm run coverage` it is no bundle.
    const folder = join(root, "dist", "client-copy");
    await cp(join(root, "dist", "client"), folder, { recursive: true });
    const copy: typeof import("../../src/client/errors.js") = await import(join(folder, "index.js"));
    await rm(folder, { recursive: true });
    expect(copy.ApiError).not.toBe(ApiError);
    const error = new copy.ValidationError("x", { issues: [] });
    expect(error instanceof ValidationError).toBe(true);
    expect(ValidationError.is(error)).toBe(true);
    expect(GeminiDBError.is(error)).toBe(true);
    expect(ApiError.is(error)).toBe(false);
    expect(error instanceof ApiError).toBe(false);
    expect(error instanceof Error).toBe(true);
  });
  it("say no to anything else, and may be used as a plain function", () => {
    for (const other of [undefined, null, "x", 1, {}, new Error("x")]) {
      expect(ApiError.is(other)).toBe(false);
      expect(other instanceof (GeminiDBError as never)).toBe(false);
    }
    expect([new ValidationError("x", { issues: [] }), new Error("x")].filter(ValidationError.is)).toHaveLength(1);
    class Own extends ApiError {}
    expect(new ValidationError("x", { issues: [] }) instanceof Own).toBe(false);
    class OwnWithTest extends ApiError {
      static override is(error: unknown): error is OwnWithTest {
        return error instanceof OwnWithTest;
      }
    }
    expect(new Error("x") instanceof OwnWithTest).toBe(false);
  });
  it("know of no reason to be permanent, unless they are told", () => {
    expect(new ConnectionError("x").permanent).toBe(false);
  });
  it("have names that survive a minifier", () => {
    const error = new ValidationError("x", { issues: [] });
    expect(error.name).toBe("ValidationError");
    expect(Object.keys(error)).not.toContain("name");
  });
});

it.each([
  undefined,
  null,
  "text",
  { ok: true, status: 202, json: async () => ({}) },
  { status: 400, headers: new Headers(), text: async () => "{}" },
  { status: 202, statusText: "", headers: { get: () => null }, body: null },
  { status: 202, statusText: "", headers: new Map().entries(), body: null },
  { status: "202", statusText: "", headers: new Headers(), body: null },
  { status: 202, statusText: "", headers: new Headers(), body: {} },
  { status: 307, statusText: "", headers: new Headers({ location: "/" }), body: { getReader: () => {} } },
])("a fetch that gives %j in place of a Response is named, and not called again", async (given) => {
  const fetch = (async () => given) as unknown as ClientOptions["fetch"];
  const client = createClient({ baseUrl: "http://127.0.0.1:9", project_id: "p", auth: "any", retries: 2, fetch });
  const error = await failing<ConnectionError>(client.deleteManualBackup({ backup_id: "b" }));
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", permanent: true, attempts: 1 });
  expect(error.message).toContain("no answer: option fetch gave no Response");
});

it.each<[string, (response: Response) => unknown]>([
  ["was read", (response) => response.text()],
  ["is being read", (response) => response.body?.getReader()],
])("a fetch that gives a Response whose body %s already is named", async (_, read) => {
  const fetch = async () => {
    const response = Response.json({ job_id: "j" }, { status: 202 });
    await read(response);
    return response;
  };
  const client = createClient({ baseUrl: "http://127.0.0.1:9", project_id: "p", auth: "any", retries: 0, fetch });
  const error = await failing<ConnectionError>(client.deleteManualBackup({ backup_id: "b" }));
  expect([error.name, error.outcome]).toEqual(["ConnectionError", "unknown"]);
  expect(error.message).toContain("no answer: option fetch gave a Response whose body has been read already");
});

it("an empty x-request-id does not hide the ID in the body", async () => {
  await using server = await listen((_, response) =>
    json(response, 400, { error_code: "DBS.280015", error_msg: "no", request_id: "r-1" }, { "x-request-id": "" }),
  );
  const seen: unknown[] = [];
  const client = createClient({
    baseUrl: server.url,
    project_id: "p",
    auth: "any",
    onResponse: ({ requestId }) => seen.push(requestId),
  });
  const { requestId } = await failing<ApiError>(client.deleteManualBackup({ backup_id: "b" }));
  expect([requestId, seen]).toEqual(["r-1", ["r-1"]]);
});

it("the wait that the service asks for is a remark on what would be repeated only", async () => {
  await using server = await listen((_, response) => response.writeHead(503, { "retry-after": "60" }).end());
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: "any" });
  const create = client.createManualBackup({ instance_id: "i", name: "nightly", description: "" });
  expect((await failing(create)).message).not.toContain("Retry-After");
  expect((await failing(client.deleteManualBackup({ backup_id: "b" }))).message).toContain(
    "to wait 60 s (Retry-After)",
  );
  expect(server.received).toHaveLength(2);
});

it.each<[number, object]>([
  [202, { job_id: "j" }],
  [400, { error_code: "DBS.280015", error_msg: "no" }],
])("a stub that has no more than it must is a response: %i", async (status, body) => {
  const headers = new Map<string, unknown>([["content-length", 5]]);
  const stub = { status, statusText: "", headers, body: new Response(JSON.stringify(body)).body };
  const fetch = (async () => stub) as unknown as ClientOptions["fetch"];
  const client = createClient({
    baseUrl: "http://127.0.0.1:9",
    project_id: "p",
    auth: "a-token-0123456789",
    retries: 0,
    fetch,
  });
  const call = client.deleteManualBackup({ backup_id: "b" });
  if (status === 202) expect(await call).toEqual(body);
  else expect(await failing(call)).toMatchObject({ name: "ApiError", code: "DBS.280015" });
});

it("says that nothing was started where the service refused the attempts before the one that failed", async () => {
  let requests = 0;
  const fetch = async () => {
    if (requests++ > 0)
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }) });
    return Response.json(
      { error_code: "APIGW.0308", error_msg: "x" },
      { status: 429, headers: { "retry-after": "0" } },
    );
  };
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const client = createClient({ baseUrl: "https://service.test", project_id: "p", auth: "any", retries: 1, fetch });
  const call = failing(client.createManualBackup(backup));
  await vi.runAllTimersAsync();
  const error = await call;
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "refused", attempts: 2 });
  expect(error.message).toMatch(/ECONNREFUSED.*The service refused what was sent before, so nothing was started$/);
});
