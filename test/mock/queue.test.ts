import { runInNewContext } from "node:vm";
import { type Mock, type Reply, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { catalogue } from "../../generated/catalogue.js";
import { Replies } from "../../src/mock/replies.js";
import { checkReply } from "../../src/mock/reply.js";
import { create, instancePath, remove, sendBytes } from "./calls.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());
const busy: Reply = { example: "DBS.200019" };
const codeOf = async (answer: Promise<Response>) => (await (await answer).json()).error_code;

describe("a queued reply", () => {
  it("is used once, also by requests that come together", async () => {
    mock.respond("deleteManualBackup", { example: "DBS.200019" }, { example: "DBS.201015" }, { example: "APIGW.0308" });
    const codes = await Promise.all(Array.from({ length: 3 }, () => codeOf(remove(mock))));
    expect(codes.sort()).toEqual(["APIGW.0308", "DBS.200019", "DBS.201015"]);
    expect(mock.pending).toEqual([]);
  });
  it("is copied: a later change does not reach it", async () => {
    const reply = { example: "DBS.200019", when: { backup_id: "x" } };
    mock.respond("deleteManualBackup", reply);
    reply.example = "no such example";
    reply.when.backup_id = "y";
    expect(await codeOf(remove(mock, {}, "/v3/p/backups/x"))).toBe("DBS.200019");
  });
  it("is queued 20,000 times without a cost that grows", async () => {
    const cost = (count: number) => {
      mock.reset();
      const began = process.cpuUsage();
      for (let index = 0; index < count; index++) mock.respond("deleteManualBackup", { example: "DBS.200019" });
      const { user, system } = process.cpuUsage(began);
      return user + system;
    };
    // Other tests run in the same process, so the least of several is taken.
    const least = (count: number) => Math.min(cost(count), cost(count), cost(count));
    // Ten times the calls cost about ten times as much, where copying the queue made it a hundred.
    expect(least(20_000) / Math.max(least(2000), 10_000)).toBeLessThan(40);
    expect(mock.pending).toHaveLength(2000);
  });
  it("of hundreds that look at a large value, all together cost little", async () => {
    const database_tables = [
      { database_name: "d", table_names: Array.from({ length: 1000 }, (_, at) => `t${at}`.padEnd(200, "x")) },
    ];
    const replies = new Replies();
    const [operation] = catalogue.operations;
    if (!operation) throw new Error("there is no operation");
    const when = { database_tables: [{ database_name: "other", table_names: ["t"] }] };
    replies.queue(
      operation,
      Array.from({ length: 2000 }, () => ({ when })),
    );
    const began = process.cpuUsage();
    expect(replies.take(operation.operationId, { parameters: {}, body: { database_tables } })).toBeUndefined();
    const { user } = process.cpuUsage(began);
    const once = process.cpuUsage();
    JSON.parse(JSON.stringify(database_tables));
    // As much as a hundred copies of the value, where a copy for each reply was made before.
    expect(user).toBeLessThan(100 * Math.max(process.cpuUsage(once).user, 1000));
  });
  it("waits while requests are wrong", async () => {
    mock.respond("createManualBackup", { example: "DBS.200019" });
    expect(await codeOf(create(mock, "a b c d"))).toBe("DBS.280277");
    expect(mock.pending).toHaveLength(1);
    expect(await codeOf(create(mock))).toBe("DBS.200019");
  });
  it("is queued with the others of its call or not at all", () => {
    const replies = [{ example: "DBS.200019" }, { example: "gone" }];
    expect(() => mock.respond("deleteManualBackup", ...replies)).toThrow(/no example gone/);
    expect(mock.pending).toEqual([]);
  });
});

describe("a matcher", () => {
  it("looks at parameters and at properties of the body", async () => {
    mock.respond(
      "createManualBackup",
      { example: "DBS.200019", when: { name: "busy", database_tables: [{ database_name: "d" }] } },
      { example: "DBS.201015", when: { instance_id: "other" } },
    );
    const body = JSON.stringify({ name: "busy", description: "", database_tables: [{ database_name: "d" }] });
    expect((await create(mock, "idle")).status).toBe(202);
    expect(await codeOf(create(mock, "", { body }))).toBe("DBS.200019");
    expect(mock.pending).toMatchObject([
      { operationId: "createManualBackup", reply: { example: "DBS.201015" }, left: 1 },
    ]);
  });
  it("answers as often as times says", async () => {
    mock.respond("deleteManualBackup", { example: "DBS.200019", when: { project_id: "busy" }, times: 2 });
    const busy = () => codeOf(remove(mock, {}, "/v3/busy/backups/b"));
    expect(await busy()).toBe("DBS.200019");
    expect((await remove(mock)).status).toBe(202);
    expect(mock.pending).toMatchObject([{ left: 1 }]);
    expect([await busy(), await busy()]).toEqual(["DBS.200019", "DBS.201214"]);
  });
  it("of a reset-early is judged by what is known before the body", async () => {
    mock.respond("createManualBackup", { fault: "reset-early", when: { instance_id: "elsewhere" } });
    expect((await create(mock)).status).toBe(202);
    expect(mock.pending).toHaveLength(1);
    expect(() => mock.respond("createManualBackup", { fault: "reset-early", when: { name: "n" } })).toThrow(
      /before the body is read, so when can only have project_id, instance_id/,
    );
  });
  it("of a parameter that is not in the path is refused, because only those of the path are matched", () => {
    const [operation] = catalogue.operations;
    if (!operation) throw new Error("there is no operation");
    const [parameter] = operation.parameters;
    if (!parameter) throw new Error("there is no parameter");
    const parameters = [...operation.parameters, { ...parameter, name: "limit", in: "query" as const }];
    expect(() => checkReply({ ...operation, parameters }, { when: { limit: "5" } })).toThrow(
      /when knows no parameter of the path and no property of the body limit\. There are project_id, instance_id, name/,
    );
  });
  it("of a name that does not exist is refused, with the nearest", () => {
    const reply = { when: { backup_ids: "x" } };
    expect(() => mock.respond("deleteManualBackup", reply)).toThrow(/backup_ids\. Did you mean backup_id\?/);
  });
});

describe("a reset-early", () => {
  /** A create whose body does not end. */
  const beginning = (...headers: string[]) =>
    [
      `POST ${instancePath} HTTP/1.1`,
      "host: x",
      "x-auth-token: any",
      "content-type: application/json",
      "content-length: 1000",
      ...headers,
      "",
      "{",
    ].join("\r\n");
  const early: Reply = { fault: "reset-early" };
  it.each<[string, Reply[], string[]]>([
    ["is the first", [early], []],
    ["stands behind a reply for another instance", [{ ...busy, when: { instance_id: "elsewhere" } }, early], []],
    ["is preferred", [], ["prefer: fault=reset-early"]],
  ])("comes before the body is read, where it %s", async (_, replies, headers) => {
    mock.respond("createManualBackup", ...replies);
    expect(await sendBytes(mock.url, beginning(...headers), 60_000)).toBe("");
    expect(mock.requests).toMatchObject([{ answer: "reset", code: undefined, bodySize: 0 }]);
    expect(mock.pending.map(({ reply }) => reply.fault)).not.toContain("reset-early");
  });
  it("that is preferred uses no reply of the queue, and one of the queue uses itself alone", async () => {
    const [project_id = "", instance_id = ""] = instancePath
      .split("/")
      .filter((_, index) => index === 2 || index === 4);
    mock.respond("createManualBackup", { ...early, when: { project_id, instance_id } }, busy);
    const headers = { prefer: "fault=reset-early" };
    await expect(create(mock, "nightly", { headers })).rejects.toThrow("fetch failed");
    expect(mock.pending).toHaveLength(2);
    await expect(create(mock)).rejects.toThrow("fetch failed");
    expect(mock.pending).toMatchObject([{ reply: busy }]);
  });
  it("waits for the body, where that decides whether another reply comes first", async () => {
    mock.respond("createManualBackup", { ...busy, when: { name: "nightly" } }, early);
    const answer = sendBytes(mock.url, beginning(), 1000);
    await expect.poll(() => mock.requests.length).toBe(1);
    expect(await answer).toBe("");
    expect(mock.pending).toHaveLength(2);
    expect(mock.requests[0]?.answer).not.toBe("reset");
  });
  it("behind a reply that the body may match is a reset all the same, and makes no backup", async () => {
    mock.respond("createManualBackup", { when: { name: "other" }, example: "DBS.200019" }, { fault: "reset-early" });
    await expect(create(mock)).rejects.toThrow("fetch failed");
    expect(mock.backups.map(({ name }) => name)).not.toContain("nightly");
    expect(mock.pending).toMatchObject([{ reply: { example: "DBS.200019" } }]);
    expect(mock.requests).toMatchObject([{ answer: "reset" }]);
  });
  it.each<[string, RequestInit, string, string]>([
    ["no token", { headers: { "x-auth-token": "" } }, instancePath, "401"],
    ["another media type", { headers: { "content-type": "text/plain" } }, instancePath, "400"],
  ])("waits while requests are wrong before their body: %s", async (_, init, path, answer) => {
    mock.respond("createManualBackup", { fault: "reset-early" });
    expect((await create(mock, "nightly", init, path)).status).toBe(Number(answer));
    expect(mock.pending).toHaveLength(1);
    expect(mock.requests).toMatchObject([{ answer, violations: [{}] }]);
    await expect(create(mock)).rejects.toThrow("fetch failed");
  });
  it("of the header Prefer does, too", async () => {
    const headers = { prefer: "fault=reset-early", "x-auth-token": "" };
    expect((await create(mock, "nightly", { headers })).status).toBe(401);
  });
});

describe("a delay", () => {
  it("may be a range", async () => {
    mock.respond("deleteManualBackup", { delay: [50, 60] });
    await remove(mock);
    await expect.poll(() => mock.requests[0]?.duration).toBeGreaterThanOrEqual(49);
  });
});

describe("chaos", () => {
  const play = async (seed: number | undefined) => {
    await using one = await startMock({ chaos: { share: 0.5, seed, faults: ["reset", "content-type", "empty"] } });
    const answers: string[] = [];
    for (let index = 0; index < 30; index++) {
      const answer = await create(one, `name-${index}`).then(
        async (response) => `${response.headers.get("content-type")} ${(await response.text()) === "" ? "empty" : ""}`,
        () => "reset",
      );
      answers.push(answer);
    }
    return { answers, seed: one.seed };
  };
  it("repeats with its seed, and tells the one that it chose", async () => {
    const { answers, seed } = await play(undefined);
    expect(new Set(answers).size).toBeGreaterThan(2);
    expect((await play(seed)).answers).toEqual(answers);
    expect((await play(((seed ?? 0) + 1) % 2 ** 32)).answers).not.toEqual(answers);
  });
  it("has the same faults for the same requests when one in between asks for what does not exist", async () => {
    const play = async (prefer: string) => {
      await using one = await startMock({ chaos: { share: 0.5, seed: 7, faults: ["reset"] } });
      const answers: string[] = [];
      for (let index = 0; index < 10; index++) {
        const headers: Record<string, string> = index === 2 ? { prefer } : {};
        const { status } = await remove(one, { headers }).catch(() => ({ status: 0 }));
        if (index !== 2) answers.push(status === 0 ? "reset" : "answer");
      }
      return answers;
    };
    const usual = await play("example=DBS.200019");
    expect(new Set(usual).size).toBe(2);
    expect(await play("exampel=DBS.200019")).toEqual(usual);
  });
  it("starts again with reset(), and leaves queued replies alone", async () => {
    await using one = await startMock({ chaos: { share: 1, seed: 7, faults: ["reset"] } });
    one.respond("deleteManualBackup", { example: "DBS.200019" });
    expect(await codeOf(remove(one))).toBe("DBS.200019");
    await expect(remove(one)).rejects.toThrow();
  });
  it.each<[string, Reply, number]>([
    ["before the body, behind a reply that cannot be for the request", { when: { instance_id: "elsewhere" } }, 0],
    ["behind the body, where that decides whether a reply is for the request", { when: { name: "elsewhere" } }, 2],
    [
      "before the body, where another value cannot be that of the request",
      { when: { name: "elsewhere", instance_id: "i" } },
      0,
    ],
  ])("that resets early does so %s", async (_, reply, bodySize) => {
    await using one = await startMock({ chaos: { share: 1, faults: ["reset-early"] } });
    one.respond("createManualBackup", { ...busy, ...reply });
    await create(one, "", { body: "{}" }).catch(() => {});
    expect(one.requests).toMatchObject([{ answer: bodySize === 0 ? "reset" : "400", bodySize }]);
    expect(one.pending).toHaveLength(1);
  });
  it("that resets early leaves nothing behind", async () => {
    await using one = await startMock({ backups: [], chaos: { share: 1, seed: 7, faults: ["reset-early"] } });
    await expect(create(one)).rejects.toThrow();
    expect(one.backups).toEqual([]);
  });
  it.each<[object, RegExp]>([
    [{ share: 2 }, /chaos must have a share from 0 to 1/],
    [{ share: 0.1, seed: -1 }, /seed that is a whole number/],
    [{ share: 0.1, faults: ["explode"] }, /faults that are a list of reset,/],
    [{ share: 0.1, sed: 1 }, /no key sed\. Did you mean seed\?/],
  ])("is checked: %j", async (chaos, message) => {
    await expect(startMock({ chaos: chaos as { share: number } })).rejects.toThrow(message);
  });
});

it("keeps a scenario from the start, again after each reset(), whatever becomes of the object", async () => {
  const scenario: { deleteManualBackup: Reply[] } = { deleteManualBackup: [{ example: "DBS.200019" }] };
  await using one = await startMock({ scenario });
  scenario.deleteManualBackup.push({ example: "DBS.201015" });
  for (let round = 0; round < 2; round++) {
    expect(await codeOf(remove(one))).toBe("DBS.200019");
    expect((await remove(one)).status).toBe(202);
    one.reset();
  }
});

it("matches data of another realm, as Jest has it, by what JSON says of it", () => {
  const [operation] = catalogue.operations;
  if (!operation) throw new Error("there is no operation");
  const replies = new Replies();
  const when = { database_tables: runInNewContext('[{ database_name: "d", table_names: ["t"] }]') };
  replies.queue(operation, [{ status: 403, when }]);
  const take = (database_tables: unknown) =>
    replies.take(operation.operationId, { parameters: {}, body: { database_tables } });
  for (const other of [null, "d", [], [{ database_name: "d" }], [{ database_name: "e", table_names: ["t"] }]]) {
    expect(take(other)).toBeUndefined();
  }
  expect(take([{ database_name: "d", table_names: ["t"] }])).toMatchObject({ status: 403 });
});

it("matches numbers as JSON writes them", () => {
  const [operation] = catalogue.operations;
  if (!operation) throw new Error("there is no operation");
  const replies = new Replies();
  replies.queue(operation, [{ status: 403, when: { name: -0 } }]);
  expect(replies.take(operation.operationId, { parameters: {}, body: { name: 0 } })).toMatchObject({ status: 403 });
});
