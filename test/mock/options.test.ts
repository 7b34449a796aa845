import { createMock, type Reply, startMock } from "geminidb-backup/mock";
import { generate } from "selfsigned";
import { expect, it } from "vitest";
import { create, hasIpv6, remove } from "./calls.js";

const backup = (project_id: string, backup_id: string) => ({ project_id, backup_id });

it.each<[object, RegExp]>([
  [{ prot: 1 }, /^startMock has no option prot\. Did you mean port\?/],
  [{ latancy: 1 }, /no option latancy\. Did you mean latency\?/],
  [{ timeout: 1 }, /^startMock has no option timeout\. There are stateless, /],
  [{ port: -1 }, /port must be a whole number from 0 to 65535/],
  [{ port: 1.5 }, /port must be/],
  [{ port: "4010" }, /port must be/],
  [{ host: "" }, /host must be an address/],
  [{ latency: -1 }, /latency must be milliseconds, from 0 to 2147483647$/],
  [{ busyFor: 3e9 }, /busyFor must be milliseconds, from 0 to 2147483647$/],
  [{ quota: 10_001 }, /quota must be a whole number from 0 to 10000$/],
  [
    { chaos: { share: 1, faults: ["rest"] } },
    /faults that are a list of reset, .*, and "rest" is none: did you mean reset\?/,
  ],
  [{ chaos: { share: 1, faults: Array(1) } }, /chaos must have faults that are a list of reset,/],
  [
    { scenario: { deleteManualBackup: Array(1) } },
    /^deleteManualBackup: reply number 0 must be a plain object, not undefined$/,
  ],
  [{ latency: Number.NaN }, /latency must be/],
  [{ busyFor: Number.POSITIVE_INFINITY }, /busyFor must be/],
  [{ stateless: "yes" }, /stateless must be true or false/],
  [{ stateless: true, quota: 3 }, /quota needs a mock that remembers backups, and with stateless it remembers none/],
  [{ stateless: true, quota: 0 }, /quota needs a mock that remembers backups/],
  [{ stateless: true, busyFor: 1 }, /busyFor needs a mock that remembers backups/],
  [{ stateless: true, backups: [backup("p", "b")] }, /backups needs a mock that remembers backups/],
  [{ quota: -1 }, /quota must be a whole number/],
  [{ har: "" }, /har must be the path of a file/],
  [{ onRequest: 7 }, /onRequest must be a function/],
  [{ tls: "x" }, /tls must be an object with cert and key/],
  [{ tls: { cert: "x" } }, /tls must have cert and key/],
  [{ tls: { cert: "x", key: 1 } }, /tls must have cert and key/],
  [{ tls: { cert: " ", key: "y" } }, /tls must have cert and key/],
  [{ tls: { cert: "x", key: "y", ca: "z" } }, /tls must have cert and key, both in PEM, and nothing else/],
  [{ tls: { cert: "x", key: "y" } }, /tls cannot be used: /],
  [{ scenario: Object.create({ deleteManualBackup: [{ fault: "reset" }] }) }, /scenario must map each operation/],
  [{ scenario: new Map([["deleteManualBackup", [{ fault: "reset" }]]]) }, /scenario must map each operation/],
  [{ chaos: Object.create({ share: 0 }) }, /chaos must be an object with share/],
  [{ backups: [Object.create(backup("p", "b"))] }, /backups must be a list of objects, but number 0 is none/],
  [{ scenario: [] }, /scenario must map each operation to a list of replies/],
  [{ scenario: { deleteManualBackup: {} } }, /^deleteManualBackup must have a list of replies, not \{\}$/],
  [
    { scenario: { deleteBackup: [] } },
    /there is no operation deleteBackup\. There are createManualBackup, deleteManualBackup/,
  ],
  [{ scenario: { deleteManualBackup: [{ example: "x" }] } }, /no example x/],
  [{ chaos: 0.5 }, /chaos must be an object with share/],
  [{ chaos: { share: "0.5" } }, /chaos must have a share from 0 to 1/],
  [{ chaos: { share: -0.1 } }, /chaos must have a share from 0 to 1/],
  [{ chaos: { share: 1.1 } }, /chaos must have a share from 0 to 1/],
  [{ chaos: { share: 1, seed: 2 ** 32 } }, /chaos must have a seed that is a whole number from 0 to 4294967295/],
  [{ chaos: { share: 1, faults: [] } }, /chaos must have faults that are a list of reset, /],
  [{ chaos: { share: 1, faults: "cut" } }, /chaos must have faults that are a list of reset, /],
  [{ chaos: { share: 1, faults: ["cut", "explode"] } }, /chaos must have faults that are a list of reset, /],
  [{ host: "192.0.2.1" }, /^port 0 on 192\.0\.2\.1 cannot be used: /],
  [{ backups: {} }, /backups must be a list/],
  [{ backups: [7] }, /backups must be a list of objects, but number 0 is none/],
  [{ backups: [{ backup_id: "b" }] }, /number 0 has no project_id/],
  [{ backups: [{ backup_id: "b", project_id: "p", nam: "n" }] }, /no property nam\. Did you mean name\?/],
  [
    { backups: [{ backup_id: "b", project_id: "p", name: 5 }] },
    /^startMock: backups must be a list of backups as the description has them, but number 0 is wrong: name must be string$/,
  ],
  [
    { backups: [{ backup_id: "b", project_id: "p", database_tables: "x" }] },
    /number 0 is wrong: database_tables must be/,
  ],
  [{ backups: [{ backup_id: "b", project_id: "p", job_id: 7 }] }, /number 0 is wrong: job_id must be string/],
  [
    { backups: [backup("p", "b"), backup("q", "b"), backup("p", "b")] },
    /number 2 has the same project_id and backup_id as another/,
  ],
  [
    { backups: [backup("p", "a"), backup("q", "b"), backup("p", "c")], quota: 1 },
    /^startMock: backups must be no more than quota allows, but project p has 2, and quota is 1: give fewer backups, or a higher quota$/,
  ],
])("startMock refuses in one sentence: %j", async (options, message) => {
  const call = startMock(options as object);
  await expect(call).rejects.toThrow(message);
  await expect(call).rejects.not.toThrow(/\n/);
});

it("createMock takes each option at its limits, and what is undefined for not given", () => {
  const limits = { onRequest: () => {}, busyFor: 0, latency: 0, quota: 0, backups: [], scenario: {}, har: undefined };
  for (const chaos of [{ share: 0 }, { share: 1, seed: 2 ** 32 - 1, faults: ["cut"] as const }]) {
    expect(createMock({ ...limits, chaos }).seed).toEqual("seed" in chaos ? chaos.seed : expect.any(Number));
  }
});

it("a mock whose projects may have no backup begins with none, also after a reset()", async () => {
  const mock = createMock({ quota: 0 });
  expect(mock.backups).toEqual([]);
  mock.reset();
  expect(mock.backups).toEqual([]);
  expect(createMock({ quota: 1 }).backups).toHaveLength(1);
});

it("a mock without a memory takes options that ask for none", () => {
  const none = { backups: [], busyFor: 0, quota: undefined };
  expect(createMock({ stateless: true, ...none }).backups).toEqual([]);
});

it("createMock knows no port", () => {
  expect(() => createMock({ port: 1 } as object)).toThrow(/^createMock has no option port/);
  expect(() => createMock("x" as unknown as object)).toThrow(/options must be a plain object/);
  for (const inherited of [Object.create({ port: "abc" }), Object.create({ backups: 3 }), new Map([["port", 1]])]) {
    expect(() => createMock(inherited)).toThrow(/options must be a plain object/);
  }
});

it.each<[object, RegExp]>([
  [
    { retryAfter: -1 },
    /retryAfter must be whole seconds from 0 to 2147483648, or text that can stand in a header, not -1/,
  ],
  [{ retryAfter: 1.5 }, /retryAfter must be/],
  [{ retryAfter: "" }, /retryAfter must be/],
  [{ retryAfter: Number.NaN }, /retryAfter must be/],
  [{ retryAfter: "a\r\nset-cookie: x" }, /retryAfter must be/],
  [{ retryAfter: "später" }, /retryAfter must be/],
  [{ html: true, example: "DBS.000000" }, /no example DBS\.000000/],
  [{ html: true, status: 700 }, /status must be a whole number from 200 to 599/],
  [{ html: "yes" }, /html must be true or false/],
  [{ example: 7 }, /example must be the name/],
  [{ delay: "1" }, /delay must be milliseconds/],
  [{ delay: [5, 1] }, /delay must be/],
  [{ delay: [1, 2, 3] }, /delay must be/],
  [{ fault: 7 }, /fault must be the name of a fault/],
  [{ fault: "rest" }, /no fault rest\. Did you mean reset\?/],
  [{ exmaple: "DBS.201214" }, /a reply has no key exmaple\. Did you mean example\?/],
  [{ fault: "reset-early", done: true }, /reset-early cannot be done/],
  [{ times: 0 }, /times must be a whole number from 1/],
  [{ times: 1.5 }, /times must be/],
  [{ when: [] }, /when must be an object/],
  [{ when: { x: "y" } }, /when knows no parameter/],
  [{ when: { backup_id: () => {} } }, /when\.backup_id must be data that JSON can hold, not \[Function/],
])("respond refuses in one sentence: %j", (reply, message) => {
  const mock = createMock();
  expect(() => mock.respond("deleteManualBackup", reply as Reply)).toThrow(message);
  expect(mock.pending).toEqual([]);
});

const circular: unknown[] = [];
circular.push(circular);

it.each<[string, unknown, RegExp]>([
  ["undefined", undefined, /not undefined$/],
  ["a pattern", /b/, /not \/b\/$/],
  ["a bigint", 5n, /not 5n$/],
  ["no number", Number.NaN, /not NaN$/],
  ["a map", new Map([["a", 1]]), /not Map/],
  ["a date inside", [{ a: new Date(0) }], /not \[/],
  ["a circle", circular, /not <ref/],
])("respond refuses a matcher's value that no request can have: %s", (_, value, end) => {
  const mock = createMock();
  const respond = () => mock.respond("deleteManualBackup", { when: { backup_id: value } });
  expect(respond).toThrow(/^deleteManualBackup: when\.backup_id must be data that JSON can hold, not .*$/);
  expect(respond).toThrow(end);
  expect(mock.pending).toEqual([]);
});

const deep = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`);

it.each<[string, unknown, RegExp]>([
  ["a number", 123, /^createManualBackup: when\.name can match no valid request: name must be string$/],
  ["an object", {}, /: name must be string$/],
  ["a text that is too short", "abc", /: name must have at least 4 characters$/],
])("respond refuses a name that no valid request has: %s", (_, name, message) => {
  const mock = createMock();
  expect(() => mock.respond("createManualBackup", { when: { name } })).toThrow(message);
  expect(mock.pending).toEqual([]);
});

it("respond refuses a path parameter that no URL can have", () => {
  const mock = createMock();
  for (const instance_id of ["", "."]) {
    expect(() => mock.respond("createManualBackup", { when: { instance_id } })).toThrow(
      `createManualBackup: when.instance_id can match no valid request, not ${JSON.stringify(instance_id)}`,
    );
  }
});

it.each([
  ["code=abc", 'status must be a whole number from 200 to 599, not "abc"'],
  ["fault", "no fault without a name. There are reset,"],
])("the header Prefer: %s is refused in words that show what was written", async (prefer, words) => {
  const mock = createMock();
  const response = await mock.fetch(`${mock.url}/v3/p/backups/b`, {
    method: "DELETE",
    headers: { "x-auth-token": "any", prefer },
  });
  expect((await response.json()).detail).toContain(words);
});

it("takes a path parameter with a comma for the text that it is", async () => {
  const mock = createMock();
  const request = { method: "DELETE", headers: { "x-auth-token": "any" } };
  for (const id of ["a,b", "a%2Cb"]) await mock.fetch(`${mock.url}/v3/p/backups/${id}`, request);
  expect(mock.requests).toMatchObject([
    { parameters: { backup_id: "a,b" }, violations: [] },
    { parameters: { backup_id: "a,b" }, violations: [] },
  ]);
});

it("respond refuses a value of the body where it is wrong, and takes all that a request can have", () => {
  const mock = createMock();
  const tables = (one: object) => ({ when: { database_tables: [{ database_name: "d" }, one] } });
  expect(() => mock.respond("createManualBackup", tables({ database_name: 5 }))).toThrow(
    /when\.database_tables can match no valid request: database_tables\[1\]\.database_name must be string$/,
  );
  expect(() => mock.respond("createManualBackup", tables({}))).toThrow(
    /: database_tables\[1\]\.database_name is missing$/,
  );
  mock.respond("createManualBackup", tables({ database_name: "e", table_names: null }), { when: { description: "" } });
  expect(mock.pending).toHaveLength(2);
});

it("refuses more backups than it remembers, in one sentence", () => {
  const many = Array.from({ length: 10_001 }, (_, index) => backup("p", `b-${index}`));
  expect(() => createMock({ backups: many })).toThrow(
    /^createMock: backups must be no more than 10000, and there are 10001$/,
  );
  const large = { ...backup("p", "b"), description: "備".repeat(2 ** 24) };
  expect(() => createMock({ backups: [large] })).toThrow(
    /^createMock: backups must take no more than 33554432 bytes as JSON$/,
  );
});

it("respond refuses what is nested too deeply, or lacks something, in a sentence of its own", () => {
  const mock = createMock();
  const respond = (when: object) => () => mock.respond("createManualBackup", { when } as Reply);
  expect(respond({ description: deep })).toThrow(
    /^createManualBackup: when\.description must not be nested more than 500 deep, not \[/,
  );
  expect(respond({ database_tables: Array(2) })).toThrow(
    /when\.database_tables must be data that JSON can hold, not \[/,
  );
  expect(() => mock.respond("createManualBackup", { delay: Array(2 ** 32 - 1) } as never)).toThrow(
    /^createManualBackup: delay must be milliseconds, from 0 to 2147483647, or a list/,
  );
  expect(() => mock.respond("createManualBackup", ...Array<Reply>(1))).toThrow(
    /reply number 0 must be a plain object, not undefined$/,
  );
  expect(mock.pending).toEqual([]);
});

it("respond refuses what JSON cannot hold by the name of its key", () => {
  const mock = createMock();
  const respond = (reply: object) => () => mock.respond("deleteManualBackup", reply);
  expect(respond({ times: 5n })).toThrow(/times must be a whole number from 1 to 1000000, not 5n$/);
  expect(respond({ delay: circular })).toThrow(/delay must be milliseconds, .*, not <ref/);
});

it("takes what a test has made reactive, and copies it", () => {
  const reactive = <T extends object>(value: T) => new Proxy(value, {});
  const chaos = reactive({ share: 0, faults: reactive(["reset"] as const) });
  const mock = createMock({ backups: [reactive(backup("p", "b"))], chaos });
  mock.respond("createManualBackup", {
    delay: reactive([1, 2] as const),
    when: { database_tables: reactive([{ database_name: "d", table_names: reactive(["t"]) }]) },
  });
  expect(mock.backups).toEqual([backup("p", "b")]);
  expect(mock.pending).toMatchObject([{ reply: { delay: [1, 2] } }]);
});

it("respond takes a key that is undefined as one that is not there", async () => {
  await using mock = await startMock();
  mock.respond("deleteManualBackup", { example: "DBS.200019", delay: undefined });
  expect((await remove(mock)).status).toBe(403);
});

it("takes any value of Retry-After that can stand in a header", async () => {
  const mock = createMock();
  for (const retryAfter of [0, 7, "Wed, 21 Oct 2026 07:28:00 GMT", "soon"]) {
    mock.respond("deleteManualBackup", { retryAfter });
    const answer = await mock.fetch(`${mock.url}/v3/p/backups/b`, {
      method: "DELETE",
      headers: { "x-auth-token": "a" },
    });
    expect(answer.headers.get("retry-after")).toBe(String(retryAfter));
  }
});

it("verify: lists replies that were not used, and requests that do not keep to the description", async () => {
  const mock = await startMock({ verify: true });
  mock.verify();
  mock.respond("deleteManualBackup", { example: "DBS.200019", times: 2 });
  await create(mock, "a b c d");
  await fetch(`${mock.url}/nowhere`);
  const said = [
    /reply \{"example":"DBS\.200019","times":2\} of deleteManualBackup was not used, 2 times/,
    /unexpected request POST .*pattern/,
    /unexpected request GET \/nowhere/,
  ];
  for (const part of said) expect(() => mock.verify()).toThrow(part);
  await expect(mock[Symbol.asyncDispose]()).rejects.toThrow(/not used as planned/);
  await expect(fetch(mock.url)).rejects.toThrow();
  const fine = await startMock({ verify: true });
  await create(fine);
  await fine[Symbol.asyncDispose]();
});

it("verify: says what was sent, and what is left", async () => {
  const mock = createMock();
  mock.respond("deleteManualBackup", { example: "DBS.200019" }, { example: "DBS.201015", times: 2 });
  await mock.fetch(`${mock.url}/nowhere`);
  expect(() => mock.verify()).toThrow(
    new Error(`the mock was not used as planned:
- the reply {"example":"DBS.200019"} of deleteManualBackup was not used
- the reply {"example":"DBS.201015","times":2} of deleteManualBackup was not used, 2 times
- unexpected request GET /nowhere, answered 404: there is no such operation`),
  );
});

it("verify: lists what the mock could not answer", async () => {
  const mock = createMock();
  const headers = { "x-auth-token": "any", prefer: "exampel=DBS.200019" };
  await mock.fetch(`${mock.url}/v3/p/backups/b`, { method: "DELETE", headers });
  expect(() => mock.verify()).toThrow(
    new Error(`the mock was not used as planned:
- unexpected request DELETE /v3/p/backups/b, answered 500: the mock cannot answer this: no preference "exampel". Did you mean example?`),
  );
});

it("verify: shows nothing of a request or a reply that begins a line, or steers a terminal", async () => {
  const mock = createMock();
  const odd = "\u001b[2J\u202e\u2028\u0085\r\n- the reply {} of createManualBackup was not used";
  mock.respond("deleteManualBackup", { example: "DBS.200019", when: { backup_id: odd } });
  const init = { method: "POST", headers: { "x-auth-token": "any", "content-type": "application/json" } };
  const body = JSON.stringify({ name: "nightly", description: "", [odd]: 1 });
  await mock.fetch(`${mock.url}/v3/p/instances/i/backups`, { ...init, body });
  let message = "";
  try {
    mock.verify();
  } catch (error) {
    ({ message } = error as Error);
  }
  expect(message.split("\n")).toHaveLength(3);
  expect(message.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(message).toContain("found '?[2J????");
});

it("verify: shows the beginning of a reply that is long", () => {
  const mock = createMock();
  mock.respond("deleteManualBackup", { retryAfter: "x".repeat(300_000) });
  expect(() => mock.verify()).toThrow(/^.{0,300}x… of deleteManualBackup was not used$/s);
});

it("verify: lists the first twenty of a kind", () => {
  const mock = createMock();
  for (let index = 0; index < 23; index++) mock.respond("deleteManualBackup", { example: "DBS.200019" });
  const lines = () => mock.verify();
  expect(lines).toThrow(/\n- and 3 more$/);
  expect(lines).toThrow(expect.objectContaining({ message: expect.stringMatching(/^(.*\n){21}.*$/) }));
});

it.skipIf(!hasIpv6)("serves under an address of IPv6", async () => {
  await using mock = await startMock({ host: "::1" });
  expect(mock.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect((await remove(mock)).status).toBe(202);
});

it.each([
  ["0.0.0.0", /^http:\/\/127\.0\.0\.1:\d+$/],
  ...(hasIpv6 ? [["::", /^http:\/\/\[::1\]:\d+$/] satisfies [string, RegExp]] : []),
])("has an address of this machine where it listens on every one: %s", async (host, url) => {
  await using mock = await startMock({ host, control: true });
  expect(mock.url).toMatch(url);
  expect((await remove(mock)).status).toBe(202);
  expect((await fetch(`${mock.url}/__mock/health`)).status).toBe(200);
});

it("takes the certificate as bytes too", async () => {
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], { keySize: 2048 });
  await using mock = await startMock({ tls: { cert: new TextEncoder().encode(cert), key: Buffer.from(key) } });
  expect(mock.url).toMatch(/^https:/);
});
