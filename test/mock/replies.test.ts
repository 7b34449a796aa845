import { createClient } from "geminidb-backup";
import { type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { OperationId } from "../../generated/operations.js";
import { failing } from "../support/http.js";
import { pause } from "../support/pause.js";
import { traffic } from "../support/traffic.js";
import {
  bundle,
  creating,
  deleting,
  documents,
  errorsOf,
  exampleBody,
  exampleResponse,
  exampleUri,
  mendedRequest,
} from "../support/transcript.js";
import { token, ways } from "./calls.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ har: traffic("mock") });
});
beforeEach(() => mock.reset());
afterEach(() => vi.useRealTimers());
afterAll(() => mock.close());

const instancePath = exampleUri(creating).path;
const backupPath = exampleUri(deleting).path;
const project_id = exampleUri(creating).parameters.project_id ?? "";
async function send(
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> | undefined } = {},
) {
  const answer = await fetch(mock.url + path, {
    method,
    headers: { "x-auth-token": "any", ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : undefined, headers: answer.headers };
}
const create = (name = "nightly", options: { body?: object; headers?: Record<string, string> } = {}) =>
  send("POST", instancePath, { body: { name, description: "" }, ...options });
const code = (answer: { status: number; body: { error_code?: string } }) =>
  `${answer.status} ${answer.body.error_code}`;

it("a success that a reply names is the documented one, however often it is asked for", async () => {
  const documented = exampleResponse(deleting);
  const backups = ["b1", "b2", "b3"].map((backup_id) => ({ project_id, backup_id }));
  await using own = await startMock({ backups });
  own.respond("deleteManualBackup", {}, {}, { example: deleting.examples.called });
  const client = createClient({ baseUrl: own.url, project_id, auth: "any" });
  const bodies = [];
  for (const { backup_id } of backups) bodies.push(await client.deleteManualBackup({ backup_id }));
  expect(bodies).toEqual([documented, expect.not.objectContaining(Object(documented)), documented]);
});

it("a random delay is never shorter than its least", async () => {
  mock.respond("deleteManualBackup", { delay: [300, 400], times: 3 });
  const client = createClient({ baseUrl: mock.url, project_id, auth: "any", retries: 0 });
  for (let turn = 1; turn <= 3; turn++) {
    const began = performance.now();
    await client.deleteManualBackup({ backup_id: "b" }).catch(() => {});
    expect(performance.now() - began).toBeGreaterThan(290);
  }
});

describe("an invalid request", () => {
  it.each<[string, unknown, string]>([
    ["a wrong name", { name: "a b c d", description: "" }, "400 DBS.280277"],
    ["a wrong description", { name: "abcd", description: "<" }, "400 DBS.280127"],
    ["both", { name: "a b", description: "<" }, "400 DBS.280277"],
    ["a missing key", { name: "abcd" }, "400 DBS.200001"],
    ["an unknown key", { name: "abcd", description: "", 额外: "值" }, "400 DBS.200001"],
    ["malformed JSON", '{"name":', "400 DBS.200001"],
    ["a text", '"abcd"', "400 DBS.200001"],
    ["null", "null", "400 DBS.200001"],
    ["nothing", "", "400 DBS.200001"],
  ])("with %s is answered the documented 400 that fits", async (_, body, expected) => {
    const answer = await send("POST", instancePath, { body });
    expect(code(answer)).toBe(expected);
    expect(JSON.parse(answer.headers.get("sl-violations") ?? "")).toEqual(mock.requests[0]?.violations);
    expect(mock.requests[0]?.violations[0]?.message).toMatch(/\w{3}/);
  });
  it.each(["text/plain", "application/x-www-form-urlencoded", "application/xml", "garbage"])(
    "with the content type %s too",
    async (type) => {
      expect(code(await create("abcd", { headers: { "content-type": type } }))).toBe("400 DBS.200001");
    },
  );
  it("two headers that are empty are no token", async () => {
    const headers: [string, string][] = [
      ["x-auth-token", ""],
      ["x-auth-token", " "],
    ];
    for (const [, send] of ways) {
      expect((await send(mock, backupPath, { method: "DELETE", headers })).status).toBe(401);
      const signed: [string, string][] = [...headers, ["authorization", ""], ["authorization", ""]];
      expect((await send(mock, backupPath, { method: "DELETE", headers: signed })).status).toBe(401);
    }
  });
  it("after thousands of headers is read to the last one", async () => {
    const many = Object.fromEntries(Array.from({ length: 2500 }, (_, index) => [`x-${index}`, "y"]));
    for (const [, send] of ways) {
      const answer = await send(mock, backupPath, { method: "DELETE", headers: { ...many, ...token } });
      expect(answer.status).not.toBe(401);
    }
  });
  it.each([{}, { "x-auth-token": "" }])("without a token is answered the documented 401: %j", async (headers) => {
    const answer = await fetch(mock.url + backupPath, { method: "DELETE", headers });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error_code: "APIGW.0301", request_id: expect.any(String) });
  });
  it.each([
    ["GET", "/"],
    ["DELETE", "/v3/p/backups/"],
    ["PATCH", backupPath],
    ["PUT", instancePath],
    ["POST", `${instancePath}/more`],
    ["DELETE", "/v3/../x"],
  ])("to %s %s is answered as by the gateway", async (method, path) => {
    expect(await send(method, path)).toMatchObject({
      status: 404,
      body: { error_code: "APIGW.0101", request_id: expect.any(String) },
    });
    expect(mock.requests[0]?.operationId).toBeUndefined();
  });
  it("of more than the description allows is answered the documented 413", async () => {
    const megabytes = Number(/larger than the (\d+) MB/.exec(JSON.stringify(bundle))?.[1]);
    const body = { name: "abcd", description: "" };
    const room = megabytes * 2 ** 20 - JSON.stringify(body).length;
    for (const [length, answer] of [
      [room, "400 DBS.280127"],
      [room + 1, "413 APIGW.0201"],
    ] as const) {
      expect(code(await create("abcd", { body: { ...body, description: "x".repeat(length) } }))).toBe(answer);
    }
  });
});

describe("the state", () => {
  it("answers the first create as documented, every later one with fresh ids of that form", async () => {
    const first = await send("POST", instancePath, { body: mendedRequest() });
    expect(first.body).toEqual(exampleResponse(creating));
    const ids = new Set([JSON.stringify(first.body)]);
    for (let i = 0; i < 20; i++) {
      const { body } = await create(`other-${i}`);
      expect(body).toEqual({
        job_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        backup_id: expect.stringMatching(/^[0-9a-f]{32}in06$/),
      });
      ids.add(JSON.stringify(body));
    }
    expect(ids.size).toBe(21);
  });
  it("knows the documented backup from the start, and forgets it when it is deleted", async () => {
    expect((await send("DELETE", backupPath)).body).toEqual(exampleResponse(deleting));
    expect(code(await send("DELETE", backupPath))).toBe("400 DBS.201214");
    mock.reset();
    expect((await send("DELETE", backupPath)).status).toBe(202);
  });
  it("remembers what was created, per project", async () => {
    const { body } = await create();
    expect(code(await send("DELETE", `/v3/other/backups/${body.backup_id}`))).toBe("400 DBS.201214");
    expect((await send("DELETE", `/v3/${project_id}/backups/${body.backup_id}`)).status).toBe(202);
    expect(code(await send("DELETE", `/v3/${project_id}/backups/${body.backup_id}`))).toBe("400 DBS.201214");
  });
  it("refuses a second backup of the same name on that project, until the first is deleted", async () => {
    const { body } = await create("twice");
    expect(code(await create("twice"))).toBe("400 DBS.201201");
    expect(
      (await send("POST", "/v3/other/instances/i/backups", { body: { name: "twice", description: "" } })).status,
    ).toBe(202);
    expect((await create("Twice")).status).toBe(202);
    await send("DELETE", `/v3/${project_id}/backups/${body.backup_id}`);
    expect((await create("twice")).status).toBe(202);
  });
  it("keeps an instance busy for as long as told", async () => {
    await using slow = await startMock({ busyFor: 60_000 });
    const client = createClient({ baseUrl: slow.url, project_id: "p", auth: "a-token", retries: 0 });
    const { backup_id } = await client.createManualBackup({ instance_id: "i", name: "first", description: "" });
    await expect(
      client.createManualBackup({ instance_id: "i", name: "second", description: "" }),
    ).rejects.toMatchObject({ code: "DBS.200019" });
    await expect(client.deleteManualBackup({ backup_id })).rejects.toMatchObject({ code: "DBS.200019" });
    await client.createManualBackup({ instance_id: "other", name: "second", description: "" });
    // Only the clock moves, so that a slow machine changes nothing.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    await client.deleteManualBackup({ backup_id });
  });
  it("can be off", async () => {
    await using stateless = await startMock({ stateless: true });
    const client = createClient({ baseUrl: stateless.url, project_id: "p", auth: "a-token" });
    for (let i = 0; i < 3; i++) {
      expect(await client.createManualBackup({ instance_id: "i", name: "same", description: "" })).toEqual(
        exampleResponse(creating),
      );
      await client.deleteManualBackup({ backup_id: "unknown" });
    }
  });
  it("takes odd names as what they are", async () => {
    for (const id of ["__proto__", "constructor", "a%2Fb", "%E5%A4%87"])
      expect(code(await send("DELETE", `/v3/__proto__/backups/${id}`))).toBe("400 DBS.201214");
  });
});

describe("a scenario", () => {
  const client = (options = {}) =>
    createClient({ baseUrl: mock.url, project_id, auth: "a-token", retries: 0, timeout: 400, ...options });
  const remove = (options = {}) =>
    client(options).deleteManualBackup({ backup_id: exampleUri(deleting).parameters.backup_id ?? "" });

  it.each(documents.flatMap((document) => errorsOf(document).map((error) => ({ ...error, ...document }))))(
    "answers $operation with $status $code, in code and by Prefer",
    async (documented) => {
      const { operation, status, code: wanted } = documented;
      const [method = ""] = documented.uri.split(" ");
      const { path, query } = exampleUri(documented);
      const ask = (headers?: Record<string, string>) =>
        send(method, query.size > 0 ? `${path}?${query}` : path, { body: exampleBody(documented), headers });
      mock.respond(operation as OperationId, { example: wanted, status: Number(status) });
      expect(code(await ask())).toBe(`${status} ${wanted}`);
      expect(code(await ask({ prefer: `code=${status}, example=${wanted}` }))).toBe(`${status} ${wanted}`);
    },
  );
  it("answers in the shape of IAM, which has no code", async () => {
    mock.respond("createManualBackup", { example: "iam.401" });
    mock.respond("deleteManualBackup", { example: "iam.401" });
    for (const answer of [await create(), await send("DELETE", backupPath)]) {
      expect(answer).toMatchObject({ status: 401, body: { error: { code: 401, title: "Unauthorized" } } });
    }
  });
  it("queues answers, one a request, and then goes on as usual", async () => {
    mock.respond(
      "deleteManualBackup",
      { example: "DBS.200019" },
      { status: 502, html: true },
      { example: "APIGW.0308", retryAfter: 0 },
    );
    await expect(remove()).rejects.toMatchObject({ status: 403, code: "DBS.200019" });
    await expect(remove()).rejects.toMatchObject({ status: 502, code: undefined });
    await expect(remove()).rejects.toMatchObject({ status: 429 });
    await expect(remove()).resolves.toBeDefined();
    expect(mock.requests.map(({ answer }) => answer)).toEqual(["403", "502", "429", "202"]);
  });
  it("is survived by a client that repeats", async () => {
    mock.respond("deleteManualBackup", { example: "DBS.200019", retryAfter: 0 }, { fault: "reset", done: false });
    await expect(remove({ retries: 3 })).resolves.toEqual(exampleResponse(deleting));
  });
  it("makes the fault reset-early", async () => {
    mock.respond("deleteManualBackup", { fault: "reset-early" });
    expect(await failing(remove())).toMatchObject({ name: "ConnectionError" });
  });
  it.each([
    ["reset", "ConnectionError"],
    ["hang", "TimeoutError"],
    ["cut", "ConnectionError"],
    ["drip", "TimeoutError"],
    ["empty", "UnexpectedResponseError"],
  ] as const)("makes the fault %s, in code and by Prefer", async (fault, name) => {
    mock.respond("deleteManualBackup", { fault });
    expect(await failing(remove())).toMatchObject({ name });
    const raw = fetch(mock.url + backupPath, {
      method: "DELETE",
      headers: { "x-auth-token": "any", prefer: `fault=${fault}` },
      signal: AbortSignal.timeout(300),
    });
    if (fault === "empty") expect(await (await raw).text()).toBe("");
    else await expect(raw.then((answer) => answer.text())).rejects.toThrow();
  });
  it("sends the right body with the wrong content type", async () => {
    mock.respond("deleteManualBackup", { fault: "content-type" });
    expect((await send("DELETE", backupPath)).headers.get("content-type")).toBe("text/plain");
  });
  it("waits, and sends Retry-After", async () => {
    mock.respond("deleteManualBackup", { delay: 200, example: "DBS.280443", retryAfter: 7 });
    const began = performance.now();
    const answer = await send("DELETE", backupPath);
    expect(performance.now() - began).toBeGreaterThan(190);
    expect(answer.headers.get("retry-after")).toBe("7");
  });
  it("keeps a reply for the next request that is valid", async () => {
    mock.respond("createManualBackup", { example: "DBS.200019" });
    expect(code(await create("a b c"))).toBe("400 DBS.280277");
    expect(code(await create("abcd"))).toBe("403 DBS.200019");
  });
  it.each<[unknown, RegExp]>([
    [{ example: "DBS.000000" }, /deleteManualBackup has no example DBS\.000000\. .*There are .*400 DBS\.201214/],
    [{ example: "DBS.201214", status: 403 }, /no example 403 DBS\.201214/],
    [{ status: 418 }, /no example 418/],
    [{ fault: "explode" }, /no fault explode\. There are reset, /],
    [{ delay: -1 }, /delay must be milliseconds/],
    [{ wait: 1 }, /a reply has no key wait/],
    ["DBS.201214", /^deleteManualBackup: reply number 0 must be a plain object, not "DBS\.201214"$/],
    [null, /reply number 0 must be a plain object, not null$/],
    [[{}], /reply number 0 must be a plain object, not \[\{\}\]\. Replies are given one by one$/],
    [Object.create({ fault: "reset" }), /reply number 0 must be a plain object, not /],
    [new Map(), /reply number 0 must be a plain object, not /],
    [{ when: { backup_id: 1 } }, /deleteManualBackup: when\.backup_id must be a text, as every parameter is/],
    [{ when: new Map() }, /when must be an object of parameters/],
  ])("that is impossible says what is possible: %j", async (reply, message) => {
    expect(() => mock.respond("deleteManualBackup", reply as object)).toThrow(message);
  });
  it("for an operation that does not exist lists those that do", () => {
    expect(() => mock.respond("createBackup" as "createManualBackup", {})).toThrow(
      /no operation createBackup\. There are createManualBackup, deleteManualBackup/,
    );
  });
  it("by Prefer that is impossible is a loud 500 that lists what exists", async () => {
    const answer = await send("DELETE", backupPath, { headers: { prefer: "example=DBS.000000" } });
    const detail = expect.stringMatching(/There are .*DBS\.201214/);
    expect(answer).toMatchObject({ status: 500, body: { title: "The mock cannot answer this", status: 500, detail } });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });
});

describe("for tests", () => {
  it("records what arrived, typed, with the token redacted", async () => {
    await create("recorded");
    await send("DELETE", "/v3/p/backups/a%2Fb%20c?x=1");
    expect(mock.requests).toMatchObject([
      {
        operationId: "createManualBackup",
        method: "POST",
        path: instancePath,
        parameters: exampleUri(creating).parameters,
        body: { name: "recorded", description: "" },
        violations: [],
        answer: "202",
        headers: { "x-auth-token": "[redacted]" },
      },
      {
        operationId: "deleteManualBackup",
        path: "/v3/p/backups/a%2Fb%20c?x=1",
        parameters: { project_id: "p", backup_id: "a/b c" },
        body: undefined,
        answer: "400",
      },
    ]);
  });
  it("runs many at once, without interference", async () => {
    const mocks = await Promise.all(Array.from({ length: 5 }, () => startMock()));
    await Promise.all(
      mocks.map(async (one, index) => {
        const client = createClient({ baseUrl: one.url, project_id: "p", auth: "a-token" });
        for (let i = 0; i <= index; i++)
          await client.createManualBackup({ instance_id: "i", name: `name-${i}`, description: "" });
      }),
    );
    expect(mocks.map(({ requests }) => requests.length)).toEqual([1, 2, 3, 4, 5]);
    await Promise.all(mocks.map((one) => one.close()));
  });
  it("says in one sentence that a port is busy", async () => {
    const error = await failing(startMock({ port: Number(new URL(mock.url).port) }));
    expect(error.message).toMatch(/^port \d+ on 127\.0\.0\.1 is in use: choose another, or 0 for any$/);
  });
  it("closes with a request under way, twice, and leaves nothing", async () => {
    const one = await startMock();
    one.respond("deleteManualBackup", { fault: "hang" });
    const call = fetch(one.url + backupPath, { method: "DELETE", headers: { "x-auth-token": "any" } }).catch(
      (error: Error) => error,
    );
    await pause(50);
    await one.close();
    await one.close();
    expect(await call).toBeInstanceOf(Error);
    await expect(fetch(one.url)).rejects.toThrow();
  });
  it("answers a page of another origin", async () => {
    const preflight = await fetch(mock.url + backupPath, {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:1",
        "access-control-request-method": "DELETE",
        "access-control-request-headers": "x-auth-token",
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-headers")).toBe("x-auth-token");
    expect((await create()).headers.get("access-control-allow-origin")).toBe("*");
  });
});
