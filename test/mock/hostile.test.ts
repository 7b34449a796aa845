import { readFileSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { howToRepeat, seed } from "../support/properties.js";
import { times } from "../support/scale.js";
import { cli, type Serving, serve } from "../support/serve.js";
import { creating, deleting, exampleResponse, exampleUri } from "../support/transcript.js";

/** The mock in a process of its own, so that its end or its memory is seen. */
let served: Serving;
let port: number;
beforeAll(async () => {
  served = await serve(["--expose-gc", cli, "mock", "--port", "0"]);
  port = Number(new URL(served.url).port);
});
afterAll(() => served.end());

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const path = exampleUri(creating).path;

/** One request by Node's client: its status, or that the socket closed. */
function send(
  method: string,
  target: string,
  headers: Record<string, string>,
  body: string | Buffer,
): Promise<number | "closed"> {
  return new Promise((resolve) => {
    const request = httpRequest(
      {
        host: "127.0.0.1",
        port,
        method,
        path: target,
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        agent,
        timeout: 20_000,
      },
      (response) => {
        response.resume();
        response.on("close", () => resolve(response.statusCode ?? "closed"));
      },
    );
    request.on("error", () => resolve("closed"));
    request.on("timeout", () => request.destroy());
    request.end(body);
  });
}
/** Bytes as they are, then the end. */
function bytes(data: Buffer | string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(data));
    let text = "";
    socket.on("data", (chunk) => (text += chunk));
    socket.on("error", () => resolve(text));
    socket.on("close", () => resolve(text));
    socket.setTimeout(5000, () => socket.destroy());
  });
}
/** Megabytes of memory that the mock holds, where the system tells. */
function memory(): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${served.child.pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return 0;
  }
}
async function healthy() {
  expect(memory()).toBeLessThan(600);
  expect(served.child.exitCode, served.output()).toBeNull();
  const answer = await fetch(`http://127.0.0.1:${port}${exampleUri(deleting).path}`, {
    method: "DELETE",
    headers: { "x-auth-token": "any", prefer: "example=accepted" },
  });
  expect([answer.status, await answer.json()]).toEqual([202, exampleResponse(deleting)]);
}

it("answers thousands of hostile requests and stays healthy", async () => {
  const json = { "content-type": "application/json", "x-auth-token": "any" };
  const key = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("__proto__", "constructor", "toString", "name", "额外", "description", "database_tables"),
  );
  const value = fc.object({ key, maxDepth: 4, withBigInt: false });
  const header = fc.dictionary(
    fc.stringMatching(/^x-[a-z]{1,10}$|^prefer$|^accept$|^content-type$|^authorization$|^expect$/),
    fc.stringMatching(/^[\x20-\x7e]{0,60}$/),
    { maxKeys: 6 },
  );
  const segment = fc.oneof(
    fc
      .string({ unit: "binary", maxLength: 30 })
      .map((text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "x"))),
    fc.stringMatching(/^[!-~]{0,20}$/).map((text) => text.replace(/[#\s]/g, "")),
  );
  const samples = fc.sample(
    fc.tuple(
      fc.constantFrom("POST", "DELETE", "GET", "PUT", "OPTIONS", "TRACE", "PROPFIND"),
      fc.oneof(
        fc.constant(path),
        segment.map((text) => `/v3/${text}/backups/${text}`),
        segment.map((text) => `/${text}`),
      ),
      header,
      fc.oneof(
        value.map((one) => JSON.stringify(one)),
        fc.string({ unit: "binary" }),
        fc.constant('{"name":"abcd","description":""}'),
      ),
    ),
    { seed, numRuns: times(1500, 9000) },
  );
  const odd = new Set<unknown>();
  let closed = 0;
  let next = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (let sample = samples[next++]; sample; sample = samples[next++]) {
        const [method, target, headers, body] = sample;
        const { expect: _, ...rest } = headers;
        const status = await send(method, target, { ...json, ...rest }, body);
        if (status === "closed") closed++;
        if (status === 500 && !headers.prefer) odd.add(JSON.stringify(sample));
      }
    }),
  );
  expect([...odd].slice(0, 3), howToRepeat()).toEqual([]);
  // Most of them are HTTP, however hostile, and get an answer.
  expect(closed).toBeLessThan(samples.length / 20);
  await healthy();

  const noise = fc.uint8Array({ minLength: 200, maxLength: 200 });
  const raw = [
    ...fc.sample(noise, { seed, numRuns: times(100, 500) }).map((bytes) => Buffer.from(bytes)),
    ...Array.from(
      { length: times(100, 400) },
      (_, index) =>
        `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\nx-auth-token: a\r\ncontent-type: application/json\r\n\r\n${"{".repeat(index % 50)}`,
    ),
    ...Array.from(
      { length: 100 },
      (_, index) => `DELETE /v3/p/backups/${"é".repeat(index)} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\n\r\n`,
    ),
  ];
  for (let i = 0; i < raw.length; i += 50) await Promise.all(raw.slice(i, i + 50).map(bytes));
  await healthy();
}, 120_000);

it("keeps no large bodies", async () => {
  const headers = { "content-type": "application/json", "x-auth-token": "any" };
  const large = JSON.stringify({ name: "large", description: "x".repeat(11 * 2 ** 20) });
  for (let i = 0; i < times(8, 80); i++) expect(await send("POST", path, headers, large)).toBe(400);
  await healthy();
}, 120_000);

it("answers what is huge or deep", async () => {
  const headers = { "content-type": "application/json", "x-auth-token": "any" };
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  const nested = `{"name":"abcd","description":"","database_tables":${'[{"database_name":'.repeat(20_000)}1${"}]".repeat(20_000)}}`;
  const wide = JSON.stringify({
    name: "wide",
    description: "",
    database_tables: Array.from({ length: 100_000 }, (_, index) => ({ database_name: `d${index}` })),
  });
  const keys = JSON.stringify(
    Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`key-${index}`, index])),
  );
  expect(await send("POST", path, headers, deep)).toBe(400);
  expect(await send("POST", path, headers, nested)).toBe(400);
  expect(await send("POST", path, headers, wide)).toBe(202);
  expect(await send("POST", path, headers, keys)).toBe(400);
  expect(await send("POST", path, headers, Buffer.alloc(13 * 2 ** 20, 32))).toBe(413);
  expect(await send("DELETE", exampleUri(deleting).path, headers, Buffer.alloc(13 * 2 ** 20, 32))).toBe(413);
  expect(await send("DELETE", exampleUri(deleting).path, { "x-auth-token": "t".repeat(64 * 2 ** 10) }, "")).not.toBe(
    "closed",
  );
  expect([431, "closed"]).toContain(
    await send("DELETE", exampleUri(deleting).path, { "x-auth-token": "t".repeat(2 ** 20) }, ""),
  );
  await healthy();
}, 120_000);
