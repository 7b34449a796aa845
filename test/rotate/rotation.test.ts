/** What a rotation makes and deletes, and what it tells of it. */

import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ApiError, AuthenticationError, ConnectionError, GeminiDBError, TimeoutError } from "geminidb-backup";
import {
  fileStore,
  planRotation,
  type RotationClient,
  RotationError,
  type RotationLock,
  type RotationStore,
  rotate,
  StateError,
} from "geminidb-backup/rotate";
import { describe, expect, it, vi } from "vitest";
import { backupName } from "../../src/rotate/name.js";
import { failing } from "../support/http.js";
import { hurry } from "../support/hurry.js";
import { pause } from "../support/pause.js";
import { namesOf, newFolder, type Setup, serviceOf, setup } from "./setup.js";

const busy = { example: "DBS.200019" } as const;

/** Ends the rotation when the state has been written so many times: 0 is when it is locked. */
function endingAfterWrite(count: number, state: string, reason: unknown) {
  const controller = new AbortController();
  const file = fileStore(state);
  let written = 0;
  const look = () => {
    if (written === count) controller.abort(reason);
  };
  const store: RotationStore = {
    name: file.name,
    read: () => file.read(),
    async lock() {
      look();
      return file.lock();
    },
    async write(text) {
      await file.write(text);
      written += 1;
      look();
    },
  };
  return { store, signal: controller.signal };
}

describe("a rotation", () => {
  it.each(["..", ".", "\ud800"])(
    "lists a backup as unknown whose ID nothing can be deleted with: %j",
    async (backup_id) => {
      await using house = await setup();
      const client: RotationClient = {
        ...house.client,
        createManualBackup: async () => ({ job_id: "j", backup_id }),
      };
      for (let run = 1; run <= 2; run++) {
        const error = await failing<RotationError>(rotate(client, house.options));
        expect(error).toBeInstanceOf(RotationError);
        expect(error.message).toContain(`was not recorded: the service gave it the ID ${JSON.stringify(backup_id)}`);
        expect(error.rotation.unknown).toHaveLength(run);
      }
    },
  );
  it("makes a backup, and deletes the oldest of those that are too many", async () => {
    await using house = await setup();
    const made: unknown[] = [];
    for (let run = 1; run <= 5; run++) made.push(...namesOf((await house.rotate()).made));
    expect(namesOf(house.mock.backups)).toEqual(made.slice(2));
    const last = await house.rotate();
    expect(namesOf(last.deleted)).toEqual([made[2]]);
    expect(namesOf(last.kept)).toEqual([made[3], made[4], last.made[0]?.name]);
    expect(last.unknown).toEqual([]);
    expect(last.made[0]).toEqual({
      name: expect.stringMatching(/^nightly-\d{8}-\d{6}-\d{6}$/),
      backup_id: house.mock.backups.at(-1)?.backup_id,
      job_id: expect.any(String),
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(await house.records()).toEqual(last.kept.map((backup) => ({ status: "made", ...backup })));
  });
  it("sends the description and the tables", async () => {
    await using house = await setup();
    const database_tables = [{ database_name: "d", table_names: ["t"] }];
    await house.rotate({ description: "Before the release", database_tables });
    expect(house.mock.requests[0]?.body).toMatchObject({ description: "Before the release", database_tables });
  });
  it("makes a backup in every run where its retries outlast an instance that is busy", async () => {
    hurry();
    try {
      await using house = await setup({ busyFor: 200 }, { retries: 1000 });
      for (let run = 1; run <= 4; run++) {
        const { made, deleted } = await house.rotate({ keep: 1 });
        expect([made.length, deleted.length]).toEqual([1, run === 1 ? 0 : 1]);
      }
      expect(house.mock.requests.map(({ code }) => code)).toContain("DBS.200019");
    } finally {
      vi.restoreAllMocks();
    }
  });
  it("makes a backup also where its own delete keeps the instance busy, whatever the retries of the client", async () => {
    hurry();
    try {
      await using house = await setup({ busyFor: 10 }, { retries: 0 });
      for (let run = 1; run <= 5; run++) {
        const { made } = await house.rotate({ keep: 1 }).catch((error: RotationError) => error.rotation);
        expect(made, `run ${run}`).toHaveLength(1);
        await pause(40);
      }
      expect(house.mock.backups.length).toBeLessThanOrEqual(2);
    } finally {
      vi.restoreAllMocks();
    }
  });
  it("deletes nothing that it did not make", async () => {
    await using house = await setup();
    const { backup_id } = await house.client.createManualBackup({ instance_id: "i", name: "mine", description: "" });
    for (let run = 1; run <= 3; run++) await house.rotate({ keep: 1 });
    expect(house.mock.backups).toHaveLength(2);
    expect(house.mock.backups[0]).toMatchObject({ backup_id, name: "mine" });
  });
  it("deletes several when fewer are to be kept than before", async () => {
    await using house = await setup();
    for (let run = 1; run <= 4; run++) await house.rotate({ keep: 9 });
    const { deleted, kept } = await house.rotate({ keep: 2 });
    expect([deleted.length, kept.length, house.mock.backups.length]).toEqual([3, 2, 2]);
  });
  it("takes a backup that is gone already for a deleted one", async () => {
    await using house = await setup();
    const [first] = (await house.rotate({ keep: 1 })).made;
    await house.client.deleteManualBackup({ backup_id: first?.backup_id ?? "" });
    const { deleted, kept } = await house.rotate({ keep: 1 });
    expect(namesOf(deleted)).toEqual([first?.name]);
    expect(kept).toHaveLength(1);
  });
  it("gives each backup a name of its own, also in the same moment", () => {
    const now = new Date("2026-11-25T09:59:59.999Z");
    const names: string[] = [];
    // Of so many random names, two would be the same.
    for (let index = 0; index < 5000; index++) names.push(backupName("nightly", now, names));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^nightly-20261125-095959-\d{6}$/);
  });
  it("of several instances at once, with one prefix, makes a backup of each", async () => {
    await using house = await setup();
    const folder = await newFolder();
    const instances = ["one", "two", "three", "four", "five"];
    const rotations = instances.map((instance_id) =>
      house.rotate({ instance_id, store: fileStore(join(folder, `${instance_id}.json`)) }),
    );
    expect((await Promise.all(rotations)).map(({ made }) => made.length)).toEqual([1, 1, 1, 1, 1]);
  });
  it("keeps a backup that the service names twice", async () => {
    await using house = await setup({ stateless: true });
    await house.rotate({ keep: 1 });
    await house.rotate({ keep: 1 });
    expect(house.mock.requests.filter(({ method }) => method === "DELETE")).toEqual([]);
    expect(await house.records()).toHaveLength(1);
  });
});

describe("a create that fails", () => {
  it("deletes nothing, and forgets the name that was refused", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("createManualBackup", { example: "DBS.280404" });
    const error = await failing<RotationError>(house.rotate({ keep: 1 }));
    expect(error).toBeInstanceOf(RotationError);
    expect(error.message).toMatch(/^nightly-[\d-]+ was not made: createManualBackup: .*DBS\.280404/);
    expect(error.failures).toMatchObject([{ step: "create", error: { code: "DBS.280404" } }]);
    expect(ApiError.is(error.cause)).toBe(true);
    expect([error.rotation.made, error.rotation.deleted, error.rotation.unknown]).toEqual([[], [], []]);
    expect(namesOf(error.rotation.kept)).toEqual(namesOf(house.mock.backups));
    expect(await house.records()).toHaveLength(3);
  });
  it("deletes what is too many with deleteAnyway, but never the last backup", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("createManualBackup", { ...busy, times: 2 });
    const first = await failing<RotationError>(house.rotate({ keep: 1, deleteAnyway: true }));
    expect(first.rotation.deleted).toHaveLength(2);
    const second = await failing<RotationError>(house.rotate({ keep: 1, deleteAnyway: true }));
    expect(second.rotation.deleted).toHaveLength(0);
    expect(house.mock.backups).toHaveLength(1);
  });
  it.each<[string, Parameters<Setup["mock"]["respond"]>[1]]>([
    ["was cut off", { fault: "reset" }],
    ["came from a proxy", { html: true, status: 502 }],
  ])(
    "deletes what is too many with deleteAnyway also when its response %s: the service was reached",
    async (_, reply) => {
      await using house = await setup();
      for (let run = 1; run <= 3; run++) await house.rotate();
      house.mock.respond("createManualBackup", reply);
      const { failures, rotation } = await failing<RotationError>(house.rotate({ keep: 1, deleteAnyway: true }));
      expect(failures).toMatchObject([{ step: "create", isUnknown: true }]);
      expect([rotation.deleted.length, rotation.kept.length, rotation.unknown.length]).toEqual([2, 1, 1]);
    },
  );
  it("of which no response came in time is followed by deletes with deleteAnyway", async () => {
    await using house = await setup({}, { timeout: 300 });
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("createManualBackup", { fault: "hang" });
    const { rotation } = await failing<RotationError>(house.rotate({ keep: 1, deleteAnyway: true }));
    expect(rotation.deleted).toHaveLength(2);
  });
  it.each<[string, () => GeminiDBError]>([
    ["without a connection", () => new ConnectionError("no connection", { outcome: "not-sent" })],
    ["without a connection, after a refusal", () => new ConnectionError("no connection", { outcome: "refused" })],
    ["without a token in time", () => new TimeoutError("no token within 1 ms", { outcome: "not-sent" })],
    ["without credentials", () => new AuthenticationError("no token", { outcome: "not-sent" })],
  ])("%s is followed by no delete, whatever deleteAnyway says: it would fail as well", async (_, error) => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    const client: RotationClient = { ...house.client, createManualBackup: () => Promise.reject(error()) };
    const rotation = rotate(client, { ...house.options, keep: 1, deleteAnyway: true });
    const { failures } = await failing<RotationError>(rotation);
    expect(failures).toMatchObject([{ step: "create", isUnknown: false }]);
    expect(house.mock.backups).toHaveLength(3);
  });
  it("lists a backup as unknown when the answer was lost, and names it until it is found", async () => {
    await using house = await setup();
    house.mock.respond("createManualBackup", { fault: "reset" });
    const { rotation, cause } = await failing<RotationError>(house.rotate({ keep: 1 }));
    expect(ConnectionError.is(cause)).toBe(true);
    expect((cause as GeminiDBError).outcome).toBe("unknown");
    expect([rotation.made, rotation.kept]).toEqual([[], []]);
    const [lost] = house.mock.backups;
    expect(namesOf(rotation.unknown)).toEqual([lost?.name]);
    // The next run makes its own backup, and does not count the unknown one.
    const next = await house.rotate({ keep: 1 });
    expect(namesOf(next.unknown)).toEqual([lost?.name]);
    expect(next.deleted).toEqual([]);
    expect(house.mock.requests.filter(({ method }) => method === "POST")).toHaveLength(2);
    // Somebody has looked for it: from now on it is a backup like the others.
    const found = { [String(lost?.name)]: String(lost?.backup_id) };
    const third = await house.rotate({ keep: 1, found });
    expect(third.unknown).toEqual([]);
    expect(namesOf(third.deleted)).toEqual([lost?.name, next.made[0]?.name]);
    expect(house.mock.backups).toHaveLength(1);
  });
  it("lists a backup as unknown when its new name is taken: a proxy has sent the create twice, and the first was carried out", async () => {
    await using house = await setup();
    house.mock.respond("createManualBackup", { example: "DBS.201201", done: true });
    const { failures, message, rotation } = await failing<RotationError>(house.rotate());
    const [resent] = house.mock.backups;
    expect(failures).toMatchObject([{ step: "create", error: { code: "DBS.201201" }, isUnknown: true }]);
    expect(message).toMatch(
      /^it is not known whether nightly-[\d-]+ was made: .*DBS\.201201.*\. The name ends in random digits, so /,
    );
    expect(namesOf(rotation.unknown)).toEqual([resent?.name]);
    expect(await house.records()).toMatchObject([{ status: "unknown", name: resent?.name }]);
    expect((await house.rotate()).unknown, "the next run names it").toEqual(rotation.unknown);
  });
  it("forgets a backup of which somebody found out that it does not exist", async () => {
    await using house = await setup();
    house.mock.respond("createManualBackup", { fault: "reset" });
    const { rotation } = await failing<RotationError>(house.rotate());
    const name = rotation.unknown[0]?.name ?? "";
    const next = await house.rotate({ found: { [name]: "none" } });
    expect(next.unknown).toEqual([]);
    expect(namesOf(await house.records())).toEqual(namesOf(next.made));
  });
  it("refuses news of a backup that is not listed as unknown", async () => {
    await using house = await setup();
    const { made } = await house.rotate();
    const error = await failing(house.rotate({ found: { [made[0]?.name ?? ""]: "none" } }));
    expect(error.message).toMatch(/^rotate: option found names "nightly-.*does not list as unknown$/);
    expect(house.mock.requests).toHaveLength(1);
  });
});

describe("a delete that fails", () => {
  it("leaves the backup listed, and the next run deletes it before it makes a new one", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("deleteManualBackup", busy);
    const { failures, rotation } = await failing<RotationError>(house.rotate());
    expect(failures).toMatchObject([{ step: "delete", error: { code: "DBS.200019" } }]);
    expect([rotation.made.length, rotation.kept.length]).toEqual([1, 4]);
    const before = house.mock.requests.length;
    const next = await house.rotate();
    expect(next.kept).toHaveLength(3);
    expect(next.deleted).toHaveLength(2);
    expect(house.mock.requests.slice(before).map(({ method }) => method)).toEqual(["DELETE", "POST", "DELETE"]);
  });
  it("goes on with the next one after a refusal, but not after a failure that the next would meet, too", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("deleteManualBackup", { example: "DBS.201014" });
    const refused = await failing<RotationError>(house.rotate({ keep: 1 }));
    expect([refused.failures.length, refused.rotation.deleted.length]).toEqual([1, 2]);
    for (let run = 1; run <= 3; run++) await house.rotate({ keep: 9 });
    house.mock.respond("deleteManualBackup", { status: 503, html: true });
    const broken = await failing<RotationError>(house.rotate({ keep: 1 }));
    expect([broken.failures.length, broken.rotation.deleted.length]).toEqual([1, 0]);
  });
  it("does not take a backup for deleted while the client looks at another project", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("deleteManualBackup", busy);
    await failing(house.rotate());
    // In the wrong project every backup seems to be gone, and the instance as well.
    house.mock.respond("deleteManualBackup", { example: "DBS.201214" });
    house.mock.respond("createManualBackup", { example: "DBS.280404" });
    const { rotation } = await failing<RotationError>(house.rotate());
    expect(rotation.deleted).toEqual([]);
    expect(await house.records()).toHaveLength(4);
  });
});

describe("an earlier delete", () => {
  /** A state with one backup to delete and three others. */
  async function withOneToDelete(house: Awaited<ReturnType<typeof setup>>) {
    for (let run = 1; run <= 3; run++) await house.rotate({ keep: 3 });
    house.mock.respond("deleteManualBackup", busy);
    await failing(house.rotate({ keep: 3 }));
    return house.mock.requests.length;
  }
  it("that is refused or finds its backup gone does not stand in the way of the next one", async () => {
    await using house = await setup();
    for (let run = 1; run <= 4; run++) await house.rotate({ keep: 9 });
    house.mock.respond("deleteManualBackup", busy);
    await failing(house.rotate({ keep: 3 }));
    const before = house.mock.requests.length;
    // Somebody has deleted the first by hand, and the account is full until the second is gone.
    house.mock.respond("deleteManualBackup", { example: "DBS.201214" });
    const { deleted, made } = await house.rotate({ keep: 3 });
    const methods = house.mock.requests.slice(before).map(({ method }) => method);
    expect(methods.slice(0, 3)).toEqual(["DELETE", "DELETE", "POST"]);
    expect([deleted.length, made.length]).toEqual([3, 1]);
  });
  it("is not begun after the caller has ended the rotation", async () => {
    await using house = await setup();
    const before = await withOneToDelete(house);
    const reason = new Error("planned end");
    await expect(house.rotate(endingAfterWrite(0, house.state, reason))).rejects.toBe(reason);
    expect(house.mock.requests).toHaveLength(before);
  });
  it("ends with the caller's signal while it is under way, and is told", async () => {
    await using house = await setup();
    const before = await withOneToDelete(house);
    house.mock.respond("deleteManualBackup", { fault: "hang" });
    const controller = new AbortController();
    const running = failing<RotationError>(house.rotate({ signal: controller.signal }));
    await expect.poll(() => house.mock.requests.length).toBe(before + 1);
    controller.abort();
    const { failures, message } = await running;
    expect(failures).toMatchObject([{ step: "delete" }]);
    expect(message).toMatch(/^it is not known whether nightly-[\d-]+ was deleted/);
    expect(house.mock.requests).toHaveLength(before + 1);
  });
  it("whose response was lost is repeated also by a run that is told to keep more", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("deleteManualBackup", { fault: "reset" });
    await failing(house.rotate({ keep: 3 }));
    const { deleted, kept } = await house.rotate({ keep: 9 });
    expect([deleted.length, kept.length, house.mock.backups.length]).toEqual([1, 4, 4]);
  });
  it("is part of what a plan deletes", async () => {
    await using house = await setup();
    await withOneToDelete(house);
    const [oldest] = house.mock.backups;
    const plan = await planRotation(house.options);
    expect(namesOf(plan.deleted)).toContain(oldest?.name);
  });
  it("never takes the last backup", async () => {
    await using house = await setup();
    await house.rotate();
    const [only] = await house.records();
    const text = (await fileStore(house.state).read())?.replace('"made"', '"deleting"') ?? "";
    const store = {
      name: "memory",
      lock: async () => ({ release: async () => {} }),
      read: async () => text,
      write: async () => {},
    };
    house.mock.respond("createManualBackup", { example: "DBS.280042" });
    await failing(house.rotate({ store }));
    expect(namesOf(house.mock.backups)).toEqual([only?.name]);
    house.mock.respond("createManualBackup", { example: "DBS.280042" });
    await failing(house.rotate({ store, deleteAnyway: true }));
    expect(namesOf(house.mock.backups)).toEqual([only?.name]);
  });
  it("is tried once, whatever the retries of the client", async () => {
    await using house = await setup({}, { retries: 2 });
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("deleteManualBackup", { example: "DBS.201014" });
    await failing(house.rotate());
    const before = house.mock.requests.length;
    house.mock.respond("deleteManualBackup", { status: 503, html: true });
    await house.rotate();
    const methods = house.mock.requests.slice(before).map(({ method }) => method);
    expect(methods.slice(0, 2)).toEqual(["DELETE", "POST"]);
  });
});

it("no backup is taken for deleted before a create has proven the project, also with deleteAnyway", async () => {
  await using house = await setup();
  for (let run = 1; run <= 4; run++) await house.rotate({ keep: 9 });
  house.mock.respond("createManualBackup", { example: "DBS.280404" });
  const gone = { example: "DBS.201214" };
  house.mock.respond("deleteManualBackup", gone, gone, gone);
  const { failures, rotation } = await failing<RotationError>(house.rotate({ keep: 1, deleteAnyway: true }));
  expect(failures.map(({ step }) => step)).toEqual(["create", "delete", "delete", "delete"]);
  expect([rotation.deleted, rotation.kept.length, (await house.records()).length]).toEqual([[], 4, 4]);
});

it.each(["APIGW.0301", "APIGW.0307"])("%s on a delete ends it: the next one would meet it as well", async (example) => {
  await using house = await setup({}, { auth: "a-token-that-cannot-be-renewed" });
  for (let run = 1; run <= 3; run++) await house.rotate();
  house.mock.respond("deleteManualBackup", { example, times: 9 });
  const { failures } = await failing<RotationError>(house.rotate({ keep: 1 }));
  expect(failures).toHaveLength(1);
});

it("a 401 on a delete with a code that nobody knows ends it as well", async () => {
  await using house = await setup();
  for (let run = 1; run <= 3; run++) await house.rotate();
  let deletes = 0;
  house.client.raw.use({
    onResponse({ request }) {
      if (request.method !== "DELETE") return undefined;
      deletes++;
      return Response.json({ error_code: "APIGW.9999" }, { status: 401 });
    },
  });
  await failing<RotationError>(house.rotate({ keep: 1 }));
  expect(deletes).toBe(1);
});

it("a lock that cannot be given back hides nothing of what was done", async () => {
  await using house = await setup();
  const file = fileStore(house.state);
  const store: RotationStore = {
    name: file.name,
    read: () => file.read(),
    write: (text) => file.write(text),
    lock: async () => {
      const lock = await file.lock();
      const release = async () => {
        await lock.release();
        throw new Error("503");
      };
      return { release };
    },
  };
  expect((await house.rotate({ store })).made).toHaveLength(1);
  house.mock.respond("createManualBackup", { fault: "reset" });
  expect((await failing<RotationError>(house.rotate({ store }))).rotation.unknown).toHaveLength(1);
});

describe("what was found out about an unknown backup", () => {
  const lost = async (house: Awaited<ReturnType<typeof setup>>) => {
    await house.rotate();
    house.mock.respond("createManualBackup", { fault: "reset" });
    const { rotation } = await failing<RotationError>(house.rotate());
    return String(rotation.unknown[0]?.name);
  };
  it.each([
    undefined,
    null,
    "",
    7,
    "None",
    "..",
    {},
    " none",
    "none.",
    '"none"',
    "n/a",
    "-",
    "<ID>",
    "ｎｏｎｅ",
    "a b",
  ])("is refused when it is %j, and nothing is written or sent", async (id) => {
    await using house = await setup();
    const name = await lost(house);
    const before = await house.records();
    const found = { [name]: id } as Record<string, string>;
    const { message } = await failing(house.rotate({ found }));
    expect(message).toContain(`rotate: option found must give ${name} the ID of a backup, or "none", not `);
    expect([await house.records(), house.mock.requests.length]).toEqual([before, 2]);
    // The state is whole.
    expect((await house.rotate()).made).toHaveLength(1);
  });
  it("is refused when it is the name of the backup", async () => {
    await using house = await setup();
    const name = await lost(house);
    const { message } = await failing(house.rotate({ found: { [name]: name } }));
    expect(message).toContain(`rotate: option found must give ${name} the ID of a backup`);
  });
  it("may be told once more, as by a script that repeats a run which failed", async () => {
    await using house = await setup();
    const name = await lost(house);
    const found = { [name]: String(house.mock.backups.find((backup) => backup.name === name)?.backup_id) };
    house.mock.respond("createManualBackup", { example: "DBS.200019" });
    await failing(house.rotate({ found }));
    expect((await house.rotate({ found })).made).toHaveLength(1);
  });
  it("may be told once more also where no backup was found", async () => {
    await using house = await setup();
    const name = await lost(house);
    house.mock.respond("createManualBackup", { example: "DBS.200019" });
    await failing(house.rotate({ found: { [name]: "none" } }));
    const { made, unknown } = await house.rotate({ found: { [name]: "none" } });
    expect([made.length, unknown]).toEqual([1, []]);
  });
  it.each([
    "nightly-20260101-020000",
    "hourly-20260101-020000-000000",
    "20260101-020000-000000",
    "nightly",
    "constructor",
  ])("is refused for %s, which no backup of this rotation can be called", async (name) => {
    await using house = await setup();
    const { message } = await failing(house.rotate({ found: { [name]: "none" } }));
    expect(message).toContain(`option found names "${name}", which`);
    expect(house.mock.requests).toHaveLength(0);
  });
  it("does not end the report of a backup whose name was mistyped", async () => {
    await using house = await setup();
    const name = await lost(house);
    const mistyped = name.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
    const { unknown } = await house.rotate({ found: { [mistyped]: "none" } });
    expect(namesOf(unknown)).toEqual([name]);
  });
  it("is refused when it is the ID of another backup, listed or found", async () => {
    await using house = await setup();
    const name = await lost(house);
    const [first] = house.mock.backups;
    const before = await house.records();
    const messages = [
      await failing(house.rotate({ found: { [name]: String(first?.backup_id) } })),
      await failing(house.rotate({ found: { [name]: "b", other: "b" } })),
      await failing(house.rotate({ found: "none" as never })),
    ].map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringMatching(/option found gives nightly-[\d-]+ the ID of another backup that .* lists$/),
      "rotate: option found gives other the ID of another backup",
      expect.stringMatching(/option found must be an object/),
    ]);
    expect(await house.records()).toEqual(before);
  });
});

describe("a caller", () => {
  it("learns what would be done, and nothing is sent or changed", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    const before = await house.records();
    const plan = await planRotation(house.options);
    expect(plan).toMatchObject({ made: [{ name: expect.stringMatching(/^nightly-/) }], unknown: [] });
    expect([namesOf(plan.deleted), namesOf(plan.kept)]).toEqual([
      [before[0]?.name],
      [before[1]?.name, before[2]?.name],
    ]);
    expect(await house.records()).toEqual(before);
    expect(house.mock.requests).toHaveLength(3);
  });
  it("works with a store that is an instance of a class", async () => {
    class MemoryStore implements RotationStore {
      readonly name = "memory";
      #text: string | undefined;
      async lock() {
        return { release: async () => {} };
      }
      async read() {
        return this.#text;
      }
      async write(text: string) {
        this.#text = text;
      }
    }
    await using house = await setup();
    const options = { ...house.options, keep: 1, store: new MemoryStore() };
    const { made } = await house.rotate(options);
    const plan = await planRotation(options);
    expect(namesOf(plan.deleted)).toEqual(namesOf(made));
    expect(await planRotation(options)).toMatchObject({ deleted: plan.deleted });
  });
  it("can end a rotation: the create that is under way is unknown, and nothing more is sent", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("createManualBackup", { delay: 60_000 });
    const controller = new AbortController();
    const running = failing<RotationError>(house.rotate({ signal: controller.signal, deleteAnyway: true, keep: 1 }));
    await expect.poll(() => house.mock.requests.length).toBe(4);
    controller.abort();
    const { cause, rotation } = await running;
    expect(cause).toMatchObject({ name: "AbortError" });
    expect(rotation.unknown).toHaveLength(1);
    expect(house.mock.requests).toHaveLength(4);
    // Before it begins, nothing is locked or written.
    await expect(house.rotate({ signal: controller.signal })).rejects.toMatchObject({ name: "AbortError" });
  });
  it.each(["lock", "read"] as const)(
    "that ends a rotation during the %s of its store gets its own reason, nothing is sent, and no lock is left",
    async (method) => {
      await using house = await setup();
      const controller = new AbortController();
      const reason = new Error("planned end");
      const file = fileStore(house.state);
      const ending = () => {
        controller.abort(reason);
        return file[method]();
      };
      const store = { ...file, [method]: ending };
      await expect(house.rotate({ store, signal: controller.signal })).rejects.toBe(reason);
      expect(house.mock.requests).toHaveLength(0);
      expect(await readdir(dirname(house.state))).toEqual([]);
    },
  );
  describe("that ends a rotation between two steps learns which step was not begun", () => {
    const reason = new Error("planned end");
    it("after a delete that an earlier run has decided", async () => {
      await using house = await setup();
      for (let run = 1; run <= 3; run++) await house.rotate();
      house.mock.respond("deleteManualBackup", busy);
      await failing(house.rotate());
      const before = house.mock.requests.length;
      const { failures, rotation } = await failing<RotationError>(
        house.rotate({ ...endingAfterWrite(1, house.state, reason), deleteAnyway: true, keep: 1 }),
      );
      expect(failures).toMatchObject([{ step: "create", isSkipped: true }]);
      expect(rotation).toMatchObject({ made: [], deleted: [{}], unknown: [] });
      expect(house.mock.requests).toHaveLength(before + 1);
    });
    it("after the create", async () => {
      await using house = await setup();
      for (let run = 1; run <= 3; run++) await house.rotate();
      const oldest = house.mock.backups[0]?.name;
      const { failures, rotation } = await failing<RotationError>(
        house.rotate({ ...endingAfterWrite(2, house.state, reason), keep: 2 }),
      );
      expect(failures).toEqual([{ step: "delete", backup: oldest, error: reason, isSkipped: true }]);
      expect([rotation.made.length, rotation.deleted.length]).toEqual([1, 0]);
      // The next run does what was decided.
      expect((await house.rotate({ keep: 2 })).deleted).toHaveLength(3);
    });
    it("or that none was left", async () => {
      await using house = await setup();
      expect((await house.rotate(endingAfterWrite(2, house.state, reason))).made).toHaveLength(1);
    });
  });
  it("learns of deletes that were sent when the state can be written no more", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("deleteManualBackup", busy);
    await failing(house.rotate());
    const file = fileStore(house.state);
    const full = new StateError("the disk is full");
    const store: RotationStore = {
      name: file.name,
      lock: () => file.lock(),
      read: () => file.read(),
      write: () => Promise.reject(full),
    };
    house.mock.respond("deleteManualBackup", { fault: "reset" });
    const { failures } = await failing<RotationError>(house.rotate({ store }));
    expect(failures).toEqual([
      { step: "delete", backup: expect.any(String), error: expect.any(ConnectionError), isUnknown: true },
      { step: "create", backup: expect.any(String), error: full, isSkipped: true },
    ]);
    // Where nothing was sent, the error is that of the store.
    await using other = await setup();
    await expect(other.rotate({ store: { ...store, read: async () => undefined } })).rejects.toBe(full);
  });
  it("is not hidden by a store that gives back no lock, or fails to", async () => {
    await using house = await setup();
    const file = fileStore(house.state);
    const storeWith = (lock: unknown): RotationStore => ({
      name: file.name,
      read: () => file.read(),
      write: (text) => file.write(text),
      lock: async () => lock as RotationLock,
    });
    const failing = () => {
      throw new Error("503");
    };
    for (const lock of [{ release: failing }, { release: () => undefined }, {}, undefined]) {
      expect((await house.rotate({ store: storeWith(lock) })).made).toHaveLength(1);
    }
  });
  it("is told whatever the reason of an abort is", async () => {
    await using house = await setup();
    await house.rotate();
    const reason = Object.create(null);
    const { failures, message, rotation } = await failing<RotationError>(
      house.rotate({ ...endingAfterWrite(2, house.state, reason), keep: 1 }),
    );
    expect(rotation.made).toHaveLength(1);
    expect(failures).toMatchObject([{ step: "delete", isSkipped: true }]);
    expect(message).toMatch(/was not deleted: something that cannot be described$/);
  });
  it("does not list a create that is ended while it waits after a refusal: nothing was made", async () => {
    const end = new AbortController();
    await using house = await setup({}, { retries: 2, onRetry: () => end.abort() });
    house.mock.respond("createManualBackup", { example: "DBS.200019" });
    const error = await failing<RotationError>(house.rotate({ signal: end.signal }));
    expect(error.failures).toMatchObject([{ step: "create", isUnknown: false }]);
    expect(error.message).toMatch(/^nightly-[\d-]+ was not made: /);
    expect(error.rotation.unknown).toEqual([]);
    expect(await house.records()).toEqual([]);
  });
  it("lists a create that is ended after the service has accepted it as unknown", async () => {
    const end = new AbortController();
    const onResponse = async () => {
      for (let turn = 0; turn < 6; turn++) await null;
      end.abort();
    };
    await using house = await setup({}, { onResponse });
    const error = await failing<RotationError>(house.rotate({ signal: end.signal }));
    expect(error.failures).toMatchObject([{ step: "create", isUnknown: true }]);
    expect(await house.records()).toMatchObject([{ status: "unknown", name: house.mock.backups[0]?.name }]);
  });
  it("refuses a client that is none before anything is locked", async () => {
    const lock = vi.fn();
    const store = { name: "memory", lock, read: async () => undefined, write: async () => {} };
    for (const client of [undefined, {}, { createManualBackup: async () => ({}) }]) {
      const options = {
        service: serviceOf("http://127.0.0.1:9"),
        instance_id: "i",
        namePrefix: "nightly",
        keep: 3,
        store,
      };
      await expect(rotate(client as unknown as RotationClient, options)).rejects.toThrow(
        /^rotate: the client must be one that createClient\(\) has made: it has no (create|delete)ManualBackup$/,
      );
    }
    expect(lock).not.toHaveBeenCalled();
  });
  it("lists a create that is ended by the error of another call as unknown", async () => {
    await using house = await setup();
    const other = new GeminiDBError("another call failed", { outcome: "refused" });
    house.mock.respond("createManualBackup", { fault: "hang" });
    const end = new AbortController();
    const rotation = house.rotate({ signal: end.signal });
    await expect.poll(() => house.mock.backups.length).toBe(1);
    end.abort(other);
    const error = await failing<RotationError>(rotation);
    expect(error.failures).toMatchObject([{ step: "create", error: other, isUnknown: true }]);
    expect(error.message).toMatch(/^it is not known whether nightly-[\d-]+ was made: another call failed$/);
    expect(await house.records()).toMatchObject([{ status: "unknown", name: house.mock.backups[0]?.name }]);
  });
  it("sends no delete after a create whose credentials were refused, whatever deleteAnyway says", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    const before = house.mock.requests.length;
    house.mock.respond("createManualBackup", { example: "APIGW.0301" });
    await failing(house.rotate({ deleteAnyway: true, keep: 1 }));
    expect(house.mock.requests.slice(before).map(({ method }) => method)).toEqual(["POST"]);
  });
  it("reports an earlier delete whose answer was lost also when no backup was made", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("deleteManualBackup", { example: "DBS.200019" });
    await failing(house.rotate());
    house.mock.respond("deleteManualBackup", { fault: "reset" });
    house.mock.respond("createManualBackup", { example: "DBS.200019" });
    const { failures, message } = await failing<RotationError>(house.rotate());
    expect(failures).toMatchObject([
      { step: "delete", isUnknown: true },
      { step: "create", isUnknown: false },
    ]);
    expect(message).toMatch(/^it is not known whether nightly-[\d-]+ was deleted: .* nightly-[\d-]+ was not made: /);
    expect((await house.rotate()).made).toHaveLength(1);
  });
  it("does not report an earlier delete whose answer was lost when deleteAnyway has repeated it with success", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    house.mock.respond("deleteManualBackup", { example: "DBS.200019" });
    await failing(house.rotate());
    house.mock.respond("deleteManualBackup", { status: 503, html: true });
    house.mock.respond("createManualBackup", { example: "DBS.200019" });
    const { failures, rotation } = await failing<RotationError>(house.rotate({ deleteAnyway: true }));
    expect(failures).toMatchObject([{ step: "create", isUnknown: false }]);
    expect([rotation.deleted.length, rotation.kept.length]).toEqual([1, 3]);
  });
  it("can keep the state elsewhere", async () => {
    await using house = await setup();
    let text: string | undefined;
    const store: RotationStore = {
      name: "memory",
      lock: async () => ({ release: async () => {} }),
      read: async () => text,
      write: async (next) => {
        text = next;
      },
    };
    for (let run = 1; run <= 4; run++) await house.rotate({ store });
    expect(JSON.parse(text ?? "").backups).toHaveLength(3);
  });
  it.each<[string, object, RegExp]>([
    ["keeps none", { keep: 0 }, /^rotate: option keep must be a whole number, 1 or more/],
    ["keeps a part of one", { keep: 1.5 }, /^rotate: option keep/],
    ["names no service", { service: undefined }, /^rotate: option service must be the options of the client/],
    ["names no project", { service: { region: "ap-southeast-1" } }, /^rotate: option service\.project_id must /],
    ["names no region", { service: { project_id: "p" } }, /^rotate: option service\.region is missing/],
    [
      "names no URL",
      { service: { project_id: "p", baseUrl: "nightly" } },
      /^rotate: option service\.baseUrl must be https/,
    ],
    ["misspells an option", { nameprefix: "n" }, /option nameprefix is not known: did you mean namePrefix\?/],
    ["has no signal", { signal: null }, /option signal must be an AbortSignal/],
    ["has a part of a signal", { signal: {} }, /option signal must be an AbortSignal/],
    ["says no in words", { deleteAnyway: "no" }, /^rotate: option deleteAnyway must be a boolean/],
    ["has a part of a store", { store: { lock: async () => ({}) } }, /^rotate: option store must be a store/],
    ["names no prefix", { namePrefix: undefined }, /option namePrefix must be a string/],
    [
      "begins names with a digit",
      { namePrefix: "1st" },
      /namePrefix with the date and time makes "1st-[\d-]+", which must/,
    ],
    ["has too long a prefix", { namePrefix: "n".repeat(60) }, /namePrefix with the date and time makes/],
    ["has no store", { store: "nightly.json" }, /option store must be a store, such as fileStore/],
    ["describes with forbidden characters", { description: "<b>" }, /description must/],
    [
      "names no instance",
      { instance_id: undefined },
      /instance_id is missing|instance_id must|instance_id is required/,
    ],
    ["backs up what is no table", { database_tables: [{}] }, /database_tables\[0\]\.database_name/],
  ])("that %s is told so, and nothing is sent", async (_, changes, message) => {
    await using house = await setup();
    await expect(house.rotate(changes)).rejects.toThrow(message);
    expect(house.mock.requests).toHaveLength(0);
  });
});

it("is not repeated by the client when the create was lost, whatever the retries", async () => {
  await using house = await setup({}, { retries: 5 });
  house.mock.respond("createManualBackup", { fault: "reset" });
  await failing(house.rotate());
  expect(house.mock.requests).toHaveLength(1);
  expect(house.mock.backups).toHaveLength(1);
});

it("tells what a full account is told", async () => {
  await using house = await setup({ quota: 1 });
  await house.rotate();
  const { message } = await failing<RotationError>(house.rotate());
  expect(message).toMatch(/DBS\.280042/);
});
