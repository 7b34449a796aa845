import { gzipSync } from "node:zlib";
import { ApiError, createClient, GeminiDBError, UnexpectedResponseError } from "geminidb-backup";
import { describe, expect, it } from "vitest";
import { backup } from "../support/calls.js";
import { failing, listen, listenRaw } from "../support/http.js";

const client = (baseUrl: string, options = {}) =>
  createClient({ baseUrl, project_id: "p", auth: "a-token-0123456789", retries: 0, timeout: 3000, ...options });

it("reads a character that arrives in two pieces", async () => {
  const bytes = Buffer.from('{"job_id":"jób"}');
  const middle = bytes.indexOf("ó") + 1;
  const fetch = async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.subarray(0, middle));
        controller.enqueue(bytes.subarray(middle));
        controller.close();
      },
    });
    return new Response(body, { status: 202, headers: { "content-type": "application/json" } });
  };
  expect(await client("http://127.0.0.1", { fetch }).deleteManualBackup({ backup_id: "b" })).toEqual({ job_id: "jób" });
});

it("reads bytes that are no UTF-8 as fetch does: a backup that was made is not lost for a character", async () => {
  const head = "HTTP/1.1 202 Accepted\r\ncontent-length: 14\r\n\r\n";
  await using server = await listenRaw(head, '{"job_id":"', new Uint8Array([0xff]), '"}');
  expect(await client(server.url).deleteManualBackup({ backup_id: "b" })).toEqual({ job_id: "\ufffd" });
});

it("an error body of 250,000 wrong bytes holds up the process no longer than one of letters, within a factor", async () => {
  const cost = async (body: string) => {
    const fetch = async () => new Response(body, { status: 400 });
    const began = performance.now();
    await failing(client("https://service.test", { fetch }).deleteManualBackup({ backup_id: "b" }));
    return performance.now() - began;
  };
  const [letters, wrong] = ["%41 ", "%ff "].map((text) => text.repeat(2 ** 18));
  await cost(letters ?? "");
  const usual = await cost(letters ?? "");
  expect(await cost(wrong ?? "")).toBeLessThan(10 * usual + 50);
});

describe("an endless or huge answer is cut", () => {
  it.each([202, 500])("of a gigabyte, status %i", async (status) => {
    let sent = 0;
    await using server = await listen((_, response) => {
      response.writeHead(status, { "content-type": "application/json" });
      const chunk = Buffer.alloc(65_536, 32);
      const more = () => {
        while (sent < 2 ** 30 && !response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    });
    const error = await failing(client(server.url).deleteManualBackup({ backup_id: "b" }));
    if (status === 202) expect(error.message).toMatch(/longer than 1048576 bytes \(maxResponseBytes\)/);
    expect(error.name).toBe(status === 202 ? "UnexpectedResponseError" : "ApiError");
    expect(error).toMatchObject({ status });
    expect(sent).toBeLessThan(2 ** 26);
  });
  it("that says so beforehand, and that unpacks to far more than was sent", async () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 26));
    await using server = await listen((request, response) =>
      request.url.endsWith("bomb")
        ? response.writeHead(202, { "content-encoding": "gzip", "content-length": bomb.length }).end(bomb)
        : response.writeHead(202, { "content-length": 2 ** 30 }).write("x".repeat(2 ** 21)),
    );
    for (const backup_id of ["bomb", "long"])
      await expect(client(server.url).deleteManualBackup({ backup_id })).rejects.toThrow(/maxResponseBytes/);
  });
  it("at the limit that the caller sets, and not before", async () => {
    const body = JSON.stringify({ job_id: "j".repeat(100) });
    await using server = await listen((_, response) =>
      response.writeHead(202, { "content-type": "application/json" }).end(body),
    );
    await expect(
      client(server.url, { maxResponseBytes: body.length }).deleteManualBackup({ backup_id: "b" }),
    ).resolves.toBeDefined();
    await expect(
      client(server.url, { maxResponseBytes: body.length - 1 }).deleteManualBackup({ backup_id: "b" }),
    ).rejects.toSatisfy(UnexpectedResponseError.is);
    await expect(
      client(server.url, { maxResponseBytes: 10 }).raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
        params: { path: { project_id: "p", backup_id: "b" } },
      }),
    ).rejects.toSatisfy(UnexpectedResponseError.is);
  });
});

describe("broken HTTP is one of our errors, never another", () => {
  it.each<[string, string[]]>([
    ["a length that is too long", ['HTTP/1.1 202 OK\r\ncontent-length: 500\r\n\r\n{"job_id":"j"}']],
    ["two lengths", ['HTTP/1.1 202 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n{"job']],
    ["a chunk that is cut", ['HTTP/1.1 202 OK\r\ntransfer-encoding: chunked\r\n\r\n20\r\n{"job']],
    ["no HTTP at all", ["SSH-2.0-OpenSSH\r\n"]],
    ["nothing", [""]],
    ["headers of a megabyte", [`HTTP/1.1 202 OK\r\nx: ${"y".repeat(2 ** 20)}\r\n\r\n`]],
    ["a length that is not a number", ["HTTP/1.1 202 OK\r\ncontent-length: many\r\n\r\n{}"]],
    ["an unknown encoding", ["HTTP/1.1 202 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nabcd"]],
  ])("%s", async (_, parts) => {
    await using server = await listenRaw(...parts);
    const error = await failing(client(server.url).deleteManualBackup({ backup_id: "b" }));
    expect(GeminiDBError.is(error), String(error)).toBe(true);
    expect(ApiError.is(error)).toBe(false);
    expect(error.message).toMatch(/^deleteManualBackup: /);
  });
});

it("gives the beginning of an error body that is too long, also where it arrives in one piece", async () => {
  const text = "x".repeat(1_540);
  await using server = await listen((_, response) => response.writeHead(400).end(text));
  const error = await failing<ApiError>(
    client(server.url, { maxResponseBytes: 1000 }).deleteManualBackup({ backup_id: "b" }),
  );
  expect(error).toMatchObject({ name: "ApiError", status: 400, body: text.slice(0, 1000) });
});

it("gives the beginning of an error body that is too long, where it arrives in pieces", async () => {
  const text = "x".repeat(1_540);
  const fetch = async () => new Response(new Blob([text.slice(0, 700), text.slice(700)]).stream(), { status: 400 });
  const error = await failing<ApiError>(
    client("http://127.0.0.1:9", { maxResponseBytes: 1000, fetch }).deleteManualBackup({ backup_id: "b" }),
  );
  expect(error.body).toBe(text.slice(0, 1000));
});

it("names a number for a wait that no number can hold", async () => {
  await using server = await listen((_, response) => {
    response.writeHead(429, { "retry-after": "9".repeat(400) }).end("{}");
  });
  const error = await failing(client(server.url).deleteManualBackup({ backup_id: "b" }));
  expect(error.message).toMatch(/The service asks to wait \d+ s/);
});

describe("an error body that is nested thousands of times", () => {
  const nested = `{"error_code":"DBS.280005","error_msg":"x","more":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
  it("is an ApiError with its code: the create is not lost without a word", async () => {
    await using server = await listen((_, response) => response.writeHead(500).end(nested));
    const call = client(server.url).createManualBackup(backup);
    expect(await failing(call)).toMatchObject({
      name: "ApiError",
      code: "DBS.280005",
      outcome: "unknown",
      attempts: 1,
    });
  });
  it("is an ApiError with its status where a middleware gave it", async () => {
    await using server = await listen((_, response) => response.writeHead(202).end('{"job_id":"j"}'));
    const geminidb = client(server.url);
    geminidb.raw.use({ onResponse: () => new Response(nested, { status: 500 }) });
    const error = await failing(geminidb.deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ name: "ApiError", status: 500, outcome: "unknown" });
  });
});

it("reads JSON within a string of an error body no further than it was read for the retries", async () => {
  const body = JSON.stringify(JSON.stringify({ error_code: "DBS.200019", error_msg: "busy" }));
  await using server = await listen((_, response) => response.writeHead(403).end(body));
  const error = await failing(client(server.url, { retries: 2 }).deleteManualBackup({ backup_id: "b" }));
  expect(error).toMatchObject({ name: "ApiError", code: undefined, retryable: false, attempts: 1 });
});

it("an error body that looks encoded everywhere holds up the process little, however many secrets the call has", async () => {
  const body = '"\\/"'.repeat(250_000);
  const fetch = async () => new Response(body, { status: 400 });
  const cost = async (cookies: number) => {
    const cookie = Array.from({ length: cookies }, (_, index) => `name${index}=value-${index}-0123`).join("; ");
    const began = performance.now();
    await failing(
      client("https://service.test", { fetch, headers: { cookie } }).deleteManualBackup({ backup_id: "b" }),
    );
    return performance.now() - began;
  };
  const usual = await cost(1);
  expect(await cost(300)).toBeLessThan(Math.max(2_000, 6 * usual));
});
