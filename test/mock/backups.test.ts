/** What exists in the mock: from the start, by what is made and deleted, and up to which bounds. */
import { type Backup, createMock, type Mock, type MockOptions, startMock } from "geminidb-backup/mock";
import { expect, expectTypeOf, it, onTestFinished } from "vitest";
import { operationsById } from "../../src/mock/answers.js";
import { backupsFault } from "../../src/mock/backups.js";
import { create, remove, token } from "./calls.js";

const made = (mock: Mock) => mock.backups.map(({ backup_id, name }) => [backup_id, name]);
/** Where backups of an instance of the project "p" are made. */
const path = "/v3/p/instances/i/backups";
/** Deletes without a port, and gives the status. */
const statusOf = async (mock: Mock, id: string) =>
  (await mock.fetch(`${mock.url}/v3/p/backups/${id}`, { method: "DELETE", headers: token })).status;

it("what exists from the start, what was made, less what was deleted", async () => {
  const backups: Backup[] = [
    { project_id: "p", backup_id: "one", name: "first", instance_id: "i" },
    { project_id: "p", backup_id: "two" },
  ];
  await using mock = await startMock({ backups });
  expect(mock.backups).toEqual(backups);
  expect((await remove(mock, {}, "/v3/p/backups/one")).status).toBe(202);
  const { backup_id } = await (await create(mock, "third")).json();
  expect(made(mock)).toEqual([
    ["two", undefined],
    [backup_id, "third"],
  ]);
  expect(mock.backups[1]).toMatchObject({
    instance_id: expect.any(String),
    description: "",
    job_id: expect.any(String),
  });
  mock.reset();
  expect(mock.backups).toEqual(backups);
  expectTypeOf<{
    backups: [{ project_id: string; backup_id: string; name: string | undefined }];
  }>().toExtend<MockOptions>();
  await using partly = await startMock({ backups: [{ ...backups[1], name: undefined } as unknown as Backup] });
  expect(partly.backups).toEqual([backups[1]]);
  await using empty = await startMock({ backups: [] });
  expect(empty.backups).toEqual([]);
  await using usual = await startMock();
  expect(usual.backups).toHaveLength(1);
});

it("their names are taken, and one of an instance is busy with it", async () => {
  const backups = [{ project_id: "p", backup_id: "one", name: "taken", instance_id: "i" }];
  await using mock = await startMock({ backups, busyFor: 60_000 });
  const send = (name: string) => create(mock, name).then(({ status }) => status);
  const there = async (name: string) => (await (await create(mock, name, {}, path)).json()).error_code;
  expect(await send("taken")).toBe(202);
  expect(await there("taken")).toBe("DBS.201201");
  expect(await there("free")).toBeUndefined();
  expect((await (await remove(mock, {}, "/v3/p/backups/one")).json()).error_code).toBe("DBS.200019");
});

it("keeps the newest ten thousand", async () => {
  const backups = Array.from({ length: 10_000 }, (_, index) => ({ project_id: "p", backup_id: `b-${index}` }));
  await using mock = await startMock({ backups });
  expect(mock.backups).toHaveLength(10_000);
  await create(mock);
  expect(mock.backups).toHaveLength(10_000);
  expect([mock.backups[0], mock.backups.at(-1)]).toMatchObject([{ backup_id: "b-1" }, { name: "nightly" }]);
});

it("gives what it was given at the start, however long its values are", () => {
  const backups = [{ project_id: "p", backup_id: "b", description: "x".repeat(10_000) }];
  expect(createMock({ backups }).backups).toEqual(backups);
});

it("a full account takes no more until one is deleted", async () => {
  await using mock = await startMock({ quota: 2, backups: [] });
  const ids: string[] = [];
  for (let index = 0; index < 2; index++) ids.push((await (await create(mock, `name-${index}`)).json()).backup_id);
  const full = await create(mock, "name-3");
  expect([full.status, (await full.json()).error_code]).toEqual([400, "DBS.280042"]);
  expect(mock.backups).toHaveLength(2);
  const [project] = mock.backups;
  await remove(mock, {}, `/v3/${project?.project_id}/backups/${ids[0]}`);
  expect((await create(mock, "name-3")).status).toBe(202);
});

it("begins with what the documented delete deletes", () => {
  const [documented, ...more] = createMock().backups;
  expect(Object.keys(documented ?? {})).toEqual(["project_id", "backup_id", "instance_id"]);
  expect(more).toEqual([]);
});

it("tells IDs apart that differ after hundreds of characters", async () => {
  for (const length of [200, 400]) {
    const ids = ["1", "2"].map((end) => "b".repeat(length) + end);
    const mock = createMock({ backups: ids.map((backup_id) => ({ project_id: "p", backup_id })) });
    expect(mock.backups).toHaveLength(2);
    expect(await statusOf(mock, ids[1] ?? "")).toBe(202);
    expect(mock.backups.map(({ backup_id }) => backup_id)).toEqual([ids[0]]);
    expect(await statusOf(mock, ids[1] ?? "")).not.toBe(202);
  }
});

it("takes backups without a name for different ones", async () => {
  const mock = createMock({ backups: ["one", "two"].map((backup_id) => ({ project_id: "p", backup_id })) });
  expect(await statusOf(mock, "one")).toBe(202);
  expect(await statusOf(mock, "two")).toBe(202);
});

it("leaves values out that are longer than 8,192 characters", async () => {
  await using mock = await startMock({ backups: [] });
  const tables = (length: number) => [{ database_name: "d", table_names: ["t".repeat(length)] }];
  for (const [name, length] of [["short", 8000] as const, ["long", 8200] as const]) {
    const body = JSON.stringify({ name, description: "", database_tables: tables(length) });
    expect((await create(mock, name, { body }, path)).status).toBe(202);
  }
  expect(mock.backups.map(({ name, database_tables }) => [name, database_tables])).toEqual([
    ["short", tables(8000)],
    ["long", undefined],
  ]);
});

it("counts the backups of a project after deletes, too", async () => {
  const backups = ["one", "two"].map((backup_id) => ({ project_id: "p", backup_id }));
  await using mock = await startMock({ quota: 2, backups });
  const make = async (name: string) => (await create(mock, name, {}, path)).status;
  expect(await make("full")).toBe(400);
  expect(await statusOf(mock, "one")).toBe(202);
  expect([await make("first"), await make("full")]).toEqual([202, 400]);
  for (const { backup_id } of mock.backups) expect(await statusOf(mock, String(backup_id))).toBe(202);
  expect([await make("second"), await make("third"), await make("full")]).toEqual([202, 202, 400]);
});

it("has a backup for each create that is answered with success, also when each gets the documented answer", async () => {
  await using mock = await startMock({ backups: [] });
  mock.respond("createManualBackup", { status: 202, times: 2 });
  const answers = [await create(mock, "first"), await create(mock, "second"), await create(mock, "first")];
  const ids = await Promise.all(answers.slice(0, 2).map(async (answer) => (await answer.json()).backup_id));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 400]);
  expect(new Set(ids).size).toBe(2);
  expect(made(mock)).toEqual([
    [ids[0], "first"],
    [ids[1], "second"],
  ]);
});

it("refuses two with one name in a project, which the service does not have", () => {
  const same = (project_id: string, backup_id: string) => ({ project_id, backup_id, name: "same" });
  expect(() => createMock({ backups: [same("p", "a"), same("p", "b")] })).toThrow(
    /^createMock: backups must differ, but number 1 has the same project_id and name as another$/,
  );
  expect(createMock({ backups: [same("p", "a"), same("q", "b")] }).backups).toHaveLength(2);
});

it("takes a single one also where two operations create, and names what is missing once", () => {
  const [creating] = [...operationsById.values()].filter(({ state }) => state?.effect === "create");
  const operations = operationsById as Map<string, typeof creating>;
  operations.set("another", creating);
  onTestFinished(() => void operations.delete("another"));
  const one = { project_id: "p", backup_id: "b", name: "n" };
  expect(backupsFault([one])).toBeUndefined();
  expect(backupsFault([one, { ...one, backup_id: "c" }])).toMatch(
    /number 1 has the same project_id and name as another$/,
  );
  expect(backupsFault([{}])).toBe(
    "must be a list of objects with project_id and backup_id, but number 0 has no project_id",
  );
});

it("and pending replies are copies: what a test does with them changes nothing", async () => {
  const backups: Backup[] = [{ project_id: "p", backup_id: "one", name: "nightly" }];
  const mock = createMock({ backups, scenario: { createManualBackup: [{ fault: "empty" }] } });
  Object.assign(mock.backups[0] ?? {}, { name: "changed" });
  Object.assign(mock.pending[0]?.reply ?? {}, { fault: "nonsense" });
  mock.reset();
  expect(mock.backups[0]?.name).toBe("nightly");
  expect(mock.pending[0]?.reply).toEqual({ fault: "empty" });
});

it("and other options are copied: what the caller changes later changes nothing", async () => {
  const backups: Backup[] = [{ project_id: "p", backup_id: "one" }];
  const options = { backups, latency: 0, chaos: { share: 0, seed: 1 } };
  const mock = createMock(options);
  backups.push({ project_id: "p", backup_id: "later" });
  options.latency = 5000;
  options.chaos.share = 1;
  mock.reset();
  expect(mock.backups.map(({ backup_id }) => backup_id)).toEqual(["one"]);
  const began = performance.now();
  expect(await statusOf(mock, "one")).toBe(202);
  expect(performance.now() - began).toBeLessThan(2000);
  const odd = { project_id: "p", backup_id: "b", name: () => {} } as unknown as Backup;
  expect(() => createMock({ backups: [odd] })).toThrow(
    "createMock: backups must be a list of plain data, but number 0 has something else",
  );
});
