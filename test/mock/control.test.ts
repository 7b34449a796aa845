import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "geminidb-backup";
import { type Mock, type Reply, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pause } from "../support/pause.js";
import { run } from "../support/project.js";
import { backupPath, dial, hasIpv6, sendBytes, token } from "./calls.js";
import { document, fetchControl } from "./control-document.js";

let mock: Mock;
let url: string;
beforeAll(async () => {
  mock = await startMock({ control: true });
  url = mock.url;
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

const control = async (method: string, name: string, body?: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetchControl(url, name, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined };
};

describe("the control interface", () => {
  it("is off unless asked for", async () => {
    await using one = await startMock();
    expect((await fetch(`${one.url}/__mock/health`)).status).toBe(404);
  });
  it("says that it is there, and is no request of its own", async () => {
    expect(await control("GET", "health")).toMatchObject({ status: 200, body: { status: "ok", url } });
    expect(await control("HEAD", "health"), "tools that wait for a server").toEqual({ status: 200, body: undefined });
    expect(mock.requests).toEqual([]);
  });
  it("queues, shows, verifies and resets", async () => {
    expect(await control("POST", "replies", { deleteManualBackup: [{ example: "DBS.200019" }] })).toEqual({
      status: 204,
      body: undefined,
    });
    expect((await control("GET", "replies")).body).toEqual([
      { operationId: "deleteManualBackup", reply: { example: "DBS.200019" }, left: 1 },
    ]);
    expect(await control("GET", "verify")).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/not used/) },
    });
    await fetch(url + backupPath, { method: "DELETE", headers: token });
    expect((await control("GET", "requests")).body).toMatchObject([{ answer: "403", code: "DBS.200019" }]);
    expect((await control("GET", "verify")).status).toBe(204);
    expect((await control("GET", "backups")).body).toMatchObject([{ backup_id: expect.any(String) }]);
    expect((await control("POST", "reset")).status).toBe(204);
    expect((await control("GET", "requests")).body).toEqual([]);
  });
  it.each<[string, string, unknown, number, RegExp]>([
    ["GET", "helth", undefined, 404, /there is no \/__mock\/helth\. There are health, requests/],
    ["DELETE", "requests", undefined, 405, /takes GET/],
    ["GET", "toString", undefined, 404, /there is no/],
    ["POST", "replies", { x: 1 }, 400, /^there is no operation x\. There are createManualBackup/],
    ["POST", "replies", { deleteManualBackup: {} }, 400, /^deleteManualBackup must have a list of replies, not \{\}$/],
    ["POST", "replies", [], 400, /maps each operation to a list of replies/],
    [
      "POST",
      "replies",
      { deleteManualBackup: [], createManualBackup: {} },
      400,
      /^createManualBackup must have a list of replies, not \{\}$/,
    ],
    ["POST", "replies", { deleteManualBackup: [{ example: "x" }] }, 400, /no example x/],
    ["POST", "replies", { deleteManualBackup: [{}], deleteBackup: [] }, 400, /no operation deleteBackup/],
    [
      "POST",
      "replies",
      { createManualBackup: [{ when: { name: 123 } }] },
      400,
      /when\.name can match no valid request/,
    ],
  ])("refuses in one sentence: %s %s %j", async (method, name, body, status, detail) => {
    expect(await control(method, name, body)).toMatchObject({
      status,
      body: { title: "The mock's control interface refuses this", detail: expect.stringMatching(detail) },
    });
    expect(mock.pending).toEqual([]);
  });
  it("says of each answer what it is, and that it must not be kept", async () => {
    const headersOf = async (method: string, name: string) => {
      const { headers } = await fetchControl(url, name, { method });
      const names = ["content-type", "content-length", "cache-control", "connection"];
      return names.map((header) => headers.get(header));
    };
    const last = ["no-store", "keep-alive"];
    expect(await headersOf("GET", "replies")).toEqual(["application/json", "2", ...last]);
    expect(await headersOf("GET", "none")).toEqual(["application/problem+json", expect.any(String), ...last]);
    expect(await headersOf("POST", "reset")).toEqual([null, null, ...last]);
  });
  it("refuses replies that are nested too deeply", async () => {
    for (const depth of [1000, 100_000]) {
      const deep = `${"[".repeat(depth)}${"]".repeat(depth)}`;
      const body = `{"createManualBackup":[{"when":{"description":${deep}}}]}`;
      const answer = await fetchControl(url, "replies", { method: "POST", body });
      const { detail } = await answer.json();
      expect([answer.status, detail]).toEqual([400, expect.stringContaining("must not be nested more than 500 deep")]);
    }
  });
  it("refuses what is not JSON, and more than a megabyte", async () => {
    const post = (body: string) => fetchControl(url, "replies", { method: "POST", body });
    expect((await post("{")).status).toBe(400);
    const large = await post(" ".repeat(2 ** 20 + 1));
    expect([large.status, (await large.json()).detail]).toEqual([
      413,
      "the replies are larger than 1048576 bytes of JSON: queue fewer at a time",
    ]);
  });
  it("refuses every page, and names that only lead to this machine", async () => {
    for (const origin of ["http://localhost:3000", "null", "http://evil.example"])
      expect((await control("POST", "reset", undefined, { origin })).status).toBe(403);
    // An image and a link have no Origin.
    for (const [site, status] of Object.entries({
      "cross-site": 403,
      "same-site": 403,
      "same-origin": 200,
      none: 200,
    })) {
      const request = `GET /__mock/requests HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: ${site}\r\nconnection: close\r\n\r\n`;
      expect(await sendBytes(url, request)).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
    }
    for (const host of [
      "evil.example",
      "127.0.0.1.evil.example",
      "evil127.0.0.1",
      "localhost.evil.example:80",
      "192.168.0.1",
      "127.999.1.1",
      "",
    ]) {
      expect(
        await sendBytes(url, `GET /__mock/requests HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`),
      ).toMatch(/^HTTP\/1.1 403/);
    }
    for (const host of [
      "localhost:1",
      "LocalHost:1",
      "me.localhost",
      "127.0.0.1",
      "127.10.20.30",
      "[::1]:80",
      "[0:0:0:0:0:0:0:1]",
    ]) {
      expect(await sendBytes(url, `GET /__mock/health HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1.1 200/,
      );
    }
  });
  it("shows a body that is nested too deeply for JSON.stringify as its text", async () => {
    const body = "[".repeat(30_000) + "]".repeat(30_000);
    await fetch(`${url}/v3/p/instances/i/backups`, {
      method: "POST",
      headers: { ...token, "content-type": "application/json" },
      body,
    });
    expect((await control("GET", "requests")).body).toMatchObject([{ answer: "400", body }]);
    expect(() => JSON.stringify(mock.requests)).not.toThrow();
  });
  it("counts no bracket in a string as nesting", async () => {
    const deep = `["${"]".repeat(20_000)}",${"[".repeat(20_000)}${"]".repeat(20_000)}]`;
    const flat = JSON.stringify({ name: 'a"\\"[', description: "[".repeat(600) });
    for (const body of [deep, flat]) {
      await fetch(`${url}/v3/p/instances/i/backups`, {
        method: "POST",
        headers: { ...token, "content-type": "application/json" },
        body,
      });
    }
    const recorded = await control("GET", "requests");
    expect(recorded.body).toMatchObject([{ body: deep }, { body: JSON.parse(flat) }]);
  });
  it("is there also for a request that names its host in the first line", async () => {
    const target = `${url}/__mock/health`;
    const answer = await sendBytes(url, `GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 200/);
    expect(mock.requests).toEqual([]);
  });
  it.runIf(hasIpv6)("serves the address that the mock names, also that of IPv4 in IPv6", async () => {
    await using one = await startMock({ host: "::ffff:127.0.0.1", control: true });
    expect((await fetchControl(one.url, "health")).status).toBe(200);
    const geminidb = createClient({ baseUrl: one.url, project_id: "p", auth: "any" });
    await expect(geminidb.deleteManualBackup({ backup_id: "b" })).rejects.toMatchObject({ code: "DBS.201214" });
  });
  it("is described by an OpenAPI document that Redocly takes, and that names every path", async () => {
    const document = "docs/mock-control.openapi.yaml";
    const config = join(mkdtempSync(join(tmpdir(), "geminidb-backup-redocly-")), "redocly.yaml");
    writeFileSync(
      config,
      "extends: [recommended]\nrules: { operation-4xx-response: off, no-server-example.com: off }\n",
    );
    const { code, stdout, stderr } = await run("npx", ["redocly", "lint", document, "--config", config]);
    expect(code, stdout + stderr).toBe(0);
    const bundled = await run("npx", ["redocly", "bundle", document, "--ext", "json"]);
    const { paths } = JSON.parse(bundled.stdout);
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual([
      "GET /__mock/backups",
      "GET /__mock/health",
      "GET /__mock/replies",
      "GET /__mock/requests",
      "GET /__mock/verify",
      "POST /__mock/replies",
      "POST /__mock/reset",
    ]);
  });
});

describe("its document says what it does", () => {
  const listOf = async (name: string) => (await control("GET", name)).body;
  const create = (name: string, instance = "i") =>
    fetch(`${url}/v3/p/instances/${instance}/backups`, {
      method: "POST",
      headers: { ...token, "content-type": "application/json" },
      body: JSON.stringify({ name, description: "" }),
    });
  const once = { example: "DBS.200019" };
  const twice = { example: "DBS.280005", times: 2 };

  /** Each sentence about a success, and what shows it. */
  const promises: Record<string, () => Promise<void>> = {
    "The mock is ready.": async () => {
      expect((await control("GET", "health")).status).toBe(200);
      expect((await create("nightly")).status).toBe(202);
    },
    "The last 1,000 requests, the oldest first.": async () => {
      const paths = Array.from({ length: 1002 }, (_, index) => `/path-${index}`);
      for (const path of paths) await fetch(url + path);
      expect((await listOf("requests")).map(({ path }: { path: string }) => path)).toEqual(paths.slice(-1000));
    },
    "The replies, by operation and in the order of their queue.": async () => {
      const replies = { createManualBackup: [once, twice], deleteManualBackup: [once] };
      await control("POST", "replies", replies);
      expect(await listOf("replies")).toEqual([
        { operationId: "createManualBackup", reply: once, left: 1 },
        { operationId: "createManualBackup", reply: twice, left: 2 },
        { operationId: "deleteManualBackup", reply: once, left: 1 },
      ]);
    },
    "How many requests it will still answer.": async () => {
      await control("POST", "replies", { createManualBackup: [twice] });
      await create("nightly");
      expect(await listOf("replies")).toMatchObject([{ left: 1 }]);
    },
    "All of them or, where one is wrong, none.": async () => {
      await control("POST", "replies", { createManualBackup: [once, { example: "none" }], deleteManualBackup: [once] });
      expect(await listOf("replies")).toEqual([]);
    },
    "The replies are queued.": async () => {
      await control("POST", "replies", { createManualBackup: [once] });
      expect((await create("nightly")).status).toBe(403);
      expect((await create("nightly")).status).toBe(202);
    },
    "The backups, the oldest first.": async () => {
      for (const name of ["zulu", "alpha", "mike"]) await create(name, name);
      // The first is the backup of the documents' example, which exists from the start.
      const [, ...made] = await listOf("backups");
      expect(made.map(({ name }: { name: string }) => name)).toEqual(["zulu", "alpha", "mike"]);
    },
    "Requests, replies and backups are forgotten.": async () => {
      const look = () => Promise.all(["requests", "replies", "backups"].map(listOf));
      const atFirst = await look();
      await create("nightly");
      await control("POST", "replies", { deleteManualBackup: [once] });
      expect((await look()).map(({ length }) => length)).toEqual([1, 1, 2]);
      await control("POST", "reset");
      expect(await look()).toEqual(atFirst);
    },
    "Every reply was used, and every request kept to the description.": async () => {
      await control("POST", "replies", { createManualBackup: [once] });
      expect((await control("GET", "verify")).status).toBe(409);
      await create("nightly");
      expect((await control("GET", "verify")).status).toBe(204);
      await create("no name");
      expect((await control("GET", "verify")).status).toBe(409);
    },
  };
  it.each(Object.entries(promises))("%s", async (_, show) => show());

  // The compiler asks for a reply of each key that there is.
  const replies: { readonly [Key in keyof Required<Reply>]: Required<Pick<Reply, Key>> & Reply } = {
    example: { example: "DBS.200019" },
    status: { status: 400 },
    html: { html: true },
    delay: { delay: [0, 1.5] },
    retryAfter: { retryAfter: "soon" },
    fault: { fault: "reset-early" },
    done: { done: true },
    when: { when: { name: "nightly" } },
    times: { times: 2 },
  };
  it.each(Object.entries(replies))("and what a reply is: %s", async (_, reply) => {
    expect((await control("POST", "replies", { createManualBackup: [reply] })).status).toBe(204);
    expect(await listOf("replies")).toMatchObject([{ reply }]);
  });

  it("and what is recorded of a request", async () => {
    await control("POST", "replies", { createManualBackup: [once] });
    await create("no name");
    await create("nightly");
    const keys = (await listOf("requests")).flatMap((recorded: object) => Object.keys(recorded));
    expect([...new Set(keys)].sort()).toEqual(
      Object.keys(document.components.schemas.RecordedRequest?.properties ?? {}).sort(),
    );
  });

  it("and nothing else", () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item as object));
    const sentences = operations.flatMap(({ description, responses }) => [
      description,
      responses[200]?.description,
      responses[204]?.description,
      responses[200]?.content["application/json"].schema.items?.properties?.left?.description,
    ]);
    expect(sentences.filter((sentence) => sentence !== undefined).sort()).toEqual(Object.keys(promises).sort());
  });
});

it.each([
  ["reset", "POST"],
  ["health", "HEAD, GET"],
  ["replies", "HEAD, GET, POST"],
])("says which methods it takes: %s", async (name, allow) => {
  const { status, headers } = await fetchControl(url, name, { method: "DELETE" });
  expect([status, headers.get("allow")]).toEqual([405, allow]);
});

it("a malformed body is answered at once, and closes the connection", async () => {
  const head = "POST /__mock/replies HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\n\r\n";
  const answer = await sendBytes(url, `${head}zz\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 .*\r\nconnection: close\r\n/is);
  expect(answer).toContain("the body is malformed");
  expect(mock.requests).toEqual([]);
});

it("a body that is refused does not hold up the next request on its connection", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, name: string, body: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { port } = new URL(url);
      const sent = request({ host: "127.0.0.1", port, agent, method, path: `/__mock/${name}` }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode));
      });
      sent.on("error", reject).end(body);
    });
  expect(await send("POST", "replies", "x".repeat(2 ** 23))).toBe(413);
  expect(await send("GET", "health", "")).toBe(200);
  agent.destroy();
});

it("a request to the control interface that ends before its body does is not in the record, and holds nobody up", async () => {
  await using one = await startMock({ control: true });
  const socket = dial(one.url);
  socket.resume();
  socket.write("POST /__mock/replies HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 100\r\n\r\n{");
  await pause(100);
  socket.end();
  await once(socket, "close");
  await pause(100);
  expect(one.requests).toEqual([]);
  one.verify();
  await one.close();
});
