import type { ServerResponse } from "node:http";
import { type ApiError, createClient, type RetryEvent } from "geminidb-backup";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backoff } from "../../src/client/transport.js";
import { failing, json, listen } from "../support/http.js";
import { documentedErrors } from "../support/transcript.js";

// Full jitter at its least: no test waits.
beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
afterEach(() => void vi.restoreAllMocks());

const refuse = (status: number, code?: string) => (response: ServerResponse) =>
  json(response, status, code ? { error_code: code, error_msg: "x" } : {});

/** How many requests arrive when every one is answered so. */
async function attempts(
  method: "create" | "delete",
  write: (response: ServerResponse) => unknown,
  options = {},
): Promise<number> {
  await using server = await listen((_, response) => write(response));
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token", timeout: 200, ...options });
  await failing(
    method === "delete"
      ? client.deleteManualBackup({ backup_id: "b" })
      : client.createManualBackup({ instance_id: "i", name: "nightly", description: "" }),
  );
  return server.received.length;
}

describe("what is repeated", () => {
  // The documents' table of codes, and the rule: a create only where nothing was started.
  it.each(documentedErrors)("$status $code", async ({ status, code, transient }) => {
    const proof = transient === "busy" || transient === "throttled";
    expect(await attempts("create", refuse(Number(status), code))).toBe(proof ? 3 : 1);
    expect(await attempts("delete", refuse(Number(status), code))).toBe(proof || transient === "server" ? 3 : 1);
  });
  it.each([
    [429, 3, 3],
    [408, 1, 3],
    [500, 1, 3],
    [502, 1, 3],
    [503, 1, 3],
    [504, 1, 3],
    [400, 1, 1],
    [409, 1, 1],
    [501, 1, 1],
  ])("%i without a code: create %i times, delete %i times", async (status, create, deletes) => {
    expect(await attempts("create", refuse(status))).toBe(create);
    expect(await attempts("delete", refuse(status))).toBe(deletes);
  });
  it.each<[string, (response: ServerResponse) => unknown]>([
    ["a reset", (response) => response.socket?.resetAndDestroy()],
    ["a hang", () => {}],
    [
      "a cut answer",
      (response) => void response.writeHead(202, { "content-length": 100 }).write("{", () => response.destroy()),
    ],
  ])("after %s: a create exactly once, a delete again", async (_, write) => {
    expect(await attempts("create", write)).toBe(1);
    expect(await attempts("delete", write)).toBe(3);
  });
  it("as often as told, per client or per call", async () => {
    expect(await attempts("delete", refuse(503), { retries: 0 })).toBe(1);
    expect(await attempts("delete", refuse(503), { retries: 4 })).toBe(5);
    await using server = await listen((_, response) => json(response, 503, {}));
    await failing(
      createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" }).deleteManualBackup(
        { backup_id: "b" },
        { retries: 1 },
      ),
    );
    expect(server.received).toHaveLength(2);
  });
  it("until it works, with the same body", async () => {
    await using server = await listen((_, response) =>
      server.received.length < 3
        ? json(response, 403, { error_code: "DBS.200019", error_msg: "x" })
        : json(response, 202, { job_id: "j", backup_id: "b" }),
    );
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" });
    await expect(client.createManualBackup({ instance_id: "i", name: "nightly", description: "d" })).resolves.toEqual({
      job_id: "j",
      backup_id: "b",
    });
    expect(new Set(server.received.map(({ body }) => body))).toEqual(new Set(['{"name":"nightly","description":"d"}']));
  });
  it("a create whose connection was refused, since it never left", async () => {
    const retries: RetryEvent[] = [];
    const client = createClient({
      baseUrl: "http://127.0.0.1:2",
      project_id: "p",
      auth: "a-token",
      onRetry: (event) => retries.push(event),
    });
    await failing(client.createManualBackup({ instance_id: "i", name: "nightly", description: "" }));
    expect(retries.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(retries[0]?.reason).toContain("ECONNREFUSED");
  });
  it("raw too", async () => {
    await using server = await listen((_, response) =>
      server.received.length < 3 ? json(response, 503, {}) : json(response, 202, { job_id: "j" }),
    );
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" });
    const { data } = await client.raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
      params: { path: { project_id: "p", backup_id: "b" } },
    });
    expect(data).toEqual({ job_id: "j" });
  });
});

describe("the wait", () => {
  it("is full jitter, doubling, with a top", () => {
    vi.mocked(Math.random).mockReturnValue(1);
    expect([1, 2, 3, 9].map((attempt) => backoff(attempt, null))).toEqual([1000, 2000, 4000, 20_000]);
    vi.mocked(Math.random).mockReturnValue(0);
    expect(backoff(9, null)).toBe(0);
  });
  it("is what the service asks for, in seconds or as a date, but no longer than 30 s", () => {
    expect(backoff(1, "2")).toBe(2000);
    expect(backoff(1, "0")).toBe(0);
    expect(backoff(1, new Date(Date.now() + 5000).toUTCString())).toBeGreaterThan(3000);
    for (const hostile of ["999999999", "1e99", "Infinity", "9".repeat(400), new Date(8e15).toUTCString()])
      expect(backoff(1, hostile)).toBeLessThanOrEqual(30_000);
    for (const nonsense of ["-1", "soon", "", "NaN", "Wed, 21 Oct 2015 07:28:00 GMT", "0x10"])
      expect(backoff(1, nonsense)).toBe(0);
  });
  it("of a storm of 429 with an absurd Retry-After ends when the caller aborts", async () => {
    await using server = await listen((_, response) => json(response, 429, {}, { "retry-after": "99999999" }));
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" });
    const reason = new Error("enough");
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 100);
    const began = performance.now();
    expect(await failing(client.deleteManualBackup({ backup_id: "b" }, { signal: controller.signal }))).toBe(reason);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(server.received).toHaveLength(1);
  });
});

it("gives the last answer when nothing helped", async () => {
  await using server = await listen((_, response) =>
    json(response, 403, { error_code: "DBS.201015", error_msg: "Busy." }),
  );
  const error = await failing<ApiError>(
    createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" }).deleteManualBackup({ backup_id: "b" }),
  );
  expect(error).toMatchObject({ name: "ApiError", code: "DBS.201015", retryable: true });
  expect(error.message).toContain("Wait until the other operation has ended");
});
