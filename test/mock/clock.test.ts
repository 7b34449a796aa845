/** The mock in a test whose timers are fake. */
import { createMock, startMock } from "geminidb-backup/mock";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { run } from "../support/project.js";
import { create, instancePath, json, remove } from "./calls.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("closes, and `await using` ends", async () => {
  for (const mock of [createMock(), await startMock()]) {
    await using one = mock;
    expect(one.requests).toEqual([]);
  }
});

it("answers large bodies", async () => {
  const mock = createMock();
  const body = JSON.stringify({ name: "nightly", description: "x".repeat(300_000) });
  const answer = await mock.fetch(mock.url + instancePath, { method: "POST", headers: json, body });
  expect(answer.status).toBe(400);
});

it("waits as long as the fake clock says: delay, latency and busyFor", async () => {
  await using mock = await startMock({ latency: 10_000, busyFor: 60_000, backups: [] });
  mock.respond("createManualBackup", { delay: 30_000 });
  let answered = false;
  const first = create(mock).finally(() => {
    answered = true;
  });
  await vi.waitUntil(() => mock.backups.length === 1, { timeout: 60_000 });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(answered).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  expect((await first).status).toBe(202);
  for (const status of [403, 202]) {
    const again = create(mock, `another-${status}`);
    await vi.waitUntil(() => mock.requests.at(-1)?.answer === String(status), { timeout: 60_000 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await again).status).toBe(status);
    await vi.advanceTimersByTimeAsync(60_000);
  }
  mock.respond("deleteManualBackup", { fault: "hang" });
  const controller = new AbortController();
  const hanging = remove(mock, { signal: controller.signal });
  controller.abort(new Error("my reason"));
  await expect(hanging).rejects.toThrow("my reason");
});

it("measures the duration in real time, also where the clock of the test is set", async () => {
  await using mock = await startMock();
  for (const step of [-3_600_000, 3_600_000]) {
    mock.reset();
    mock.respond("deleteManualBackup", { delay: 1000 });
    const answer = remove(mock);
    await vi.waitUntil(() => mock.requests[0]?.answer === "202", { timeout: 60_000 });
    vi.setSystemTime(Date.now() + step);
    await vi.advanceTimersByTimeAsync(1000);
    await answer;
    await vi.waitUntil(() => mock.requests[0]?.duration !== 0, { timeout: 60_000 });
    expect(mock.requests[0]?.duration).toBeGreaterThan(0);
    expect(mock.requests[0]?.duration).toBeLessThan(60_000);
  }
});

it("closes under the fake timers of node:test", async () => {
  const script = `import { mock as fake } from "node:test";
    import { createMock, startMock } from "geminidb-backup/mock";
    fake.timers.enable();
    for (const mock of [createMock(), await startMock()]) await mock.close();
    console.log("closed");`;
  const args = ["--input-type=module", "-e", script];
  const { stdout, stderr } = await run(process.execPath, args, { env: { NODE_OPTIONS: "" }, timeout: 20_000 });
  expect(stdout, stderr).toBe("closed\n");
});
