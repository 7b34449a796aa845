import type { ServerResponse } from "node:http";
import { type ApiError, createClient, type RetryEvent } from "geminidb-backup";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isTooLong, readRetryAfter, retryDelay } from "../../src/client/retry.js";
import { backup, clientOf, created } from "../support/calls.js";
import { failing, json, listen } from "../support/http.js";
import { hurry } from "../support/hurry.js";
import { documentedErrors } from "../support/transcript.js";

beforeEach(hurry);
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
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token", timeout: 800, ...options });
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
  it("not after a 429 whose code says that the service failed: a create may have been carried out", async () => {
    // A code that is documented for several statuses says nothing by itself.
    const isUnique = (code: string) => documentedErrors.filter((error) => error.code === code).length === 1;
    const codes = documentedErrors.filter(({ status, code }) => Number(status) >= 500 && isUnique(code));
    expect(codes.length).toBeGreaterThan(2);
    for (const { code } of codes) expect(await attempts("create", refuse(429, code)), code).toBe(1);
  });
  it.each([
    ["GET", 3],
    ["HEAD", 3],
    ["OPTIONS", 3],
    ["PUT", 3],
    ["POST", 1],
    ["PATCH", 1],
  ] as const)("a 503 to %s through raw: sent %i times", async (method, times) => {
    await using server = await listen((_, response) => response.writeHead(503).end());
    const { raw } = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" });
    const call = raw[method] as (path: string, init: object) => Promise<unknown>;
    await call("/v3/other", {});
    expect(server.received).toHaveLength(times);
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

/** The headers of a response that asks to wait. */
const asking = (retryAfter: string) => new Headers({ "retry-after": retryAfter });

describe("the wait", () => {
  it("is full jitter, doubling, with a top", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    expect([0, 1, 2, 8].map((retries) => retryDelay(retries, 0, undefined))).toEqual([1000, 2000, 4000, 20_000]);
    vi.spyOn(Math, "random").mockReturnValue(0);
    expect(retryDelay(8, 0, undefined)).toBe(0);
  });
  it("is at least what the description advises, with the jitter above it", () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect(retryDelay(0, 10_000, undefined)).toBe(10_500);
    expect(retryDelay(0, 10_000, 2000)).toBe(10_000);
    expect(retryDelay(0, 2000, 12_000)).toBe(12_000);
  });
  it("of several, the longest counts, also a date behind a number", () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    for (const header of [`5, ${inAMinute}`, `${inAMinute}, 5`]) {
      expect(readRetryAfter(asking(header)), header).toBeGreaterThan(58_000);
    }
  });
  it.each([
    ["2", 2000],
    ["0", 0],
    [" 2 ", 2000],
    ["1.5", 1500],
    ["1.55", 1550],
    ["2, 5", 5000],
    ["5, 2", 5000],
    ["Wed, 21 Oct 2015 07:28:00 GMT", 0],
    ["Wed, 21 Oct 2015 07:28:00 GMT, 3", 3000],
    ["3, Wed, 21 Oct 2015 07:28:00 GMT", 3000],
    ["3,Sunday, 06-Nov-94 08:49:37 GMT,4", 4000],
    ["999999999", 999_999_999_000],
    ["-1", undefined],
    ["soon", undefined],
    ["", undefined],
    ["NaN", undefined],
    ["0x10", undefined],
    ["1e99", undefined],
    ["Infinity", undefined],
    ["2015-10-21", undefined],
    ["Sun, 66 Nov 2094 08:49:37 GMT", undefined],
    ["Sun, 06 Nov 2094 08:49:37 GMT+0100", undefined],
    ["Sat Nov  6 08:49:37 2094 (CET)", undefined],
    ["on Sat Nov  6 08:49:37 2094", undefined],
    ["0.125", 125],
  ])("Retry-After: %j asks for %j ms", (header, expected) => {
    expect(readRetryAfter(asking(header))).toBe(expected);
  });
  it("Retry-After of 30 s is waited for, and of more is not", () => {
    expect([undefined, 0, 30_000, 30_001].map(isTooLong)).toEqual([false, false, false, true]);
  });
  it("Retry-After may be a date", () => {
    const asked = readRetryAfter(asking(new Date(Date.now() + 5000).toUTCString()));
    expect(asked).toBeGreaterThan(3000);
    expect(asked).toBeLessThanOrEqual(5000);
    expect(readRetryAfter(new Headers())).toBeUndefined();
  });
  it.each([
    ["Sun, 06 Nov 2094 08:49:37 GMT", "as today", 2094],
    ["Sunday, 06-Nov-94 08:49:37 GMT", "as in RFC 850", 1994],
    ["Sat Nov  6 08:49:37 2094", "as of asctime()", 2094],
    ["Sun, 6 Nov 2094 08:49:37 GMT", "with a day of one digit", 2094],
    ["Sun, 06 Nov 2094 08:49:37 UTC", "with another name of the zone", 2094],
    ["Sun, 06 Nov 2094 09:49:37 +0100", "with a zone as e-mails have it", 2094],
  ])("Retry-After may be a date of any form of HTTP: %s, %s", (header, _form, year) => {
    const at = Date.UTC(year, 10, 6, 8, 49, 37);
    expect(Math.abs((readRetryAfter(asking(header)) ?? Number.NaN) - Math.max(0, at - Date.now()))).toBeLessThan(2000);
  });
  it.each([
    ["behind", -60_000],
    ["ahead of", 60_000],
  ])("a date is read by the clock of the server, which is %s this one", async (_, shift) => {
    await using server = await listen((_, response) => {
      if (server.received.length > 1) return json(response, 202, created);
      const now = Date.now() + shift;
      const [date, retryAfter] = [now, now + 3_000].map((time) => new Date(time).toUTCString());
      json(response, 429, {}, { date: date ?? "", "retry-after": retryAfter ?? "" });
    });
    const delays: number[] = [];
    const onRetry = ({ delay }: { delay: number }) => delays.push(delay);
    await clientOf(server.url, { retries: 1, onRetry }).createManualBackup(backup);
    expect(delays).toEqual([3_000]);
  });
  it.each([
    ["31 seconds", "31", 403, "DBS.200019"],
    ["three years", "99999999", 429, undefined],
    ["a day, as a date", new Date(Date.now() + 86_400_000).toUTCString(), 503, undefined],
  ])(
    "of Retry-After: %s is longer than the client waits: the call ends with the answer",
    async (_, header, status, code) => {
      await using server = await listen((_, response) =>
        json(response, status, code ? { error_code: code, error_msg: "x" } : {}, { "retry-after": header }),
      );
      const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" });
      const error = await failing<ApiError>(client.deleteManualBackup({ backup_id: "b" }));
      expect(error).toMatchObject({ name: "ApiError", status, code, retryable: true, attempts: 1 });
      expect(error.message).toMatch(/asks to wait \d+ s \(Retry-After\), longer than the 30 s/);
      expect(server.received).toHaveLength(1);
    },
  );
  it.each([
    ["DBS.200019", 403, 10_000],
    ["DBS.201015", 403, 10_000],
    ["APIGW.0308", 429, 2000],
    ["DBS.280443", 429, 2000],
  ])("after %s is at least what its advice says", async (error_code, status, least) => {
    await using server = await listen((_, response) => json(response, status, { error_code, error_msg: "x" }));
    const delays: number[] = [];
    const client = createClient({
      baseUrl: server.url,
      project_id: "p",
      auth: "a-token",
      onRetry: ({ delay }) => delays.push(delay),
    });
    await failing(client.createManualBackup({ instance_id: "i", name: "nightly", description: "" }));
    expect(delays).toHaveLength(2);
    for (const delay of delays) expect(delay).toBeGreaterThanOrEqual(least);
  });
  it("ends when the caller aborts", async () => {
    vi.restoreAllMocks();
    await using server = await listen((_, response) => json(response, 429, {}, { "retry-after": "29" }));
    const reason = new Error("enough");
    const controller = new AbortController();
    const onRetry = () => void setTimeout(() => controller.abort(reason));
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token", onRetry });
    expect(await failing(client.deleteManualBackup({ backup_id: "b" }, { signal: controller.signal }))).toBe(reason);
    expect(server.received).toHaveLength(1);
  });
});

it("takes a 429 for a 429, also when its body is cut, never ends or is too long", async () => {
  const tooLong = (response: ServerResponse) => response.write(" ".repeat(200));
  for (const end of [(response: ServerResponse) => response.destroy(), () => {}, tooLong]) {
    await using server = await listen((_, response) => {
      response.writeHead(429, { "content-length": 1000 }).write('{"error_code":"DBS.28', () => end(response));
    });
    const options = { baseUrl: server.url, project_id: "p", auth: "a-token", timeout: 800, maxResponseBytes: 100 };
    const client = createClient(options);
    const call = client.createManualBackup({ instance_id: "i", name: "nightly", description: "" });
    expect(await failing(call)).toMatchObject({ name: "ApiError", status: 429, outcome: "refused", attempts: 3 });
    expect(server.received).toHaveLength(3);
  }
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

it("the first wait after another token was got is as short as any first wait", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.999);
  const answers = [
    [401, "APIGW.0307"],
    [503, undefined],
    [503, undefined],
  ] as const;
  await using server = await listen((_, response) => {
    const [status, code] = answers[server.received.length - 1] ?? [202, undefined];
    json(response, status, code ? { error_code: code, error_msg: "x" } : { job_id: "j" });
  });
  const delays: number[] = [];
  let tokens = 0;
  const client = createClient({
    baseUrl: server.url,
    project_id: "p",
    auth: () => `token-${++tokens}`,
    onRetry: ({ delay }) => delays.push(delay),
  });
  await client.deleteManualBackup({ backup_id: "b" });
  expect(delays).toEqual([999, 1998]);
});
