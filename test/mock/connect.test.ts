/** A mock in another process, with the interface of one in this process. Each test connects by itself. */
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { createClient } from "geminidb-backup";
import { connectMock, createMock, type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { callWhileCollecting } from "../support/collecting.js";
import { failing } from "../support/http.js";
import { root, run } from "../support/project.js";
import { type Serving, serveMock } from "../support/serve.js";
import { backupPath, instancePath, json, token } from "./calls.js";

let served: Serving;
let url: string;
beforeAll(async () => {
  served = await serveMock("--control");
  url = served.url;
});
beforeEach(() => fetch(`${url}/__mock/reset`, { method: "POST" }));
afterAll(() => served.end());

const backup = { instance_id: "i", name: "nightly", description: "" };
const clientOf = (mock: Mock) => createClient({ baseUrl: mock.url, project_id: "p", auth: "a-token", retries: 0 });

it("ends a call whose caller aborts, also when memory was cleaned up meanwhile", async () => {
  const script = `
    import { connectMock } from "geminidb-backup/mock";
    const mock = await connectMock("${url}");
    mock.respond("deleteManualBackup", { fault: "hang" });
    const controller = new AbortController();
    const init = { method: "DELETE", headers: { "x-auth-token": "a" }, signal: controller.signal };
    const call = mock.fetch(mock.url + "${backupPath}", init);
    setTimeout(() => controller.abort(), 300);
    call.catch(() => mock.close());`;
  expect(await callWhileCollecting(script)).toEqual([0, "AbortError"]);
});

it("gives what startMock gives", async () => {
  await using mock = await connectMock(url);
  await using own = await startMock();
  expect(Object.keys(mock).sort()).toEqual(Object.keys(own).sort());
  const client = clientOf(mock);
  mock.respond("createManualBackup", { example: "DBS.200019" }, { fault: "reset" });
  await expect(client.createManualBackup(backup)).rejects.toMatchObject({ code: "DBS.200019" });
  expect(mock.pending).toEqual([{ operationId: "createManualBackup", reply: { fault: "reset" }, left: 1 }]);
  expect(await failing((async () => mock.verify())())).toMatchObject({
    name: "Error",
    message: expect.stringMatching(/was not used/),
  });
  await expect(client.createManualBackup(backup)).rejects.toThrow();
  mock.verify();
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["403", "reset"]);
  expect(mock.requests[0]?.arrived).toBeInstanceOf(Date);
  expect(mock.backups).toContainEqual(expect.objectContaining({ name: "nightly", instance_id: "i" }));
  mock.reset();
  expect([mock.requests, mock.pending]).toEqual([[], []]);
});

it("takes an address with a path for the mock that is there", async () => {
  await using mock = await connectMock(`${url}/v3?a=b`);
  expect(mock.url).toBe(url);
});

it("sends a request to the mock, whichever host it names", async () => {
  await using mock = await connectMock(url);
  const answer = await mock.fetch(`https://any.example${backupPath}?a=b`, { method: "DELETE", headers: token });
  expect(answer.status).toBe(202);
  expect(mock.requests.map(({ path }) => path)).toEqual([`${backupPath}?a=b`]);
});

it.each<[string, (mock: Mock) => typeof fetch]>([
  ["it has been replaced by that of the mock", (mock) => mock.fetch],
  ["a test has replaced it", () => () => Promise.reject(new Error("no network"))],
])("sends a request by the fetch of Node, also where %s", async (_, replacement) => {
  await using mock = await connectMock(url);
  using _spy = vi.spyOn(globalThis, "fetch").mockImplementation(replacement(mock));
  expect((await mock.fetch(url + backupPath, { method: "DELETE", headers: token })).status).toBe(202);
});

describe("a body", () => {
  const body = JSON.stringify({ name: "nightly", description: "" });
  const init = { method: "POST", headers: json, body };
  const stream = () => new Blob([body]).stream();

  it.each<[string, (mock: Mock) => Promise<Response>]>([
    ["in a Request", (mock) => mock.fetch(new Request(url + instancePath, init))],
    [
      "in the place of that of a Request",
      (mock) => mock.fetch(new Request(url + instancePath, { ...init, body: "x" }), { body }),
    ],
    ["with keepalive", (mock) => mock.fetch(url + instancePath, { ...init, keepalive: true })],
    [
      "in a Request with keepalive",
      (mock) => mock.fetch(new Request(url + instancePath, { ...init, keepalive: true })),
    ],
  ])("%s is sent with its length", async (_, send) => {
    await using mock = await connectMock(url);
    expect((await send(mock)).status).toBe(202);
    expect(mock.requests).toMatchObject([
      { headers: { ...json, "x-auth-token": "[redacted]", "content-length": String(body.length) } },
    ]);
  });
  it.each<[string, (mock: Mock) => Promise<Response>]>([
    [
      "beside an address",
      (mock) => mock.fetch(url + instancePath, { ...init, body: stream(), duplex: "half" } as RequestInit),
    ],
    [
      "beside a Request",
      (mock) => mock.fetch(new Request(url + instancePath, init), { body: stream(), duplex: "half" } as RequestInit),
    ],
  ])("that is a stream %s is sent as one", async (_, send) => {
    await using mock = await connectMock(url);
    expect((await send(mock)).status).toBe(202);
    expect(mock.requests).toMatchObject([{ headers: { "transfer-encoding": "chunked" }, body: JSON.parse(body) }]);
  });
  it("of a Request that does not end is given up when the caller aborts", async () => {
    await using mock = await connectMock(url);
    const endless = new ReadableStream({ pull: () => new Promise(() => {}) });
    const request = new Request(url + instancePath, { ...init, body: endless, duplex: "half" } as RequestInit);
    await expect(mock.fetch(request, { signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/);
  });
});

it("does not follow the signal of a Request that is given none in its place", async () => {
  await using mock = await connectMock(url);
  for (const { fetch } of [mock, createMock()]) {
    const request = new Request(url + backupPath, { method: "DELETE", headers: token, signal: AbortSignal.abort() });
    expect((await fetch(request, { signal: null })).status).toBe(202);
  }
});

it("rejects an address that is none as the mock of this process does", async () => {
  await using mock = await connectMock(url);
  for (const address of ["nonsense", "file:///v3/p/backups/b", "data:text/plain,x"]) {
    const [remote, own] = await Promise.all([mock, createMock()].map(({ fetch }) => failing<Error>(fetch(address))));
    expect(remote, address).toEqual(own);
  }
});

it("gives requests with all that they have, also what is undefined", async () => {
  await using mock = await connectMock(url);
  await mock.fetch(`${url}/nowhere`);
  const own = createMock();
  await own.fetch("http://x/nowhere");
  expect(Object.keys(mock.requests[0] ?? {}).sort()).toEqual(Object.keys(own.requests[0] ?? {}).sort());
  mock.reset();
});

it("says in one line why there is no mock", async () => {
  const error = await failing(connectMock(url.replace("http:", "https:")));
  expect(error.message).toMatch(/^there is no mock at https:[^\n]*$/);
});

it("has the seed of the faults", async () => {
  await using chaotic = await serveMock("--control", "--chaos", "0.5", "--seed", "7");
  await using mock = await connectMock(chaotic.url);
  expect(mock.seed).toBe(7);
});

it("refuses a reply as startMock does, before JSON loses a part of it", async () => {
  await using mock = await connectMock(url);
  const when = { backup_id: () => {} } as never;
  expect(() => mock.respond("deleteManualBackup", { when })).toThrow(
    new TypeError("deleteManualBackup: when.backup_id must be data that JSON can hold, not [Function: backup_id]"),
  );
  expect(() => mock.respond("deleteManualBackup", { when: { backup_id: undefined } })).toThrow(
    /when\.backup_id must be data that JSON can hold/,
  );
  expect(await failing((async () => mock.respond("deleteManualBackup", { example: "x" }))())).toMatchObject({
    name: "TypeError",
    message: expect.stringMatching(/no example x/),
  });
  expect(() => mock.respond("deleteBackup" as never, {})).toThrow(/no operation deleteBackup/);
  expect(() => mock.respond("deleteBackup" as never, { times: 5n } as never)).toThrow(
    new TypeError("deleteBackup: each reply must be data that JSON can hold"),
  );
  expect(mock.pending).toEqual([]);
});

describe("a connection that has ended", () => {
  it("says so, and the mock goes on", async () => {
    const mock = await connectMock(url);
    await mock.close();
    expect(() => mock.requests).toThrow(/the connection to the mock is closed/);
    const late = await failing(mock.fetch(mock.url + backupPath));
    expect(late).toMatchObject({ message: "fetch failed", cause: { code: "ECONNREFUSED" } });
    await using another = await connectMock(url);
    expect(another.requests).toEqual([]);
  });
});

describe("the thread of a connection", () => {
  const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-connect-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const connecting = file(
    "connect.mjs",
    `import { connectMock } from ${JSON.stringify(join(root, "dist/mock/index.js"))};
    const began = performance.now();
    const said = await connectMock(process.argv[2]).then((mock) => mock.requests.length, (error) => error.message);
    console.log(said, performance.now() - began < 5000 ? "at once" : "late");`,
  );
  const inThread = (code: string) => `if (!require("node:worker_threads").isMainThread) ${code}`;
  const failing = file("fails.cjs", inThread('throw new Error("planted")'));
  const ending = file("ends.cjs", inThread("process.exit(3)"));
  const connect = (flags: string[], env: NodeJS.ProcessEnv = {}) =>
    run(process.execPath, [...flags, connecting, url], { env });

  it("does not run with the flags of the process", async () => {
    expect((await connect(["--require", failing])).stdout.trim()).toBe("0 at once");
  });
  it.each([
    ["planted", failing],
    ["it ended with code 3", ending],
  ])("that fails says why, at once: %s", async (reason, preload) => {
    const { stdout } = await connect([], { NODE_OPTIONS: `--require ${preload}` });
    expect(stdout.trim()).toBe(`connectMock needs a thread of its own, which failed: ${reason} at once`);
  });
});

/** A server in a thread of its own, which answers in one way: `{ status, text, health }`, with `health` where it is asked for that. */
const serverInThread = `
  const { parentPort, workerData: { status, text, health } } = require("node:worker_threads");
  const server = require("node:http").createServer(({ url }, response) =>
    health && url === "/__mock/health" ? response.end(health) : response.writeHead(status).end(text));
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

it("shows what a mock says that does not know a path, such as one of another version", async () => {
  const workerData = {
    status: 404,
    text: '{"detail":"there is no /__mock/verify"}',
    health: '{"status":"ok","url":"any"}',
  };
  const server = new Worker(serverInThread, { eval: true, workerData });
  const [port] = await once(server, "message");
  await using mock = await connectMock(`http://127.0.0.1:${port}`);
  expect(() => mock.verify()).toThrow(/^there is no \/__mock\/verify$/);
  await server.terminate();
});

describe("to connect is refused in one sentence", () => {
  it.each([
    [200, "<h1>hello</h1>", /^there is no mock at http:.*: it answered 200, but not with JSON$/],
    [200, "{}", /^there is no mock at http:.*: something else answers there$/],
    [200, '{"status":"bad"}', /^there is no mock at http:.*: something else answers there$/],
    [200, '{"status":"ok"}', /^there is no mock at http:.*: something else answers there$/],
    [
      401,
      '{"detail":"Not authenticated"}',
      /^http:.* answered 401 when it was asked whether it is a mock\. Not authenticated$/,
    ],
    [422, '{"detail":[{}]}', /^http:.* answered 422 when it was asked whether it is a mock$/],
    [500, "Traceback:\n  line 1", /^http:.* answered 500 when it was asked whether it is a mock$/],
    [404, "<h1>not here</h1>", /^what answers at http:.* has no control interface: /],
    [
      404,
      "{}",
      /^what answers at http:.* has no control interface: if it is a mock, start it with control: true, or mock --control$/,
    ],
    [403, '{"detail":"not for you"}', /\. not for you$/],
  ])("by what answers %i %s", async (status, text, message) => {
    const server = new Worker(serverInThread, { eval: true, workerData: { status, text } });
    const [port] = await once(server, "message");
    await expect(connectMock(`http://127.0.0.1:${port}`)).rejects.toThrow(message);
    await server.terminate();
  });
  it("where nobody listens", async () => {
    await expect(connectMock("http://127.0.0.1:1")).rejects.toThrow(/^there is no mock at http:\/\/127\.0\.0\.1:1: /);
  });
  it.each(["4010", "data:text/plain,mock"])("by %s, which is no address of a mock", async (address) => {
    await expect(connectMock(address)).rejects.toThrow(
      new TypeError(`connectMock needs the address of a mock, such as http://127.0.0.1:4010, not "${address}"`),
    );
  });
});
