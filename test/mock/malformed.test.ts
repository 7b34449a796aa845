/** What is no HTTP, beside requests on the same connection: which answer it gets, and what the record has of both. */
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Connections } from "../../src/mock/connections.js";
import { refuseMalformed } from "../../src/mock/malformed.js";
import { createCore } from "../../src/mock/mock.js";
import { settings } from "../../src/mock/server.js";
import { pause } from "../support/pause.js";
import { backupPath, dial, instancePath, sendBytes } from "./calls.js";

const har = join(mkdtempSync(join(tmpdir(), "geminidb-backup-malformed-")), "traffic.har");
const statuses = () =>
  JSON.parse(readFileSync(har, "utf8")).log.entries.map(
    ({ response }: { response: { status: number } }) => response.status,
  );

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ har, control: true });
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

const head = `POST ${instancePath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\ncontent-type: application/json\r\n`;
const deleting = `DELETE ${backupPath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\n`;
const garbage = "GARBAGE\r\n\r\n";
const record = () => mock.requests.map(({ method, path, answer }) => [method, path, answer]);
/** The statuses that arrive on a connection, in their order. */
const answersTo = async (text: string, patience?: number) =>
  [...(await sendBytes(mock.url, text, patience)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);

it("a caller that is refused, and goes on sending, gets its answer and then loses the connection", async () => {
  const socket = connect({ port: Number(new URL(mock.url).port), host: "127.0.0.1", allowHalfOpen: true });
  const closed = new Promise((resolve) => socket.on("error", () => {}).on("close", resolve));
  let text = "";
  socket.on("data", (bytes) => {
    text += bytes;
  });
  socket.write(garbage);
  const sending = setInterval(() => socket.write("x".repeat(1000)), 20);
  await closed;
  clearInterval(sending);
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
});

describe("a request is one call in the record", () => {
  it("where its length is that of its text in characters, so that bytes are left over", async () => {
    const body = '{"name":"nightly","description":"Größe"}';
    await answersTo(`${head}content-length: ${body.length}\r\n\r\n${body}`);
    expect(record()).toEqual([
      ["POST", instancePath, "400"],
      ["", "", "400"],
    ]);
  });
  it.each([deleting, `${deleting}\r\n${deleting}`])(
    "where garbage comes behind it, in one packet",
    async (requests) => {
      await answersTo(`${requests}\r\n${garbage}`);
      expect(record().filter(([method]) => method === "DELETE")).toHaveLength(requests.split("DELETE").length - 1);
      expect(record().at(-1)).toEqual(["", "", "400"]);
    },
  );
  it("and so is what is malformed and comes in a packet of its own: its line is kept", async () => {
    const socket = dial(mock.url);
    socket.write(`${deleting}\r\n`);
    await expect.poll(record).toEqual([["DELETE", backupPath, "202"]]);
    socket.write("GET /x HTTP/9.9\r\n\r\n");
    await expect.poll(record).toEqual([
      ["DELETE", backupPath, "202"],
      ["GET", "/x", "400"],
    ]);
    socket.destroy();
  });
});

describe("what is malformed is answered behind the requests before it", () => {
  const connecting = "CONNECT a.example:443 HTTP/1.1\r\nhost: a.example\r\n\r\n";
  it.each([
    [garbage, "400"],
    [connecting, "405"],
    ["GET / HTTP/1.1\r\n\r\n", "400"],
  ])("that are still under way: %j", async (malformed, status) => {
    mock.respond("deleteManualBackup", { delay: 100 });
    expect(await answersTo(`${deleting}\r\n${malformed}`)).toEqual(["202", status]);
    expect(mock.requests.map(({ answer }) => answer)).toEqual(["202", status]);
  });
  it.each([garbage, connecting, "GET / HTTP/1.1\r\n\r\n"])(
    "and not at all where one of them has no answer: %j",
    async (malformed) => {
      const before = statuses().length;
      mock.respond("deleteManualBackup", { fault: "hang" });
      expect(await answersTo(`${deleting}\r\n${malformed}`, 200)).toEqual([]);
      await expect
        .poll(() => mock.requests.map(({ answer }) => answer))
        .toEqual(["hang", expect.stringMatching(/^40[05] undelivered$/)]);
      expect(statuses().slice(before)).toEqual([0, 0]);
    },
  );
  it("and not where the answer to one of them closes the connection", async () => {
    mock.respond("deleteManualBackup", { delay: 50 });
    expect(await answersTo(`${deleting}connection: close\r\n\r\n${garbage}`)).toEqual(["202"]);
    await expect.poll(() => mock.requests.map(({ answer }) => answer)).toEqual(["202", "400 undelivered"]);
  });
  it("once, however much of it comes meanwhile", async () => {
    mock.respond("deleteManualBackup", { delay: 200 });
    const socket = dial(mock.url);
    let text = "";
    socket.on("data", (chunk) => (text += chunk));
    for (const part of [`${deleting}\r\n`, garbage, garbage, `${deleting}\r\n`]) {
      socket.write(part);
      await pause(20);
    }
    await expect.poll(() => text).toContain("400 Bad Request");
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(2);
    expect(mock.requests.map(({ answer }) => answer)).toEqual(["202", "400"]);
  });
});

it.each([
  ["served", "HTTP/1.1\r\nhost: x", "404"],
  ["refused", "HTTP/1.1", "400"],
  ["malformed", "HTTP/9.9\r\nhost: x", "400"],
])("no user, no password and no fragment of a target is recorded, where it is %s", async (_, rest, status) => {
  for (const target of ["ftp://u:planted@a.example/x", "http://u:planted@a.example/x#planted", "/x#planted"]) {
    mock.reset();
    expect(await answersTo(`GET ${target} ${rest}\r\nconnection: close\r\n\r\n`)).toEqual([status]);
    expect(mock.requests[0]?.path).toBe(target.startsWith("ftp") ? "ftp://a.example/x" : "/x");
    expect(readFileSync(har, "utf8")).not.toContain("planted");
  }
});

describe("a body that breaks off", () => {
  const chunked = "transfer-encoding: chunked\r\n\r\n2\r\n{ \r\nGARBAGE\r\n";
  it("is answered behind the requests before it, too", async () => {
    mock.respond("deleteManualBackup", { delay: 100 });
    expect(await answersTo(`${deleting}\r\n${head}${chunked}`)).toEqual(["202", "400"]);
    expect(mock.requests.map(({ answer }) => answer)).toEqual(["202", "400"]);
    expect(mock.requests[1]?.violations).toEqual([{ path: ["body"], message: expect.stringMatching(/Invalid char/) }]);
    expect(() => mock.verify()).toThrow(/answered 400: .*Invalid char/);
  });
  it("is answered while the rest of it is awaited, and closes the connection", async () => {
    const begun = Date.now();
    expect(await answersTo(`${head}transfer-encoding: chunked\r\n\r\n5\r\n{"nam\r\nZZ\r\n`, 10_000)).toEqual(["400"]);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });
  it("gets no second answer", async () => {
    expect(await answersTo(`POST /nowhere HTTP/1.1\r\nhost: x\r\n${chunked}`)).toEqual(["400"]);
    expect(mock.requests.map(({ answer }) => answer)).toEqual(["400"]);
    // Nobody reads the body of that one.
    expect(await answersTo(`POST /__mock/reset HTTP/1.1\r\nhost: localhost\r\n${chunked}`)).toEqual(["204"]);
    expect(mock.requests).toEqual([]);
  });
});

it("a connection on which nothing comes for a minute carried no request, and one on which a request begins did", async () => {
  expect(createServer(settings).headersTimeout).toBe(60_000);
  const server = createServer({ ...settings, headersTimeout: 200, connectionsCheckingInterval: 50 });
  const core = createCore({}, { url: () => "", close: async () => {} });
  refuseMalformed(server, new Connections(server, false), core);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${Object(server.address()).port}`;
  expect(await sendBytes(url, "")).toBe("");
  expect(core.mock.requests).toEqual([]);
  expect(await sendBytes(url, "GET /x HT")).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  expect(core.mock.requests).toMatchObject([{ method: "", answer: "408" }]);
  server.close();
});
