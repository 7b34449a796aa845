import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMock, type Fault, type Mock, type Reply, startMock } from "geminidb-backup/mock";
import { afterAll, describe, expect, it } from "vitest";
import { failing } from "../support/http.js";
import { pause } from "../support/pause.js";
import { backupPath, dial, instancePath, json, sendBytes, token, ways } from "./calls.js";

const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-shells-"));

interface Expected {
  status?: number;
  type?: string;
  text?: RegExp;
  /** The call rejects, or the body does. */
  rejects?: "call" | "body";

  /** Whether the backup has been made. */
  done: boolean;
}
const made = /^\{"job_id":.*"backup_id":.*\}$/;

/** What each reply does. Both shells and the header Prefer are held to it. */
const table: [Reply, Expected][] = [
  [{}, { status: 202, text: made, done: true }],
  [{ delay: 50 }, { status: 202, text: made, done: true }],
  [{ retryAfter: 7 }, { status: 202, text: made, done: true }],
  [{ example: "tables" }, { status: 202, text: made, done: true }],
  [
    { example: "tables", done: false },
    { status: 202, text: made, done: false },
  ],
  [{ example: "DBS.200019" }, { status: 403, text: /DBS\.200019/, done: false }],
  [
    { example: "DBS.200019", done: true },
    { status: 403, text: /DBS\.200019/, done: true },
  ],
  [{ status: 504 }, { status: 504, text: /APIGW\.0201/, done: false }],
  [
    { status: 504, done: true },
    { status: 504, text: /APIGW\.0201/, done: true },
  ],
  [{ html: true }, { status: 502, type: "text/html", text: /<h1>502/, done: false }],
  [
    { html: true, status: 503, done: true },
    { status: 503, type: "text/html", text: /<h1>503/, done: true },
  ],
  [
    { html: true, example: "APIGW.0308" },
    { status: 429, type: "text/html", done: false },
  ],
  // Nobody is asked for the password of a proxy, so that such an answer is none to fetch.
  [
    { html: true, status: 407 },
    { rejects: "call", done: false },
  ],
  [
    { html: true, status: 407, done: true, fault: "empty" },
    { rejects: "call", done: true },
  ],
  [{ fault: "reset" }, { rejects: "call", done: true }],
  [
    { fault: "reset", done: false },
    { rejects: "call", done: false },
  ],
  [
    { fault: "reset", example: "DBS.200019" },
    { rejects: "call", done: false },
  ],
  [{ fault: "reset-early" }, { rejects: "call", done: false }],
  [{ fault: "hang" }, { rejects: "call", done: true }],
  [
    { fault: "hang", done: false },
    { rejects: "call", done: false },
  ],
  [{ fault: "cut" }, { status: 202, rejects: "body", done: true }],
  [
    { fault: "cut", done: false },
    { status: 202, rejects: "body", done: false },
  ],
  [
    { fault: "cut", example: "DBS.200019" },
    { status: 403, rejects: "body", done: false },
  ],
  [{ fault: "drip" }, { status: 202, rejects: "body", done: true }],
  [{ fault: "content-type" }, { status: 202, type: "text/plain", text: made, done: true }],
  [{ fault: "empty" }, { status: 202, text: /^$/, done: true }],
  [
    { fault: "empty", done: false },
    { status: 202, text: /^$/, done: false },
  ],
];

const preferOf = ({ retryAfter, ...reply }: Reply) =>
  Object.entries({ ...reply, ...(retryAfter !== undefined && { retryAfter }) })
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
const cases = ways.flatMap(([way, send]) =>
  table.flatMap(([reply, expected]) =>
    (Object.keys(reply).length > 0 ? ["queued", "preferred"] : ["queued"]).map((how) => ({
      way,
      send,
      how,
      reply,
      expected,
      title: JSON.stringify(reply),
    })),
  ),
);

describe("a reply does what it says", async () => {
  const started = await startMock();
  afterAll(() => started.close());
  const mocks: Record<string, Mock> = { "through the port": started, "through mock.fetch": createMock() };

  it.each(cases)("$title, $how, $way", async ({ way, send, how, reply, expected }) => {
    const mock = mocks[way] as Mock;
    mock.reset();
    if (how === "queued") mock.respond("createManualBackup", reply);
    const controller = new AbortController();
    const call = send(mock, instancePath, {
      method: "POST",
      headers: { ...json, ...(how === "preferred" && { prefer: preferOf(reply) }) },
      body: JSON.stringify({ name: "nightly", description: "" }),
      signal: controller.signal,
    });
    // What never ends is given up.
    if (reply.fault === "hang") {
      await expect.poll(() => mock.requests[0]?.answer).toBe("hang");
      controller.abort();
    }
    if (expected.rejects === "call") {
      const error = await failing<Error & { cause?: { code?: string } }>(call);
      if (reply.fault === "hang") expect(error.name).toBe("AbortError");
      else
        expect([error.constructor, error.message, error.cause?.code]).toEqual([
          TypeError,
          "fetch failed",
          reply.status === 407 ? undefined : "ECONNRESET",
        ]);
    } else {
      const answer = await call;
      expect(answer.status).toBe(expected.status);
      expect(answer.headers.get("content-type")).toBe(expected.type ?? "application/json");
      expect(answer.headers.get("retry-after")).toBe(reply.retryAfter === undefined ? null : String(reply.retryAfter));
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      const text = answer.text();
      if (reply.fault === "drip") controller.abort();
      if (expected.rejects === "body")
        await expect(text).rejects.toThrow(reply.fault === "cut" ? "terminated" : /abort/);
      else expect(await text).toMatch(expected.text ?? /^/);
    }
    expect(mock.backups.some(({ name }) => name === "nightly")).toBe(expected.done);
    expect(mock.pending).toEqual([]);
  });
});

describe.each(["cut", "drip", "empty"] as const)("a body that nobody reads: %s", (fault) => {
  it.each(ways)("is in the record, and told, %s", async (_, send) => {
    const told: string[] = [];
    await using mock = await startMock({ backups: [], onRequest: ({ answer }) => told.push(answer) });
    mock.respond("createManualBackup", { fault });
    const init = { method: "POST", headers: json, body: '{"name":"nightly","description":""}' };
    const answer = await send(mock, instancePath, init);
    await expect.poll(() => told, { timeout: 20_000 }).toEqual([fault === "cut" ? "202 cut" : "202"]);
    // It is held until here: Node closes the connection of an answer that nobody holds or reads.
    expect(answer.bodyUsed).toBe(false);
  });
});

describe("a body that drips and has arrived whole is delivered, also where its caller leaves with the last byte", () => {
  const example = "DBS.280056";
  it("through the port", async () => {
    await using mock = await startMock();
    mock.respond("deleteManualBackup", { fault: "drip", example });
    const socket = dial(mock.url);
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
      if (text.endsWith("}")) socket.destroy();
    });
    socket.write(`DELETE ${backupPath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\n\r\n`);
    await once(socket, "close");
    await expect.poll(() => mock.requests[0]?.duration).toBeGreaterThan(0);
    expect(mock.requests).toMatchObject([{ answer: "403" }]);
  });
  it("through mock.fetch", async () => {
    const mock = createMock();
    mock.respond("deleteManualBackup", { fault: "drip", example });
    const reader = (await mock.fetch(mock.url + backupPath, { method: "DELETE", headers: token })).body?.getReader();
    let text = "";
    while (!text.endsWith("}")) text += new TextDecoder().decode((await reader?.read())?.value);
    await reader?.cancel();
    expect(mock.requests).toMatchObject([{ answer: "403" }]);
  });
});

it("mock.fetch takes http and https only, and a clone of its answer has the address, too", async () => {
  const mock = createMock();
  for (const url of ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/plain,x"]) {
    await expect(mock.fetch(url), url).rejects.toMatchObject({
      name: "TypeError",
      message: "fetch failed",
      cause: { message: "unknown scheme" },
    });
  }
  expect(mock.requests).toEqual([]);
  const answer = await mock.fetch(`${mock.url}/nowhere`);
  expect(answer.clone().clone().url).toBe(`${mock.url}/nowhere`);
});

it("mock.fetch has the reason phrase of a server, sends texts of a stream, and shows no fragment", async () => {
  const mock = createMock({ backups: [] });
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue('{"name":"nightly",');
      controller.enqueue('"description":""}');
      controller.close();
    },
  });
  const init = { method: "POST", headers: json, body, duplex: "half" } as RequestInit;
  const answer = await mock.fetch(`${mock.url}${instancePath}#part`, init);
  expect([answer.status, answer.statusText, answer.url]).toEqual([202, "Accepted", mock.url + instancePath]);
});

it.each(ways)("a status without a reason phrase, and spaces around Retry-After, look alike, %s", async (_, send) => {
  await using mock = await startMock();
  mock.respond("deleteManualBackup", { html: true, status: 599, retryAfter: " a " });
  const answer = await send(mock, backupPath, { method: "DELETE", headers: token });
  expect([answer.statusText, answer.headers.get("retry-after")]).toEqual(["unknown", "a"]);
});

it("chaos resets early, before a body is read that is wrong", async () => {
  await using mock = await startMock({ chaos: { share: 1, faults: ["reset-early"] } });
  const call = fetch(mock.url + instancePath, { method: "POST", headers: json, body: '{"name":"!","description":""}' });
  await expect(call).rejects.toThrow();
  expect(mock.requests).toMatchObject([{ answer: "reset", bodySize: 0 }]);
});

describe("both shells are alike", async () => {
  const started = await startMock();
  afterAll(() => started.close());
  it.each(
    ways.flatMap(([way, send]) =>
      [204, 205, 304].flatMap((status) => ["cut", "drip"].map((fault) => ({ way, send, status, fault }))),
    ),
  )("where the status $status has no body to $fault, $way", async ({ send, status, fault }) => {
    started.reset();
    started.respond("deleteManualBackup", { html: true, status, fault: fault as Fault });
    const answer = await send(started, backupPath, { method: "DELETE", headers: token });
    expect([answer.status, await answer.text()]).toEqual([status, ""]);
    await expect.poll(() => started.requests[0]?.answer).toBe(String(status));
  });
  it.each(ways)("where close() comes during a body, %s", async (_, send) => {
    const mock = await startMock();
    mock.respond("deleteManualBackup", { fault: "drip" });
    const answer = await send(mock, backupPath, { method: "DELETE", headers: token });
    const reading = failing<Error & { cause: { code: string } }>(answer.text());
    await mock.close();
    const error = await reading;
    expect([error.constructor, error.message, error.cause.code]).toEqual([TypeError, "terminated", "UND_ERR_SOCKET"]);
  });
});

describe("mock.fetch", () => {
  const init = { method: "DELETE", headers: token };
  it("streams a slow body as it comes", async () => {
    const mock = createMock();
    mock.respond("deleteManualBackup", { fault: "drip" });
    const answer = await mock.fetch(mock.url + backupPath, init);
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.value).toHaveLength(1);
    expect((await reader?.read())?.value).toHaveLength(1);
    await reader?.cancel();
    expect(mock.requests[0]?.answer).toBe("202 undelivered");
  });
  it("takes what fetch takes: a text, a URL, a Request", async () => {
    const mock = createMock();
    for (const input of [mock.url + backupPath, new URL(backupPath, mock.url)]) {
      mock.reset();
      expect((await mock.fetch(input, init)).status).toBe(202);
    }
    mock.reset();
    const answer = await mock.fetch(new Request(`https://elsewhere.example${backupPath}?x=%ZZ`, init));
    expect([answer.status, answer.url]).toEqual([202, `https://elsewhere.example${backupPath}?x=%ZZ`]);
  });
  it("honours a signal that was aborted before, during a wait and during a hang, with its own reason", async () => {
    const mock = createMock();
    const reason = new Error("my reason");
    await expect(mock.fetch(mock.url + backupPath, { ...init, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    mock.respond("deleteManualBackup", { delay: 60_000 }, { fault: "hang" });
    for (let round = 0; round < 2; round++) {
      const controller = new AbortController();
      const call = mock.fetch(mock.url + backupPath, { ...init, signal: controller.signal });
      await pause(20);
      controller.abort(reason);
      await expect(call).rejects.toBe(reason);
    }
  });
  it("has the end of a call in its record before the caller hears of it", async () => {
    const mock = createMock();
    const controller = new AbortController();
    const body = new ReadableStream({ pull: () => controller.abort() });
    const leaving = { method: "POST", headers: json, body, duplex: "half", signal: controller.signal };
    await failing(mock.fetch(mock.url + instancePath, leaving as RequestInit));
    expect(mock.requests.map(({ answer }) => answer)).toEqual(["unfinished"]);
    const broken = {
      ...leaving,
      body: new ReadableStream({ start: (controller) => controller.enqueue(7) }),
      signal: null,
    };
    await failing(mock.fetch(mock.url + instancePath, broken as RequestInit));
    expect(mock.requests.map(({ answer }) => answer)).toEqual(["unfinished", "unfinished"]);
  });
  it.each(ways)("ends what is under way with close(), and refuses afterwards, %s", async (way, send) => {
    await using mock = way === "through the port" ? await startMock() : createMock();
    const fail = () => failing<{ cause: { code: string; message: string } }>(send(mock, backupPath, init));
    mock.respond("deleteManualBackup", { fault: "hang", done: false }, { delay: 60_000 });
    const calls = [fail(), fail()];
    await expect.poll(() => mock.requests.map(({ answer }) => answer)).toEqual(["hang", "202"]);
    await mock.close();
    for (const { cause } of await Promise.all(calls)) {
      expect(cause).toMatchObject({ code: "UND_ERR_SOCKET", message: "other side closed" });
    }
    expect((await fail()).cause.code).toBe("ECONNREFUSED");
  });
  it.each<[string, string, (mock: Mock, end: AbortController) => void]>([
    ["a request for no operation whose caller leaves", "/nowhere", (_, end) => setTimeout(() => end.abort("mine"), 50)],
    ["a create whose caller leaves", instancePath, (_, end) => setTimeout(() => end.abort("mine"), 50)],
    [
      "a create that is reset before",
      instancePath,
      (mock) => mock.respond("createManualBackup", { fault: "reset-early" }),
    ],
  ])("cancels the body of %s", async (_, path, prepare) => {
    const mock = createMock();
    const end = new AbortController();
    prepare(mock, end);
    let cancelled = false;
    const body = new ReadableStream({
      cancel() {
        cancelled = true;
      },
    });
    const request = { method: "POST", headers: json, body, duplex: "half", signal: end.signal };
    await mock.fetch(mock.url + path, request as RequestInit).catch(() => {});
    await expect.poll(() => cancelled).toBe(true);
  });
  it("answers the question of a browser, which is no request of the record", async () => {
    const mock = createMock();
    const ask = (headers: HeadersInit) => mock.fetch(mock.url + backupPath, { method: "OPTIONS", headers });
    const answer = await ask({
      "access-control-request-method": "DELETE",
      "access-control-request-headers": "x-auth-token",
    });
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    expect(Object.fromEntries(answer.headers)).toEqual({
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "*",
      "access-control-allow-methods": "*",
      "access-control-allow-headers": "x-auth-token",
      "access-control-max-age": "600",
    });
    const plain = await ask({ "access-control-request-method": "DELETE" });
    expect(plain.headers.get("access-control-allow-headers")).toBe("*");
    expect(mock.requests).toEqual([]);
  });
  it("takes no other request for that question", async () => {
    const mock = createMock();
    const options = await mock.fetch(mock.url + backupPath, { method: "OPTIONS" });
    expect(options.status).toBe(404);
    const headers = { "x-auth-token": "a", "access-control-request-method": "DELETE" };
    const removal = await mock.fetch(mock.url + backupPath, { method: "DELETE", headers });
    expect(removal.status).toBe(202);
    expect(mock.requests).toMatchObject([{ method: "OPTIONS" }, { method: "DELETE" }]);
  });
});

describe("the server", () => {
  it("keeps a connection for a client that thinks for six seconds", async () => {
    await using mock = await startMock();
    const request = `DELETE ${backupPath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\n\r\n`;
    const socket = dial(mock.url);
    let text = "";
    socket.on("data", (chunk) => (text += chunk));
    let closed = false;
    socket.on("close", () => (closed = true));
    socket.write(request);
    await expect.poll(() => text).toContain("202 Accepted");
    await pause(6500);
    expect(closed).toBe(false);
    socket.write(request);
    await expect.poll(() => text).toContain("DBS.201214");
    socket.destroy();
  });
  it.each([
    ["an absolute target", `DELETE http://some.host${backupPath} HTTP/1.1\r\nhost: some.host\r\nx-auth-token: a`, 202],
    [
      "an absolute target of https",
      `DELETE https://some.host:443${backupPath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a`,
      202,
    ],
    ["an undecodable query", `DELETE ${backupPath}?a=%ZZ&%E0=%80 HTTP/1.1\r\nhost: x\r\nx-auth-token: a`, 202],
    ["an undecodable path", "DELETE /v3/p/backups/%E0%80 HTTP/1.1\r\nhost: x\r\nx-auth-token: a", 404],
    [
      "an expectation that nobody knows",
      `DELETE ${backupPath} HTTP/1.1\r\nhost: x\r\nexpect: x\r\nx-auth-token: a`,
      202,
    ],
  ])("answers %s", async (_, head, status) => {
    await using mock = await startMock({ har: join(folder, "targets.har") });
    expect(await sendBytes(mock.url, `${head}\r\nconnection: close\r\n\r\n`)).toMatch(
      new RegExp(`^HTTP/1.1 ${status}`),
    );
    expect(mock.requests).toHaveLength(1);
    expect(mock.requests[0]?.path).toMatch(/^\/v3\//);
  });
  it("refuses a body that is no UTF-8", async () => {
    await using mock = await startMock();
    const body = Buffer.concat([
      Buffer.from('{"name":"abcd","description":"'),
      Buffer.of(0xff, 0xc3),
      Buffer.from('"}'),
    ]);
    const answer = await fetch(mock.url + instancePath, { method: "POST", headers: json, body });
    expect([answer.status, (await answer.json()).error_code]).toEqual([400, "DBS.200001"]);
    expect(mock.requests[0]?.violations).toMatchObject([{ path: ["body"], message: "is not UTF-8" }]);
  });
  it("gives each answer a request id of its own, the documented one first, the same in header and body", async () => {
    await using mock = await startMock();
    const ids: (string | null)[] = [];
    for (const path of [backupPath, "/nowhere", "/nowhere", backupPath]) {
      const answer = await fetch(mock.url + path, { method: "DELETE", headers: token });
      const id = answer.headers.get("x-request-id");
      const { request_id = id } = await answer.json();
      expect(request_id).toBe(id);
      ids.push(id);
    }
    expect(ids[0]).toBe("7f3a1c5e9b2d4860a1f4c7e29d0b6358");
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe("mock.fetch is like that of Node", () => {
  const post = (body: BodyInit, url: string) =>
    new Request(url + instancePath, { method: "POST", headers: json, body, duplex: "half" } as RequestInit);
  it("where a Request is sent twice", async () => {
    const mock = createMock();
    const request = post('{"name":"nightly","description":""}', mock.url);
    expect((await mock.fetch(request)).status).toBe(202);
    await expect(mock.fetch(request)).rejects.toThrow(TypeError);
    expect(mock.requests).toHaveLength(1);
  });
  it("where the body of a request breaks off", async () => {
    const mock = createMock();
    const reason = new Error("planted");
    const body = new ReadableStream({
      pull(controller) {
        controller.error(reason);
      },
    });
    const error = await mock.fetch(post(body, mock.url)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "TypeError", message: "fetch failed", cause: reason });
    await expect.poll(() => mock.requests[0]?.answer).toBe("unfinished");
  });
  it("where a status has no body that could drip", async () => {
    const mock = createMock();
    mock.respond("deleteManualBackup", { html: true, status: 204, fault: "drip" });
    const answer = await mock.fetch(mock.url + backupPath, { method: "DELETE", headers: token });
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    await expect.poll(() => mock.requests[0]?.answer).toBe("204");
  });
});

it("a wait beyond what a timer takes does not end at once", async () => {
  const mock = createMock({ latency: 2 ** 31 - 1 });
  mock.respond("deleteManualBackup", { delay: 1000 });
  const init = { method: "DELETE", headers: token, signal: AbortSignal.timeout(200) };
  await expect(mock.fetch(mock.url + backupPath, init)).rejects.toThrow();
  expect(() => createMock({ latency: 2 ** 31 - 0.5 })).toThrow(/latency must be milliseconds/);
});

it.each(["createMock", "startMock"])("%s().close() waits for large bodies that it has begun to read", async (way) => {
  const told: string[] = [];
  const options = { backups: [], onRequest: ({ answer }: { answer: string }) => told.push(answer) };
  const mock = way === "createMock" ? createMock(options) : await startMock(options);
  const body = JSON.stringify({ name: "nightly", description: "" }) + " ".repeat(400_000);
  const calls = Array.from({ length: 4 }, () =>
    mock.fetch(mock.url + instancePath, { method: "POST", headers: json, body }),
  );
  for (const call of calls) call.catch(() => {});
  await pause(0);
  await mock.close();
  expect(mock.requests.map(({ answer }) => answer)).not.toContain("pending");
  expect(told).toHaveLength(4);
});
