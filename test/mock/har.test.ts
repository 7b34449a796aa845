import { execFileSync } from "node:child_process";
import fs, {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMock, type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { HarFile } from "../../src/mock/har.js";
import { Journal } from "../../src/mock/journal.js";
import { root, run } from "../support/project.js";
import { serveMock } from "../support/serve.js";
import { backupPath, create, instancePath, json, remove, sendBytes, token, ways } from "./calls.js";

const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-har-"));
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")).log.entries;

it("refuses a path that cannot be written, at the start, in one sentence", async () => {
  const har = join(folder, "no/such/folder/traffic.har");
  const message = /^the HTTP Archive .*traffic\.har cannot be written: ENOENT: no such file or directory$/;
  await expect(startMock({ har })).rejects.toThrow(message);
  expect(() => createMock({ har })).toThrow(message);
});

describe.skipIf(process.platform === "win32")(
  "refuses at the start what is neither a file nor a character device",
  () => {
    const message =
      /^the HTTP Archive .* cannot be written: it is neither a regular file nor a character device such as \/dev\/null$/;
    const refuse = async (har: string) => {
      expect(() => createMock({ har })).toThrow(message);
      await expect(startMock({ har })).rejects.toThrow(message);
    };
    it("such as a named pipe, which nobody reads, and which would hold up the whole process", async () => {
      const pipe = join(folder, "pipe");
      execFileSync("mkfifo", [pipe]);
      // In a process of its own, so that the test ends also where it is held up.
      const code = `import { createMock } from ${JSON.stringify(join(root, "dist/mock/index.js"))};
      try { createMock({ har: ${JSON.stringify(pipe)} }) } catch (error) { console.log(error.message) }`;
      const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code], { timeout: 20_000 });
      expect(stdout.trim()).toMatch(message);
    });
    it("also one that is read", async () => {
      const pipe = join(folder, "read-pipe");
      execFileSync("mkfifo", [pipe]);
      const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
      await refuse(pipe);
      closeSync(reader);
    });
    it("or a folder", () => refuse(folder));
    it("but takes a character device", async () => {
      const mock = createMock({ har: "/dev/null" });
      await mock.close();
    });
  },
);

describe("a file that exists", () => {
  const ours = '{"log":{"version":"1.2","creator":{"name":"geminidb-backup"';
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  it.each([
    ["a scenario", "createManualBackup: []\n"],
    ["a key", "-----BEGIN PRIVATE KEY-----\n"],
    ["a scenario that is short", "{}"],
    ["what only looks like an archive", ' {"log":{}}'],
    [
      "the archive of another program",
      '{"log":{"version":"1.2","creator":{"name":"WebInspector","version":"1"},"entries":[]}}',
    ],
  ])("is not emptied where it is %s", async (name, content) => {
    const har = file(name, content);
    const message = `the HTTP Archive ${har} cannot be written: it holds something else and would be emptied: remove it or name another file`;
    await expect(startMock({ har })).rejects.toThrow(new Error(message));
    expect(() => createMock({ har })).toThrow(new Error(message));
    expect(readFileSync(har, "utf8")).toBe(content);
  });
  it.each([
    ["empty", ""],
    ["an archive of another version", `${ours},"version":"0.9"},"entries":[]}}`],
    ["an archive that breaks off", `${ours},"version":"1.0.0"},"entries":[\n{"started`],
  ])("is written anew where it is %s", async (name, content) => {
    const har = file(name, content);
    await createMock({ har }).close();
    expect(read(har)).toEqual([]);
  });
});

it("is whole after every entry, also when the process is killed", async () => {
  const har = join(folder, "killed.har");
  const { url, child } = await serveMock("--har", har);
  expect(read(har)).toEqual([]);
  for (let index = 0; index < 5; index++) {
    await (await fetch(url + backupPath, { method: "DELETE", headers: { "x-auth-token": "any" } })).text();
  }
  await expect.poll(() => read(har).length).toBe(5);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  expect(read(har)).toHaveLength(5);
});

it("ends with close(): what is under way then is in it, as in the record, and nothing that comes later", async () => {
  const har = join(folder, "closed.har");
  const seen: string[] = [];
  const mock = createMock({ har, onRequest: ({ method }) => seen.push(method) });
  // Without a media type, which is no reason to leave it out.
  await mock.fetch(mock.url + instancePath, {
    method: "POST",
    headers: { "x-auth-token": "a" },
    body: new Uint8Array(3),
  });
  mock.respond("deleteManualBackup", { fault: "hang" });
  const init = { method: "DELETE", headers: { "x-auth-token": "a" } };
  const ended = expect(mock.fetch(mock.url + backupPath, init)).rejects.toThrow("fetch failed");
  await mock.close();
  await ended;
  await expect(mock.fetch(mock.url + backupPath, init)).rejects.toThrow("fetch failed");
  expect(read(har)).toMatchObject([
    { request: { method: "POST", postData: { mimeType: "" } } },
    { request: { method: "DELETE" }, response: { status: 0 } },
  ]);
  expect(seen).toEqual(["POST", "DELETE"]);
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["400", "hang"]);
});

it("has what was under way through the port as well", async () => {
  const har = join(folder, "port.har");
  const mock = await startMock({ har });
  mock.respond("deleteManualBackup", { fault: "hang" }, { delay: 60_000 });
  const sent = [remove(mock), remove(mock)].map((answer) => answer.catch(() => {}));
  await expect.poll(() => mock.requests.filter(({ answer }) => answer !== "pending").length).toBe(2);
  await mock.close();
  await Promise.all(sent);
  expect(read(har)).toMatchObject([{ response: { status: 0 } }, { response: { status: 0 } }]);
});

it("of a mock that still runs is left alone by one that cannot start", async () => {
  const har = join(folder, "shared.har");
  await using mock = await startMock({ har });
  await remove(mock);
  await expect(startMock({ har, port: Number(new URL(mock.url).port) })).rejects.toThrow(/is in use/);
  await remove(mock);
  expect(read(har)).toHaveLength(2);
});

it("is not made by a mock that cannot start", async () => {
  const har = join(folder, "never.har");
  await using mock = await startMock();
  await expect(startMock({ har, port: Number(new URL(mock.url).port) })).rejects.toThrow(/is in use/);
  expect(existsSync(har)).toBe(false);
});

it("stays complete where an entry could only be written in part, as on a disk that becomes full", async () => {
  const har = join(folder, "part.har");
  const mock = createMock({ har });
  await mock.fetch(`${mock.url}/v3/p/backups/b`, { method: "DELETE" });
  const { writeSync } = fs;
  const write = vi.spyOn(fs, "writeSync").mockImplementationOnce((...args: unknown[]) => {
    const [file, bytes, offset, , position] = args as [number, Buffer, number, number, number];
    writeSync(file, bytes, offset, 100, position);
    throw new Error("ENOSPC: no space left on device, write");
  });
  syncBuiltinESMExports();
  await mock.fetch(`${mock.url}/v3/p/backups/b`, { method: "DELETE" });
  write.mockRestore();
  syncBuiltinESMExports();
  await mock.close();
  expect(read(har)).toHaveLength(1);
});

/** The warnings of the process until the test ends. */
const warningsOfTest = () => {
  const warnings: string[] = [];
  const note = ({ message }: Error) => warnings.push(message);
  process.on("warning", note);
  onTestFinished(() => void process.off("warning", note));
  return warnings;
};
/** Lets a call of the file system fail. @returns a function that mends it */
const fail = (call: "writeSync" | "ftruncateSync" | "closeSync", reason = "EIO: i/o error") => {
  const spy = vi.spyOn(fs, call).mockImplementation(() => {
    throw new Error(`${reason}, ${call}`);
  });
  syncBuiltinESMExports();
  const mend = () => {
    spy.mockRestore();
    syncBuiltinESMExports();
  };
  onTestFinished(mend);
  return mend;
};

it("ends with one warning where the disk fails in every way, and its mock goes on", async () => {
  const har = join(folder, "broken-disk.har");
  const warnings = warningsOfTest();
  const mock = createMock({ har });
  const mends = [fail("writeSync"), fail("ftruncateSync"), fail("closeSync")];
  for (let turn = 0; turn < 2; turn++) {
    expect((await mock.fetch(mock.url + backupPath, { method: "DELETE", headers: token })).status).toBeGreaterThan(0);
  }
  await mock.close();
  for (const mend of mends) mend();
  // Another mock can have the file.
  await createMock({ har }).close();
  expect(warnings).toEqual([`the HTTP Archive ${har} cannot be written: EIO: i/o error`]);
});

it("that cannot be closed is a warning, and its mock closes", async () => {
  const har = join(folder, "not-closed.har");
  const warnings = warningsOfTest();
  const mock = createMock({ har });
  fail("closeSync");
  await mock.close();
  await expect.poll(() => warnings).toEqual([`the HTTP Archive ${har} cannot be written: EIO: i/o error`]);
});

it.skipIf(process.platform !== "linux")("on a full disk ends with one sentence, at the start or later", async () => {
  const message = /^the HTTP Archive \/dev\/full cannot be written: ENOSPC: no space left on device/;
  await expect(startMock({ har: "/dev/full" })).rejects.toThrow(message);
  expect(() => createMock({ har: "/dev/full" })).toThrow(message);
  const warnings = warningsOfTest();
  const file = new HarFile(join(folder, "full.har"), "1");
  file.begin();
  const mend = fail("writeSync", "ENOSPC: no space left on device");
  const archived = { url: "http://a", status: 202, headers: {}, size: 0, text: "", comment: undefined };
  file.add({
    ...archived,
    entry: new Journal().open({ operationId: undefined, method: "GET", path: "/", headers: {} }),
  });
  mend();
  await expect
    .poll(() => warnings)
    .toEqual([expect.stringMatching(/full\.har cannot be written: ENOSPC: no space left/)]);
  expect(read(join(folder, "full.har"))).toEqual([]);
});

it("has what left, with sizes in bytes", async () => {
  const har = join(folder, "sizes.har");
  await using mock = await startMock({ har });
  mock.respond("createManualBackup", { html: true }, { fault: "empty" }, { fault: "content-type" }, { fault: "reset" });
  const body = JSON.stringify({ name: "nightly", description: "備份" });
  for (let index = 0; index < 3; index++) {
    await (await create(mock, "", { body })).text();
    mock.reset();
    mock.respond(
      "createManualBackup",
      ...([{ fault: "empty" }, { fault: "content-type" }].slice(index) as [{ fault: "empty" }]),
    );
  }
  mock.reset();
  mock.respond("createManualBackup", { fault: "reset" });
  await create(mock, "", { body }).catch(() => {});
  await expect.poll(() => read(har).length).toBe(4);
  const [html, empty, type, reset] = read(har);
  expect(html).toMatchObject({
    comment: "broken on request: html",
    request: { bodySize: Buffer.byteLength(body), postData: { text: body } },
    response: { status: 502, content: { mimeType: "text/html", text: expect.stringMatching(/<h1>502/) } },
  });
  expect(html.response.content.size).toBe(Buffer.byteLength(html.response.content.text));
  expect(empty.response).toMatchObject({ status: 202, bodySize: 0, content: { size: 0, text: "" } });
  expect(type.response.content).toMatchObject({ mimeType: "text/plain", text: expect.stringMatching(/job_id/) });
  expect(reset).toMatchObject({ comment: "broken on request: reset", response: { status: 0 } });
});

describe.each(ways)("has of an answer what left, %s", (way, send) => {
  const har = join(folder, `left-${ways.findIndex(([name]) => name === way)}.har`);
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ har });
  });
  afterAll(() => mock.close());
  /** What the archive has of the one request that a call makes. */
  const recorded = async (call: () => Promise<unknown>) => {
    const before = read(har).length;
    await call();
    await expect.poll(() => read(har).length).toBe(before + 1);
    return read(har).at(-1).response;
  };
  const init = { method: "DELETE", headers: token };

  it("half of a body that is cut", async () => {
    mock.respond("deleteManualBackup", { fault: "cut", done: false });
    let half = 0;
    const response = await recorded(async () => {
      const answer = await send(mock, backupPath, init);
      half = Math.ceil(Number(answer.headers.get("content-length")) / 2);
      await expect(answer.text()).rejects.toThrow("terminated");
    });
    expect(response).toMatchObject({ status: 202, bodySize: half, content: { size: half } });
    expect(response.content.text).toMatch(/^\{"job_id":"[0-9a-f-]+$/);
    expect(response.content.text).toHaveLength(half);
  });
  it("the bytes of a body that drips until its caller leaves", async () => {
    mock.respond("deleteManualBackup", { fault: "drip", done: false });
    let received = "";
    const response = await recorded(async () => {
      const reader = (await send(mock, backupPath, init)).body?.getReader();
      for (let byte = 0; byte < 3; byte++) received += new TextDecoder().decode((await reader?.read())?.value);
      await reader?.cancel();
    });
    expect(response.status).toBe(202);
    // More may have left than was read.
    expect(response.content).toMatchObject({ size: response.bodySize, text: expect.stringContaining(received) });
    expect('{"job_id":"'.slice(0, response.bodySize)).toBe(response.content.text);
  });
  it("nothing of what its caller did not wait for", async () => {
    mock.respond("deleteManualBackup", { delay: 60_000, done: false });
    const controller = new AbortController();
    const response = await recorded(async () => {
      const before = mock.requests.length;
      const call = send(mock, backupPath, { ...init, signal: controller.signal });
      await expect.poll(() => mock.requests.length).toBe(before + 1);
      controller.abort();
      await expect(call).rejects.toThrow();
    });
    expect(response).toMatchObject({ status: 0, headers: [], bodySize: 0, content: { size: 0, text: "" } });
  });
  it("no body of an answer to HEAD", async () => {
    const response = await recorded(async () => {
      const answer = await send(mock, "/v3", { method: "HEAD" });
      expect([answer.status, await answer.text()]).toEqual([404, ""]);
    });
    expect(response).toMatchObject({ status: 404, bodySize: 0, content: { size: 0, text: "" } });
    expect(mock.requests.at(-1)?.answerBody).toBeUndefined();
  });
});

it("has what was no HTTP, and the addresses of requests that have no path", async () => {
  const har = join(folder, "malformed.har");
  await using mock = await startMock({ har });
  await sendBytes(mock.url, "GET /x?a=1 HTTP/9.9\r\n\r\n");
  await sendBytes(mock.url, "OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  await sendBytes(mock.url, "CONNECT a.example:443 HTTP/1.1\r\nhost: a.example\r\n\r\n");
  await expect.poll(() => read(har).length).toBe(3);
  expect(read(har)).toMatchObject([
    { request: { method: "GET", url: `${mock.url}/x?a=1` }, response: { status: 400, bodySize: 0 } },
    { request: { method: "OPTIONS", url: mock.url }, response: { status: 404 } },
    { request: { method: "CONNECT", url: mock.url }, response: { status: 405, bodySize: 0 } },
  ]);
});

it("is of one mock only: a file that another has open is refused, until that one is closed", async () => {
  const har = join(folder, "one.har");
  symlinkSync(har, join(folder, "other-name.har"));
  const mock = createMock({ har });
  const again = () => createMock({ har: join(folder, "other-name.har") });
  expect(again).toThrow(
    /^the HTTP Archive .*other-name\.har cannot be written: another mock of this process writes to it\. Give each mock a file of its own$/,
  );
  await expect(startMock({ har })).rejects.toThrow(/another mock of this process writes to it/);
  await mock.fetch(mock.url + backupPath, { method: "DELETE", headers: token });
  expect(read(har)).toHaveLength(1);
  await mock.close();
  await again().close();
});

it("has all that the format asks for of an exchange", () => {
  const path = join(folder, "format.har");
  const file = new HarFile(path, "1.2.3");
  file.begin();
  const headers = { "content-type": "application/json", accept: "*/*" };
  const entry = new Journal().open({ operationId: "createManualBackup", method: "POST", path: "/v3", headers });
  Object.assign(entry, { bodyText: '{"a":"é"}', bodySize: 10, duration: 12 });
  const answered = { status: 202, headers: { "content-type": "text/plain", "x-request-id": "1" }, size: 2, text: "{}" };
  file.add({ entry, url: "http://127.0.0.1/v3?a=b%20c&d=", ...answered, comment: undefined });
  const bare = { ...answered, headers: {}, size: 0, text: "", comment: "cut" };
  file.add({ entry: new Journal().open({ ...entry, headers: {} }), url: "http://127.0.0.1/v3?", ...bare });
  file.add({ entry: new Journal().open({ ...entry, headers: {} }), url: "http://127.0.0.1/v3", ...bare });
  file.close();
  // Closed for good: a second time is no fault, and nothing is added.
  file.close();
  file.add({ entry, url: "http://127.0.0.1/v3", ...bare });

  const { log } = JSON.parse(readFileSync(path, "utf8"));
  expect(log).toMatchObject({ version: "1.2", creator: { name: "geminidb-backup", version: "1.2.3" } });
  expect(log.entries).toHaveLength(3);
  const [first, ...others] = log.entries;
  expect(first).toEqual({
    startedDateTime: entry.arrived.toISOString(),
    time: 12,
    request: {
      method: "POST",
      url: "http://127.0.0.1/v3?a=b%20c&d=",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: [
        { name: "content-type", value: "application/json" },
        { name: "accept", value: "*/*" },
      ],
      queryString: [
        { name: "a", value: "b c" },
        { name: "d", value: "" },
      ],
      postData: { mimeType: "application/json", text: '{"a":"é"}' },
      headersSize: -1,
      bodySize: 10,
    },
    response: {
      status: 202,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: [
        { name: "content-type", value: "text/plain" },
        { name: "x-request-id", value: "1" },
      ],
      content: { size: 2, mimeType: "text/plain", text: "{}" },
      redirectURL: "",
      headersSize: -1,
      bodySize: 2,
    },
    cache: {},
    timings: { send: 0, wait: 12, receive: 0 },
  });
  for (const other of others) {
    expect(other).toMatchObject({
      comment: "cut",
      request: { queryString: [] },
      response: { content: { mimeType: "" } },
    });
    expect(other.request).not.toHaveProperty("postData");
  }
});

it("is written on where the system takes a part of it at a time", () => {
  const path = join(folder, "parts.har");
  const file = new HarFile(path, "1");
  const whole = fs.writeSync as (file: number, bytes: Uint8Array, from: number, size: number, at: number) => number;
  const write = vi
    .spyOn(fs, "writeSync")
    .mockImplementation(((...[to, bytes, from, size, at]: Parameters<typeof whole>) =>
      whole(to, bytes, from, Math.min(size, 7), at)) as never);
  syncBuiltinESMExports();
  file.begin();
  const entry = new Journal().open({ operationId: undefined, method: "GET", path: "/", headers: {} });
  file.add({ entry, url: "http://a", status: 202, headers: {}, size: 0, text: "", comment: undefined });
  write.mockRestore();
  syncBuiltinESMExports();
  file.close();
  expect(read(path)).toHaveLength(1);
});

it("redacts credentials wherever they repeat, and every header that names one", async () => {
  const har = join(folder, "secrets.har");
  const secret = "planted+secret/0123456789=";
  await using mock = await startMock({ har });
  for (const name of ["x-auth-token", "x-secret", "my-password", "api-key", "x-signature", "cookie", "authorization"]) {
    const description = `${secret} ${encodeURIComponent(secret)}`;
    await fetch(`${mock.url}${instancePath}?again=${encodeURIComponent(secret)}`, {
      method: "POST",
      headers: { ...json, [name]: secret, "x-other": `it is ${secret}` },
      body: JSON.stringify({ name: secret, description, [secret]: secret }),
    });
    await fetch(`${mock.url}/v3/p/backups/${encodeURIComponent(secret)}`, {
      method: "DELETE",
      headers: { [name]: secret },
    });
  }
  const signed =
    "SDK-HMAC-SHA256 Access=PLANTEDACCESSKEY01, SignedHeaders=host;x-sdk-date, Signature=0123456789abcdef0123";
  const headers = {
    authorization: signed,
    "x-sdk-date": "20260101T000000Z",
    "x-other": "PLANTEDACCESSKEY01 0123456789abcdef0123",
  };
  await fetch(mock.url + backupPath, { method: "DELETE", headers });
  await expect.poll(() => read(har).length).toBe(15);
  const texts = [readFileSync(har, "utf8"), JSON.stringify(mock.requests)];
  for (const text of texts) {
    for (const never of [secret, encodeURIComponent(secret), "PLANTEDACCESSKEY01", "0123456789abcdef0123"]) {
      expect(text).not.toContain(never);
    }
  }
});

it("leaves what is no secret as it is, although a test's token is a common word", async () => {
  await using mock = await startMock();
  await remove(mock, {}, "/v3/any/backups/any");
  await create(mock, "any-backup");
  expect(mock.requests).toMatchObject([
    { path: "/v3/any/backups/any", headers: { "x-auth-token": "[redacted]" } },
    { body: { name: "any-backup" } },
  ]);
});
