import { connect } from "node:net";
import { type Mock, type RecordedRequest, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { backupPath, create, instancePath, json, remove, sendBytes, wait } from "./calls.js";

let mock: Mock;
const seen: RecordedRequest[] = [];
beforeAll(async () => {
  mock = await startMock({ onRequest: (request) => seen.push(request) });
});
beforeEach(() => {
  mock.reset();
  seen.length = 0;
});
afterAll(() => mock.close());

it("has a request as soon as it arrives, and fills it in later", async () => {
  mock.respond("deleteManualBackup", { delay: 300 });
  const call = remove(mock);
  await expect.poll(() => mock.requests.length).toBe(1);
  expect(mock.requests[0]).toMatchObject({ operationId: "deleteManualBackup", duration: 0 });
  await call;
  await expect.poll(() => mock.requests[0]?.duration).toBeGreaterThan(290);
  expect(mock.requests[0]?.arrived).toBeInstanceOf(Date);
});

it("keeps the order of arrival", async () => {
  mock.respond("createManualBackup", { delay: 200 });
  const slow = create(mock, "slow");
  await expect.poll(() => mock.requests.length).toBe(1);
  await create(mock, "fast");
  await slow;
  expect(mock.requests.map(({ body }) => body)).toMatchObject([{ name: "slow" }, { name: "fast" }]);
});

it("has the code and the body of the answer", async () => {
  mock.respond("deleteManualBackup", { example: "DBS.200019" });
  const body = await (await remove(mock)).json();
  expect(mock.requests[0]).toMatchObject({ answer: "403", code: "DBS.200019", answerBody: body });
  await remove(mock);
  expect(mock.requests[1]).toMatchObject({
    answer: "202",
    code: undefined,
    answerBody: { job_id: expect.any(String) },
  });
});

it("has requests whose caller gave up, with what they would have been answered", async () => {
  mock.respond("deleteManualBackup", { example: "DBS.200019", delay: 5000 }, { fault: "hang" });
  await expect(remove(mock, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
  await expect(remove(mock, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
  await expect.poll(() => seen.length).toBe(2);
  expect(mock.requests).toMatchObject([{ answer: "403 undelivered", code: "DBS.200019" }, { answer: "hang" }]);
});

it("has requests whose body never ended, and resets", async () => {
  const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
  socket.write(`POST ${instancePath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\ncontent-length: 100\r\n\r\n{`);
  await expect.poll(() => mock.requests.length).toBe(1);
  socket.destroy();
  await expect.poll(() => mock.requests[0]?.answer).toBe("unfinished");
  mock.respond("deleteManualBackup", { fault: "reset" }, { fault: "reset-early" });
  await expect(remove(mock)).rejects.toThrow();
  await expect(remove(mock)).rejects.toThrow();
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["unfinished", "reset", "reset"]);
});

it("has the mock's own errors, and what is no HTTP", async () => {
  await remove(mock, { headers: { prefer: "example=DBS.000000" } });
  expect(await sendBytes(mock.url, "GARBAGE \u0001\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
  await expect.poll(() => mock.requests.length).toBe(2);
  expect(mock.requests).toMatchObject([
    { operationId: "deleteManualBackup", answer: "500", answerBody: { detail: expect.stringMatching(/no example/) } },
    { operationId: undefined, answer: "400", violations: [{ path: ["request"] }] },
  ]);
});

it("tells the number of violations in a header that would be too long with all of them", async () => {
  const unknown = Array.from({ length: 15 }, (_, index) => [`${"x".repeat(400)}${index}`, 1]);
  const body = JSON.stringify({ name: "nightly", description: "", ...Object.fromEntries(unknown) });
  const answer = await fetch(mock.url + instancePath, { method: "POST", headers: json, body });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.headers.get("sl-violations") ?? "")).toEqual([{ path: [], message: "15 violations" }]);
});

it("shows nothing after a reset() that began before it", async () => {
  mock.respond("deleteManualBackup", { delay: 150 }, { example: "DBS.200019" });
  const call = remove(mock);
  await expect.poll(() => mock.requests.length).toBe(1);
  mock.reset();
  await call;
  await wait(20);
  expect(mock.requests).toEqual([]);
  expect(mock.pending).toEqual([]);
  expect((await remove(mock)).status).toBe(202);
  expect(mock.requests).toHaveLength(1);
});

it("lets a body that was under way during a reset() change nothing after it", async () => {
  const text = '{"name":"nightly","description":""}';
  const head = `POST ${instancePath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n`;
  const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
  socket.write(head + text.slice(0, 5));
  await expect.poll(() => mock.requests.length).toBe(1);
  mock.reset();
  mock.respond("createManualBackup", { example: "DBS.200019" });
  const answer = new Promise<string>((resolve) => socket.once("data", (chunk) => resolve(String(chunk))));
  socket.write(text.slice(5));
  expect(await answer).toMatch(/^HTTP\/1.1 202/);
  socket.destroy();
  expect(mock.pending).toHaveLength(1);
  expect(mock.backups.map(({ name }) => name)).not.toContain("nightly");
});

it.each<[string, () => unknown]>([
  [
    "throws",
    () => {
      throw new Error("planted");
    },
  ],
  ["rejects", () => Promise.reject(new Error("planted"))],
])("reports an onRequest that %s, and answers all the same", async (_, onRequest) => {
  const warnings: string[] = [];
  const unhandled: unknown[] = [];
  const collect = (warning: Error) => warnings.push(warning.message);
  const note = (error: unknown) => unhandled.push(error);
  process.on("warning", collect);
  process.on("unhandledRejection", note);
  try {
    await using one = await startMock({ onRequest });
    expect((await remove(one)).status).toBe(202);
    await expect.poll(() => warnings).toEqual(["onRequest of the mock failed: planted"]);
    expect(unhandled).toEqual([]);
  } finally {
    process.off("warning", collect);
    process.off("unhandledRejection", note);
  }
});

it("is compared, copied and printed like any object", async () => {
  await create(mock);
  const [entry] = mock.requests;
  const copy = JSON.parse(JSON.stringify(entry));
  expect(copy).toMatchObject({
    body: { name: "nightly", description: "" },
    answerBody: { job_id: expect.any(String) },
  });
  expect({ ...entry }.body).toEqual({ name: "nightly", description: "" });
  expect(entry?.path).toBe(instancePath);
  expect(backupPath).not.toBe(instancePath);
});
