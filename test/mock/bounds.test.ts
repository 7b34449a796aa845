import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { createMock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { pause } from "../support/pause.js";
import { times } from "../support/scale.js";
import { cli, type Serving, serve } from "../support/serve.js";
import { backupPath, instancePath, json, sendBytes, token } from "./calls.js";

/** The mock in a process of its own, so that its memory can be seen. */
let served: Serving;
let url: string;
beforeAll(async () => {
  served = await serve(["--expose-gc", cli, "mock", "--port", "0", "--control"]);
  url = served.url;
});
afterAll(() => served.end());

/** Megabytes of memory that the mock holds, where the system tells. */
function memory(): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${served.child.pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return 0;
  }
}
/** A body that stops after so many bytes, until it is ended. `read` is fulfilled when they have been read. */
function standingStill(size: number) {
  let end = () => {};
  let told = () => {};
  const read = new Promise<void>((resolve) => {
    told = resolve;
  });
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (sent < size) {
          sent += 2 ** 16;
          return controller.enqueue(new Uint8Array(2 ** 16).fill(32));
        }
        told();
        await new Promise<void>((resolve) => {
          end = resolve;
        });
        controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, read, end: () => end() };
}
const post = (body: string) => fetch(url + instancePath, { method: "POST", headers: json, body });
const faulty = (count: number) => `{"name":"abcd","description":"","database_tables":[${"1,".repeat(count - 1)}1]}`;

it("holds little after many requests of 100 kB with 50,000 faults each", async () => {
  const body = faulty(50_000);
  expect(body.length).toBeGreaterThan(100_000);
  for (let index = 0; index < 50; index++) await (await post(faulty(20))).text();
  const before = memory();
  const requests = times(100, 1000);
  for (let index = 0; index < requests; index++) {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    await answer.text();
  }
  expect(memory() - before).toBeLessThan(100);
});

it("keeps at most 20 violations and their number, and the beginning of a large body with its size", async () => {
  const mock = createMock();
  const send = (body: string) => mock.fetch(mock.url + instancePath, { method: "POST", headers: json, body });
  await send(faulty(1000));
  await send(JSON.stringify({ name: "abcd", description: "", [`${"é".repeat(300_000)}`]: 1 }));
  const [many, large] = mock.requests;
  expect([many?.violations.length, many?.violationCount]).toEqual([20, 1000]);
  expect(large?.bodySize).toBeGreaterThan(600_000);
  expect(String(large?.body)).toHaveLength(2 ** 16);
  expect(JSON.stringify(large?.violations).length).toBeLessThan(2000);
});

it.each([100_000, 1_000_000, 5_000_000])("survives %d faults in one request", async (count) => {
  expect((await post(faulty(count))).status).toBe(400);
});

it("answers an upload over the limit before it ends, whether its length is announced or not", async () => {
  const head = `POST ${instancePath} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-auth-token: a\r\ncontent-type: application/json\r\n`;
  const announced = await sendBytes(url, `${head}content-length: 100000000\r\n\r\n{`, 2000);
  expect(announced).toMatch(/^HTTP\/1.1 413 .*APIGW\.0201/s);
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    const request = httpRequest(url + instancePath, { method: "POST", headers: json }, (response) => {
      resolve(response.statusCode);
      request.destroy();
    });
    request.on("error", reject);
    for (let index = 0; index < 14; index++) request.write(Buffer.alloc(2 ** 20, 32));
  });
  expect(answer).toBe(413);
});

it("answers a small request while many bodies of 12 MB arrive", async () => {
  const body = JSON.stringify({ name: "abcd", description: "x".repeat(12 * 2 ** 20 - 100) });
  const order: string[] = [];
  const count = times(10, 50);
  const large = Array.from({ length: count }, () => post(body).then(({ status }) => order.push(`large ${status}`)));
  await pause(200);
  const small = fetch(url + backupPath, { method: "DELETE", headers: { ...token, prefer: "example=accepted" } });
  await small.then(({ status }) => order.push(`small ${status}`));
  await Promise.all(large);
  expect(order.filter((one) => one === "large 400")).toHaveLength(count);
  expect(order).toContain("small 202");
  // It does not wait for its place behind the large ones.
  expect(order.indexOf("small 202")).toBeLessThan(count / 2);
});

it("answers a small request within a second while bodies of 64 kB full of faults arrive", async () => {
  const large = Array.from({ length: times(20, 50) }, () => post(faulty(32_000)));
  await pause(50);
  const began = performance.now();
  await fetch(url + backupPath, { method: "DELETE", headers: token });
  expect(performance.now() - began).toBeLessThan(1000);
  for (const { status } of await Promise.all(large)) expect(status).toBe(400);
});

const most = 12 * 2 ** 20 - 100;
const list = (item: string) =>
  `{"name":"abcd","description":"","database_tables":[${item.repeat(most / item.length)}1]}`;
const numbers = Array.from({ length: 900_000 }, (_, index) => `"${index}":1`);

it.each<[string, string, string]>([
  ["lists within lists", "[".repeat(most), "is nested more than 500 deep"],
  ["empty objects", list("{},"), "has more than 1000000 brackets, commas and colons"],
  ["properties", `{${numbers.join(",")}}`, "has more than 1000000 brackets, commas and colons"],
])("refuses a body of so many %s that nothing else would be answered while it is parsed", async (_, body, message) => {
  const mock = createMock();
  const answer = await mock.fetch(mock.url + instancePath, { method: "POST", headers: json, body });
  expect(answer.status).toBe(400);
  expect(mock.requests).toMatchObject([{ bodySize: body.length, violations: [{ path: ["body"], message }] }]);
});

it("holds four of the largest bodies at a time, and lets the others wait at their callers", async () => {
  const body = JSON.stringify({ name: "abcd", description: "x".repeat(12 * 2 ** 20 - 100) });
  const before = memory();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, memory());
  }, 20);
  const answers = await Promise.all(Array.from({ length: times(25, 50) }, () => post(body)));
  clearInterval(watch);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 400));
  // A body takes several times its size while it is parsed, and memory is freed late.
  expect(most - before).toBeLessThan(400);
});

it("lets a large body wait while others stand still, and small ones pass", async () => {
  const mock = createMock();
  const senders = Array.from({ length: 4 }, () => standingStill(2 ** 19));
  const stopped = new AbortController();
  const send = (body: RequestInit["body"], signal?: AbortSignal) =>
    mock.fetch(mock.url + instancePath, {
      method: "POST",
      headers: json,
      ...(body && { body }),
      duplex: "half",
      ...(signal && { signal }),
    } as RequestInit);
  const still = senders.map(({ stream }) => send(stream, stopped.signal).catch(({ name }) => name));
  await Promise.all(senders.map(({ read }) => read));
  const large = send(JSON.stringify({ name: "abcd", description: "x".repeat(2 ** 19) }));
  expect((await send('{"name":"small","description":""}')).status).toBe(202);
  // Time in which it would have been answered, if it did not have to wait.
  await pause(100);
  expect(mock.requests.map(({ answer }) => answer)).toEqual([...still.map(() => "pending"), "pending", "202"]);
  for (const { end } of senders) end();
  expect((await large).status).toBe(400);
  stopped.abort();
  await Promise.all(still);
});

it("forgets the uploads whose callers left while they stood still, and has room for others", async () => {
  const seen: string[] = [];
  const mock = createMock({ onRequest: ({ answer }) => seen.push(answer) });
  for (let turn = 0; turn < 5; turn++) {
    const cancel = vi.fn();
    let sent = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent) return new Promise(() => {});
        sent = true;
        controller.enqueue(new Uint8Array(300_000).fill(32));
      },
      cancel,
    });
    const init = { method: "POST", headers: json, body, duplex: "half", signal: AbortSignal.timeout(50) };
    await expect(mock.fetch(mock.url + instancePath, init as RequestInit)).rejects.toThrow(/timeout/);
    await expect.poll(() => cancel.mock.calls.length).toBe(1);
  }
  const large = JSON.stringify({ name: "abcd", description: "x".repeat(300_000) });
  const answer = await mock.fetch(mock.url + instancePath, { method: "POST", headers: json, body: large });
  expect(answer.status).toBe(400);
  await expect.poll(() => seen).toEqual([...Array(5).fill("unfinished"), "400"]);
});

it("closes a mock while an upload waits for room that another mock takes", async () => {
  const [one, other] = [await startMock(), await startMock()];
  const head = `POST ${instancePath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\ncontent-type: application/json\r\n`;
  const upload = `${head}content-length: 12000000\r\n\r\n${" ".repeat(300_000)}`;
  const held = Array.from({ length: 4 }, () => sendBytes(one.url, upload, 60_000));
  await expect.poll(() => one.requests.length).toBe(4);
  await pause(100);
  const waiting = sendBytes(other.url, upload, 60_000);
  await expect.poll(() => other.requests.length).toBe(1);
  await pause(100);
  await other.close();
  expect(other.requests.map(({ answer }) => answer)).toEqual(["unfinished"]);
  await one.close();
  await Promise.all([...held, waiting]);
});

it("keeps no more of the past than it says", async () => {
  await fetch(`${url}/__mock/reset`, { method: "POST" });
  const body = JSON.stringify({ name: "abcd", description: "y".repeat(60_000) });
  for (let index = 0; index < 400; index++) await (await post(body)).text();
  const kept = await (await fetch(`${url}/__mock/requests`)).json();
  expect(kept.length).toBeGreaterThan(200);
  expect(kept.length).toBeLessThan(300);
});
