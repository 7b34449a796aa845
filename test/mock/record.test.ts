import { inspect } from "node:util";
import { createMock, type Mock, type RecordedRequest, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { wholeAnswer } from "../../src/mock/outcome.js";
import { Recorder } from "../../src/mock/recorder.js";
import { pause } from "../support/pause.js";
import { backupPath, create, dial, instancePath, json, remove, sendBytes, token, ways } from "./calls.js";

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

it("has a wide body parsed, and a deep one as its text, of objects and of lists", async () => {
  const wide = [...Array.from({ length: 600 }, () => ({})), ...Array.from({ length: 600 }, () => [])];
  const deepObject = `${'{"a":'.repeat(600)}1${"}".repeat(600)}`;
  const deepList = `${"[".repeat(600)}1${"]".repeat(600)}`;
  const flat = { description: `a quote " and ${"[".repeat(600)}` };
  for (const body of [JSON.stringify(wide), deepObject, deepList, JSON.stringify(flat)])
    await create(mock, "", { body });
  expect(mock.requests.map(({ body }) => body)).toEqual([wide, deepObject, deepList, flat]);
});

it.each([
  ["a number", "7".repeat(70_000)],
  ["an object before many spaces", `{"a":1}${" ".repeat(70_000)}`],
])("has of a body of more than 65,536 characters its beginning as text, also of %s", async (_, body) => {
  await create(mock, "", { body });
  expect(mock.requests[0]?.body).toBe(body.slice(0, 2 ** 16));
  const recorder = new Recorder({}, () => mock.url);
  const answered = { outcome: wholeAnswer(200, {}, body), delay: 0, code: undefined, comment: undefined };
  recorder.open({ method: "GET", headers: {} }, "/", undefined).decided(answered);
  expect(recorder.requests[0]?.answerBody).toBe(body.slice(0, 2 ** 16));
});

it("has a body of 65,536 characters parsed, also where its redacted form is longer", async () => {
  const secret = "tokenabc";
  const filler = "x".repeat(2 ** 16 - JSON.stringify({ a: secret, b: "" }).length);
  await create(mock, "", {
    headers: { ...json, "x-auth-token": secret },
    body: JSON.stringify({ a: secret, b: filler }),
  });
  expect(mock.requests[0]?.body).toEqual({ a: "[redacted]", b: filler });
});

it("says where it is that the mock cannot answer a request", async () => {
  await remove(mock, { headers: { prefer: "exampel=x" } });
  expect(mock.requests[0]?.violations).toMatchObject([{ path: ["request"] }]);
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
  mock.respond("deleteManualBackup", { example: "DBS.200019", delay: 60_000 }, { fault: "hang" });
  for (const arrived of [1, 2]) {
    const controller = new AbortController();
    const call = remove(mock, { signal: controller.signal });
    await expect.poll(() => mock.requests.length).toBe(arrived);
    controller.abort();
    await expect(call).rejects.toThrow();
  }
  await expect.poll(() => seen.length).toBe(2);
  expect(mock.requests).toMatchObject([{ answer: "403 undelivered", code: "DBS.200019" }, { answer: "hang" }]);
});

describe.each(ways)("%s", (_, send) => {
  it("has a reset whose caller had gone before as one that did not happen", async () => {
    mock.respond("deleteManualBackup", { fault: "reset", delay: 60_000 });
    const controller = new AbortController();
    const call = send(mock, backupPath, { method: "DELETE", headers: token, signal: controller.signal });
    await expect.poll(() => mock.requests.map(({ answer }) => answer)).toEqual(["reset"]);
    controller.abort();
    await expect(call).rejects.toThrow();
    await expect.poll(() => seen.map(({ answer }) => answer)).toEqual(["reset undelivered"]);
  });
  it("has no error code of an answer without a body", async () => {
    mock.respond("deleteManualBackup", { fault: "empty", example: "DBS.200019" });
    const answer = await send(mock, backupPath, { method: "DELETE", headers: token });
    expect([answer.status, await answer.text()]).toEqual([403, ""]);
    await send(mock, "/nowhere", { method: "HEAD" });
    expect(mock.requests).toMatchObject([
      { answer: "403", code: undefined, answerBody: undefined },
      { answer: "404", code: undefined, answerBody: undefined },
    ]);
  });
  it.each<[string, number, string, Record<string, string>]>([
    ["for no operation", 404, instancePath.replace("instances", "instance"), {}],
    ["with a preference that is a slip", 500, instancePath, { prefer: "exampel=x" }],
  ])("has the body of a request %s", async (_, status, path, more) => {
    const headers = { ...json, "x-auth-token": "not-to-be-shown", ...more };
    const given = { name: "nightly", description: "for not-to-be-shown" };
    const body = JSON.stringify(given);
    expect((await send(mock, path, { method: "POST", headers, body })).status).toBe(status);
    const large = { method: "POST", headers, body: " ".repeat(13 * 2 ** 20) };
    expect((await send(mock, path, large)).status).toBe(status);
    expect(mock.requests).toMatchObject([
      { body: { ...given, description: "for [redacted]" }, bodySize: body.length },
      { body: undefined, bodySize: expect.toSatisfy((size: number) => size > 12 * 2 ** 20) },
    ]);
  });
  it("has at least the size of a body over the limit", async () => {
    const body = " ".repeat(13 * 2 ** 20);
    const answer = await send(mock, backupPath, { method: "DELETE", headers: token, body });
    expect(answer.status).toBe(413);
    expect(mock.requests[0]?.bodySize).toBeGreaterThan(12 * 2 ** 20);
    expect(mock.requests[0]?.bodySize).toBeLessThanOrEqual(body.length);
  });
});

it("has a reset behind an answer for which the caller did not wait as one that did not happen", async () => {
  mock.respond("deleteManualBackup", { delay: 60_000 }, { fault: "reset" });
  const socket = dial(mock.url);
  const request = `DELETE ${backupPath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\n\r\n`;
  socket.write(request + request);
  await expect.poll(() => mock.requests.map(({ answer }) => answer)).toEqual(["202", "reset"]);
  socket.destroy();
  await expect.poll(() => seen.map(({ answer }) => answer).sort()).toEqual(["202 undelivered", "reset undelivered"]);
});

it("has requests whose body never ended, and resets", async () => {
  const socket = dial(mock.url);
  socket.write(`POST ${instancePath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\ncontent-length: 100\r\n\r\n{`);
  await expect.poll(() => mock.requests.length).toBe(1);
  socket.destroy();
  await expect.poll(() => mock.requests[0]?.answer).toBe("unfinished");
  mock.respond("deleteManualBackup", { fault: "reset" }, { fault: "reset-early" });
  await expect(remove(mock)).rejects.toThrow();
  await expect(remove(mock)).rejects.toThrow();
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["unfinished", "reset", "reset"]);
});

it("has the mock's own errors, and what is not HTTP", async () => {
  await remove(mock, { headers: { prefer: "example=DBS.000000" } });
  expect(await sendBytes(mock.url, "GARBAGE \u0001\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
  await expect.poll(() => mock.requests.length).toBe(2);
  expect(mock.requests).toMatchObject([
    { operationId: "deleteManualBackup", answer: "500", answerBody: { detail: expect.stringMatching(/no example/) } },
    { operationId: undefined, answer: "400", violations: [{ path: ["request"] }] },
  ]);
});

it("tells the number of violations in a header that would be too long with all of them", async () => {
  const unknown = Array.from({ length: 15 }, (_, index) => [`${"é".repeat(60)}${index}`, 1]);
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
  await pause(20);
  expect(mock.requests).toEqual([]);
  expect(mock.pending).toEqual([]);
  expect((await remove(mock)).status).toBe(202);
  expect(mock.requests).toHaveLength(1);
});

it("lets a body that was under way during a reset() change nothing after it", async () => {
  const text = '{"name":"nightly","description":""}';
  const head = `POST ${instancePath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n`;
  const socket = dial(mock.url);
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
  expect(inspect(entry)).toContain("body: { name: 'nightly', description: '' }");
});

describe("what is not HTTP", () => {
  const planted = "PLANTED-TOKEN-0123456789";
  /** Everything that tells of the requests. */
  const told = () => {
    let message = "";
    try {
      mock.verify();
    } catch (error) {
      message = String(error);
    }
    return JSON.stringify([mock.requests, seen]) + message;
  };
  it("shows no credential of a header that came in a packet of its own", async () => {
    const socket = dial(mock.url);
    socket.write("DELETE /v3/p/backups/b HTTP/1.1\r\nhost: x\r\n");
    await pause(60);
    socket.write(`x-auth-token: ${planted}\x01\r\n\r\n`);
    await expect.poll(() => mock.requests.length).toBe(1);
    expect(mock.requests[0]).toMatchObject({ method: "", path: "", answer: "400" });
    expect(told()).not.toContain(planted);
    socket.destroy();
  });
  it("shows its method and path, without credentials in the query", async () => {
    await sendBytes(mock.url, `GET /x?token=${planted}&a=1 HTTP/9.9\r\n\r\n`);
    expect(mock.requests).toMatchObject([{ method: "GET", path: "/x?token=[redacted]&a=1", answer: "400" }]);
    expect(told()).not.toContain(planted);
  });
  it("is recorded once, however much of it comes", async () => {
    const headers = `x-auth-token: ${planted.repeat(8000)}`;
    await sendBytes(mock.url, `GET /x HTTP/1.1\r\n${headers}\r\n\r\n`);
    await pause(50);
    expect(mock.requests.map(({ answer }) => answer)).toEqual(["431"]);
    expect(told()).not.toContain(planted);
  });
  const head = `POST ${instancePath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\ncontent-type: application/json\r\n`;
  const body = '{"name":"nightly","description":""}';
  const answers = () => mock.requests.map(({ answer }) => answer);

  it("is not the end of a request that is in the record already, also behind a whole one", async () => {
    const chunked = `${head}transfer-encoding: chunked\r\n\r\n2\r\n{ \r\nGARBAGE\r\n`;
    const whole = `${head}content-length: ${body.length}\r\n\r\n${body}`;
    await sendBytes(mock.url, whole + chunked);
    await expect.poll(answers).toEqual(["202", "400"]);
    await sendBytes(mock.url, chunked);
    await expect.poll(answers).toEqual(["202", "400", "400"]);
  });
  it("is recorded behind a request that was refused before its body had arrived", async () => {
    const socket = dial(mock.url);
    let text = "";
    socket.on("data", (chunk) => (text += chunk));
    const size = 12 * 2 ** 20 + 1;
    socket.write(`${head}content-length: ${size}\r\n\r\n`);
    await expect.poll(() => text).toContain("413");
    socket.write(Buffer.alloc(size, 32));
    socket.write("GARBAGE\r\n\r\n");
    await expect.poll(() => text).toContain("400 Bad Request");
    await expect.poll(answers).toEqual(["413", "400"]);
    socket.destroy();
  });
  it("is a request of HTTP/1.1 without a Host, which is answered 400, and one of HTTP/1.0 is not", async () => {
    const request = `DELETE ${backupPath} HTTP/1.1\r\nx-auth-token: a\r\n\r\n`;
    expect(await sendBytes(mock.url, request)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(mock.requests).toMatchObject([
      { method: "DELETE", path: backupPath, answer: "400", violations: [{ message: "the header Host is missing" }] },
    ]);
    expect(await sendBytes(mock.url, request.replace("1.1", "1.0"))).toMatch(/^HTTP\/1\.1 202/);
  });
  it("is not a connection that breaks, with or without a request under way", async () => {
    for (const text of ["", `${head}content-length: 35\r\n\r\n{"name":"nightly","description":""}`]) {
      mock.respond("createManualBackup", { delay: 60_000 });
      const socket = dial(mock.url);
      await new Promise((resolve) => socket.write(`${text} `.trimEnd(), resolve));
      await pause(50);
      socket.resetAndDestroy();
      await pause(50);
    }
    expect(answers()).toEqual(["202 undelivered"]);
  });
  it("is a CONNECT, too: the mock is not a proxy", async () => {
    const answer = await sendBytes(mock.url, "CONNECT a.example:443 HTTP/1.1\r\nhost: a.example\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
    expect(mock.requests).toMatchObject([{ method: "CONNECT", path: "a.example:443", answer: "405" }]);
    await sendBytes(mock.url, "CONNECT u:planted-password@a.example:443 HTTP/1.1\r\nhost: a.example\r\n\r\n");
    await sendBytes(mock.url, "GET http://u:planted-password@a.example/x HTTP/1.1\r\n\r\n");
    expect(mock.requests.map(({ path }) => path)).toEqual(["a.example:443", "a.example:443", "/x"]);
  });
});

it("has an answer that drips to a caller who leaves as one that did not arrive", async () => {
  mock.respond("deleteManualBackup", { fault: "drip" });
  const reading = remove(mock, { signal: AbortSignal.timeout(200) }).then((answer) => answer.text());
  await expect(reading).rejects.toThrow();
  await expect.poll(() => seen.length).toBe(1);
  expect(seen[0]?.answer).toBe("202 undelivered");
});

it("is a copy, which later requests do not change", async () => {
  const before = mock.requests;
  await remove(mock);
  expect([before.length, mock.requests.length]).toEqual([0, 1]);
});

it("lets the oldest go, but not that they were wrong", async () => {
  const small = createMock();
  const wrong = () => small.fetch(`${small.url}/nowhere`);
  for (let count = 0; count < 25; count++) await wrong();
  const good = { method: "DELETE", headers: { "x-auth-token": "any" } };
  for (let count = 0; count < 1000; count++) await small.fetch(small.url + backupPath, { ...good });
  expect(small.requests.every(({ operationId }) => operationId === "deleteManualBackup")).toBe(true);
  expect(() => small.verify()).toThrow(
    /- unexpected request GET \/nowhere, answered 404: there is no such operation\n[\s\S]*- and 5 more$/,
  );
  expect(String(failure(() => small.verify())).match(/unexpected request/g)).toHaveLength(20);
  small.reset();
  small.verify();
});

it("remembers a wrong request that was let go before it was known to be wrong", async () => {
  const small = createMock();
  let send = (_: Uint8Array) => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      send = (bytes) => {
        controller.enqueue(bytes);
        controller.close();
      };
    },
  });
  const init = { method: "POST", headers: json, body, duplex: "half" } as RequestInit;
  const slow = small.fetch(small.url + instancePath, init);
  const good = { method: "DELETE", headers: { "x-auth-token": "any" } };
  for (let count = 0; count < 1000; count++) await small.fetch(small.url + backupPath, good);
  small.verify();
  send(Buffer.from("{}"));
  expect((await slow).status).toBe(400);
  expect(() => small.verify()).toThrow(/- unexpected request POST \/v3\/.*answered 400: .*name/);
});

it("forgets what was under way during a reset(), however it ends", async () => {
  const small = createMock();
  const controller = new AbortController();
  const body = new ReadableStream({ pull: () => new Promise(() => {}) });
  const init = { method: "POST", headers: json, body, duplex: "half", signal: controller.signal } as RequestInit;
  const slow = small.fetch(small.url, init);
  small.reset();
  controller.abort();
  await slow.catch(() => {});
  await pause(20);
  small.verify();
});

function failure(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("it should have failed");
}

describe("secrets", () => {
  const secret = "planted-0123456789-planted-0123456789-ab";
  it("at the end of a message that is cut leave no beginning behind", async () => {
    const body = JSON.stringify({ name: "nightly", description: "", ["x".repeat(430) + secret]: 1 });
    const answer = await create(mock, "", { headers: { ...json, "x-auth-token": secret }, body });
    expect(answer.headers.get("sl-violations")).toContain("x".repeat(430));
    for (const text of [JSON.stringify(mock.requests), String(answer.headers.get("sl-violations"))]) {
      expect(text).not.toContain(secret.slice(0, 10));
    }
  });
  it("in base64 are found elsewhere, too", async () => {
    const encoded = Buffer.from("planted:secret12").toString("base64");
    expect(encoded).toMatch(/==$/);
    await remove(mock, { headers: { authorization: `Basic ${encoded}`, "x-other": `was ${encoded}` } });
    expect(mock.requests[0]?.headers).toMatchObject({ authorization: "[redacted]", "x-other": "was [redacted]" });
  });
  it("of a query are redacted whatever their length", async () => {
    await remove(mock, {}, `${backupPath}?X-Auth-Token=s3cret7&%61pi_key=k&name=v&flag&%=1`);
    expect(mock.requests[0]?.path).toBe(`${backupPath}?X-Auth-Token=[redacted]&%61pi_key=[redacted]&name=v&flag&%=1`);
  });
  it("are not the names of the headers that are signed", async () => {
    const authorization =
      "SDK-HMAC-SHA256 Access=planted-access, SignedHeaders=content-type;x-project-id;x-sdk-date, Signature=0123456789abcdef";
    const headers = { authorization, "x-sdk-date": "20260101T000000Z", "x-other": "x-project-id planted-access" };
    await remove(mock, { headers });
    expect(mock.requests[0]?.headers["x-other"]).toBe("x-project-id [redacted]");
  });
  it("are so few that thousands of words in a cookie hold nobody up", async () => {
    const words = Array.from({ length: 3600 }, (_, index) => String(10_000_000 + index)).join("; ");
    const tables = Array.from({ length: 8000 }, (_, index) => `%t${index}`);
    const body = JSON.stringify({
      name: "nightly",
      description: "",
      database_tables: [{ database_name: "d", table_names: tables }],
    });
    const began = performance.now();
    await create(mock, "", { headers: { ...json, cookie: words }, body });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(mock.requests[0]?.headers.cookie).toBe("[redacted]");
  });
});

it("has the error code that was answered, and none where a fault or a page stands in its place", async () => {
  const example = "DBS.200019";
  mock.respond("deleteManualBackup", { example }, { example, fault: "reset" }, { example, html: true });
  await remove(mock);
  await expect(remove(mock)).rejects.toThrow();
  await remove(mock);
  expect(mock.requests.map(({ answer, code }) => [answer, code])).toEqual([
    ["403", example],
    ["reset", undefined],
    ["403", undefined],
  ]);
});

it("has how an answer ended, and how long it took", async () => {
  mock.respond("deleteManualBackup", { fault: "cut", done: false }, { delay: 100 });
  await expect((await remove(mock)).text()).rejects.toThrow("terminated");
  const began = Date.now();
  expect((await remove(mock)).headers.get("sl-violations")).toBeNull();
  const elapsed = Date.now() - began;
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["202 cut", "202"]);
  const duration = mock.requests[1]?.duration ?? Number.NaN;
  // A timer may fire a moment before its time.
  expect(duration).toBeGreaterThan(95);
  expect(duration).toBeLessThanOrEqual(elapsed + 1);
});
