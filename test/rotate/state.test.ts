/** What is refused as a state, in one sentence and before anything is sent, and how a state is replaced. */
import { execFile } from "node:child_process";
import { lstatSync } from "node:fs";
import {
  chmod,
  chown,
  type FileHandle,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { fileStore, LockedError, planRotation, type RotationError, StateError } from "geminidb-backup/rotate";
import { describe, expect, it } from "vitest";
import { failing } from "../support/http.js";
import { run } from "../support/project.js";
import { namesOf, newFolder, setup } from "./setup.js";

/** The service of the states of these tests. */
const service = { baseUrl: "https://db.example/v", project_id: "p" };
const good = { version: 1, ...service, instance_id: "i", namePrefix: "nightly", backups: [] };
const backup = { status: "made", name: "nightly-1", backup_id: "b", since: "2026-11-25T00:00:00.000Z" };

describe("a state is refused that", () => {
  it.each<[string, string, RegExp]>([
    ["is empty", "", /is damaged/],
    ["ends in the middle", JSON.stringify(good).slice(0, -9), /is damaged/],
    ["is a list", "[]", /is damaged/],
    ["is null", "null", /is damaged/],
    ["has no version", JSON.stringify({ ...good, version: undefined }), /is damaged/],
    ["has a version of 0", JSON.stringify({ ...good, version: 0 }), /is damaged/],
    [
      "is newer",
      JSON.stringify({ ...good, version: 2 }),
      /is from a newer version of geminidb-backup \(format 2\)\. Update it$/,
    ],
    ["has no list", JSON.stringify({ ...good, backups: {} }), /is damaged/],
    [
      "does not name its service",
      JSON.stringify({ ...good, baseUrl: undefined, project_id: undefined }),
      /nightly\.json does not say where its backups are: it lacks baseUrl, project_id\. Add what is missing/,
    ],
    ["has a service that is a number", JSON.stringify({ ...good, baseUrl: 7 }), /is damaged/],
    ["has an instance that is a number", JSON.stringify({ ...good, instance_id: 7 }), /is damaged/],
    ["lists what is no backup", JSON.stringify({ ...good, backups: [null] }), /is damaged/],
    ["lists an unknown status", JSON.stringify({ ...good, backups: [{ ...backup, status: "gone" }] }), /is damaged/],
    [
      "lists a backup without an ID",
      JSON.stringify({ ...good, backups: [{ ...backup, backup_id: undefined }] }),
      /is damaged/,
    ],
    [
      "lists an ID of which no delete can be sent",
      JSON.stringify({ ...good, backups: [{ ...backup, backup_id: ".." }] }),
      /is damaged/,
    ],
    ["lists an ID that is a number", JSON.stringify({ ...good, backups: [{ ...backup, backup_id: 7 }] }), /is damaged/],
    [
      "lists a backup twice",
      JSON.stringify({ ...good, backups: [backup, { ...backup, name: "nightly-2" }] }),
      /is damaged/,
    ],
    ["lists a name twice", JSON.stringify({ ...good, backups: [backup, { ...backup, backup_id: "c" }] }), /is damaged/],
    [
      "is of another instance",
      JSON.stringify({ ...good, instance_id: "j" }),
      /belongs to the instance "j", not to "i"/,
    ],
    [
      "is of another project",
      JSON.stringify({ ...good, project_id: "q" }),
      /nightly\.json belongs to the project "q", not to "p"\. It lists no backup, so remove it$/,
    ],
    [
      "is of another project, and lists a backup",
      JSON.stringify({ ...good, project_id: "q", backups: [backup] }),
      /nightly\.json belongs to the project "q", not to "p"\. Use a state of its own for each rotation$/,
    ],
    [
      "is of another service and project, both of which are told",
      JSON.stringify({ ...good, baseUrl: "https://db.example", project_id: "q" }),
      /belongs to the service "https:\/\/db\.example", not to "https:\/\/db\.example\/v", and to the project "q", not to "p"\./,
    ],
    ["is of another prefix", JSON.stringify({ ...good, namePrefix: "hourly" }), /belongs to the name prefix "hourly"/],
  ])("%s", async (_, text, message) => {
    await using house = await setup();
    await writeFile(house.state, text);
    const error = await failing(house.rotate({ service }));
    expect(error).toBeInstanceOf(StateError);
    expect(error.message).toMatch(message);
    await expect(planRotation({ ...house.options, service }), "a plan is refused, too").rejects.toThrow(error.message);
    expect(error.message).not.toContain("\n");
    expect(house.mock.requests).toHaveLength(0);
    expect(await readFile(house.state, "utf8"), "the file is left alone").toBe(text);
    expect(await readdir(dirname(house.state)), "no lock is left").toEqual(["nightly.json"]);
  });
  it("is a folder, a device, too large, or in no folder", async () => {
    await using house = await setup();
    const folder = await newFolder();
    await writeFile(join(folder, "large"), Buffer.alloc(2 ** 24 + 1, " "));
    const messageOf = async (path: string) => (await failing(house.rotate({ store: fileStore(path) }))).message;
    expect(await messageOf(folder)).toMatch(/is not a regular file$/);
    expect(await messageOf(join(folder, "large"))).toMatch(/too large for a state$/);
    expect(await messageOf(join(folder, "none/nightly.json"))).toMatch(/cannot be locked: its folder does not exist$/);
    expect(house.mock.requests).toHaveLength(0);
  });
});

it("a state is the same for a region, for its URL, and for other spellings of that", async () => {
  await using house = await setup();
  const region = "ap-southeast-1";
  const baseUrl = `HTTPS://gaussdb-nosql.${region}.myhuaweicloud.com:443/`;
  await house.rotate({ service: { region, project_id: "p" } });
  await house.rotate({ service: { region: "AP-Southeast-1", project_id: "p" } });
  await house.rotate({ service: { region: "another", baseUrl, project_id: "p" } });
  expect(await house.records()).toHaveLength(3);
  const { baseUrl: written } = JSON.parse(await readFile(house.state, "utf8"));
  expect(written).toBe(`https://gaussdb-nosql.${region}.myhuaweicloud.com`);
});

describe("a state is replaced", () => {
  it("as a whole, writable by its owner only, and through a symbolic link", async () => {
    await using house = await setup();
    const folder = dirname(house.state);
    await mkdir(join(folder, "data"));
    await symlink("data/real.json", house.state);
    await writeFile(join(folder, "data/real.json"), JSON.stringify(good));
    await chmod(join(folder, "data/real.json"), 0o666);
    await house.rotate({ service });
    expect(lstatSync(house.state).isSymbolicLink()).toBe(true);
    expect(await readdir(join(folder, "data"))).toEqual(["real.json"]);
    expect(lstatSync(join(folder, "data/real.json")).mode & 0o777).toBe(0o644);
    expect(namesOf(await house.records())).toEqual(namesOf(house.mock.backups));
  });
  it("for its owner only, where it is new", async () => {
    await using house = await setup();
    await house.rotate();
    expect(lstatSync(house.state).mode & 0o777).toBe(0o600);
  });
  it("where a symbolic link leads, also when nothing is there yet", async () => {
    await using house = await setup();
    const folder = dirname(house.state);
    await mkdir(join(folder, "data"));
    await symlink("data/real.json", house.state);
    await house.rotate();
    expect(lstatSync(house.state).isSymbolicLink()).toBe(true);
    expect(await readdir(join(folder, "data"))).toEqual(["real.json"]);
  });
  it("without touching another file beside it, such as the state of another rotation", async () => {
    await using house = await setup();
    const other = `${house.state}.new`;
    await house.rotate({ namePrefix: "other", store: fileStore(other) });
    const before = await readFile(other, "utf8");
    for (let run = 1; run <= 2; run++) await house.rotate();
    expect(await readFile(other, "utf8")).toBe(before);
    expect(await readdir(dirname(house.state))).toEqual(["nightly.json", "nightly.json.new"]);
  });
});

/** Lets the file system refuse to change modes and owners, and to write folders through, as vfat and some network file systems do. */
async function withoutModes(code: string): Promise<Disposable> {
  const file = await open(fileURLToPath(import.meta.url));
  const prototype: FileHandle = Object.getPrototypeOf(file);
  await file.close();
  const { chmod, chown, sync } = prototype;
  const refuse = () => Promise.reject(Object.assign(new Error(code), { code }));
  const change = (changes: Partial<FileHandle>) => Object.assign(prototype, changes);
  change({
    chmod: refuse,
    chown: refuse,
    async sync(this: FileHandle) {
      return (await this.stat()).isDirectory() ? refuse() : sync.call(this);
    },
  });
  return { [Symbol.dispose]: () => change({ chmod, chown, sync }) };
}

describe("a state that is replaced", () => {
  it("keeps its mode, and its owner where the administrator runs the rotation once", async () => {
    await using house = await setup();
    await house.rotate();
    await chmod(house.state, 0o640);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(house.state, 65534, 65534);
    await house.rotate();
    const { mode, uid, gid } = lstatSync(house.state);
    expect(mode & 0o777).toBe(0o640);
    if (isRoot) expect([uid, gid]).toEqual([65534, 65534]);
  });
  describe.skipIf(process.platform === "win32")("by a second operator", () => {
    const isRoot = process.getuid?.() === 0;
    /** A group that is not the operator's first one. A user who is in no other cannot run this test. */
    const team = isRoot ? 3000 : process.getgroups?.().find((group) => group !== process.getegid?.());

    /** Replaces a state that the team may read, as a user who is in these groups. Others than root are who they are. */
    async function replaceAs(groups: number[]) {
      // Not in the folder of these tests, which no other user can enter.
      const folder = await mkdtemp("/tmp/geminidb-backup-team-");
      const state = join(folder, "nightly.json");
      try {
        await chmod(folder, 0o777);
        await writeFile(state, "old");
        await chown(state, process.getuid?.() ?? 0, team ?? 0);
        await chmod(state, 0o640);
        const script = `
          import { fileStore } from "geminidb-backup/rotate";
          if (process.getuid() === 0) {
            process.setgroups(${JSON.stringify(groups)});
            process.setgid(1001);
            process.setuid(1001);
          }
          const store = fileStore(process.argv[1]);
          const lock = await store.lock();
          await store.write("new");
          await lock.release();`;
        // The other user cannot write where `npm run coverage` collects.
        const env = { NODE_V8_COVERAGE: "" };
        const { code, stderr } = await run(process.execPath, ["--input-type=module", "-e", script, state], { env });
        expect(code, stderr).toBe(0);
        expect(await readFile(state, "utf8")).toBe("new");
        const { mode, gid } = lstatSync(state);
        return { mode: mode & 0o777, gid };
      } finally {
        await rm(folder, { recursive: true });
      }
    }

    it.skipIf(team === undefined)("keeps its group, so that the first can go on", async () => {
      expect(await replaceAs([team ?? 0])).toEqual({ mode: 0o640, gid: team });
    });
    it.skipIf(!isRoot)("gets another group where the operator is not in its own", async () => {
      expect(await replaceAs([])).toEqual({ mode: 0o640, gid: 1001 });
    });
  });
  // As in a container without the right to chown.
  it.skipIf(process.getuid?.() !== 0)("is written by an administrator who may not give files away, too", async () => {
    const state = join(await newFolder(), "nightly.json");
    await writeFile(state, "old");
    await chown(state, 65534, 65534);
    const script = `
      import { fileStore } from "geminidb-backup/rotate";
      const store = fileStore(process.argv[1]);
      const lock = await store.lock();
      await store.write("new");
      await lock.release();`;
    const node = [process.execPath, "--input-type=module", "-e", script, state];
    const { code, stderr } = await run("setpriv", ["--inh-caps=-chown", "--bounding-set=-chown", ...node]);
    expect(code, stderr).toBe(0);
    expect(await readFile(state, "utf8")).toBe("new");
  });
  it.each(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"])(
    "is written where the file system knows no modes and owners, and cannot write folders through (%s)",
    async (code) => {
      await using house = await setup();
      using _ = await withoutModes(code);
      for (let run = 1; run <= 2; run++) await house.rotate();
      expect(namesOf(await house.records())).toEqual(namesOf(house.mock.backups));
      expect(lstatSync(house.state).mode & 0o777, "nobody else may read it").toBe(0o600);
    },
  );
  it("is not written where the disk fails, and nothing is sent", async () => {
    await using house = await setup();
    await house.rotate();
    using _ = await withoutModes("EIO");
    await expect(house.rotate()).rejects.toThrow(/cannot be locked with \S+: EIO$/);
    expect(house.mock.requests).toHaveLength(1);
    expect(await readdir(dirname(house.state)), "no lock is left").toEqual(["nightly.json"]);
  });
  it("may begin with a byte order mark, which some editors write", async () => {
    await using house = await setup();
    await house.rotate();
    await writeFile(house.state, `\uFEFF${await readFile(house.state, "utf8")}`);
    expect((await house.rotate()).kept).toHaveLength(2);
  });
  it.each(["", " ", undefined, null, 7])("must have a path: %j is refused", (path) => {
    expect(() => fileStore(path as string)).toThrow(
      new TypeError(`fileStore: the path must be the name of a file, such as "nightly.json"`),
    );
  });
  it.each(["state/", "folder/state/"])(
    "must be a file: %s is refused before anything is sent, also by a plan",
    async (name) => {
      await using house = await setup();
      const folder = await newFolder();
      await mkdir(join(folder, "folder"));
      const store = fileStore(join(folder, name));
      const message = /ends with a slash: the state is a file, and not a folder$/;
      await expect(house.rotate({ store })).rejects.toThrow(message);
      await expect(planRotation({ ...house.options, store })).rejects.toThrow(message);
      expect(house.mock.requests).toHaveLength(0);
    },
  );
});

describe("the state that a run has locked is the one that it reads and writes", () => {
  /** Two folders, each with a state. */
  async function twoStates() {
    const folder = await newFolder();
    const states = ["first", "second"].map((name) => join(folder, name, "nightly.json"));
    for (const state of states) {
      await mkdir(dirname(state));
      await writeFile(state, state);
    }
    const texts = () => Promise.all(states.map((state) => readFile(state, "utf8")));
    return { folder, texts };
  }

  it("until it releases the lock, also when a symbolic link on the way leads elsewhere meanwhile", async () => {
    const { folder, texts } = await twoStates();
    const current = join(folder, "current");
    await symlink("first", current);
    const turn = async () => {
      await rm(current);
      await symlink("second", current);
    };
    const [first, second] = await texts();
    const store = fileStore(join(current, "nightly.json"));
    const lock = await store.lock();
    await turn();
    expect(await store.read()).toBe(first);
    await store.write("new");
    expect(await texts()).toEqual(["new", second]);
    await expect(store.lock(), "it is the same lock").rejects.toThrow(LockedError);
    await lock.release();
    expect(await store.read(), "the next run follows the link anew").toBe(second);
  });
  it("also when the process changes its working directory", async () => {
    const { folder, texts } = await twoStates();
    const [, second] = await texts();
    const script = `
      import { fileStore } from "geminidb-backup/rotate";
      process.chdir(process.argv[1] + "/first");
      const store = fileStore("nightly.json");
      process.chdir("../second");
      const lock = await store.lock();
      process.chdir("..");
      await store.write("new");
      await lock.release();`;
    const { code, stderr } = await run(process.execPath, ["--input-type=module", "-e", script, folder]);
    expect(code, stderr).toBe(0);
    expect(await texts()).toEqual(["new", second]);
  });
  it.skipIf(process.platform === "win32")("and one in a working directory that was removed is refused", async () => {
    const script = `
      import { rmdirSync } from "node:fs";
      import { fileStore } from "geminidb-backup/rotate";
      process.chdir(process.argv[1]);
      rmdirSync(process.argv[1]);
      await fileStore("nightly.json").lock().catch((error) => console.log(String(error)));`;
    const folder = await newFolder();
    const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", script, folder]);
    expect(stdout, stderr).toBe("StateError: nightly.json cannot be locked: its folder does not exist\n");
  });
});

describe("when the state cannot be written", () => {
  /** A file store of which the writes with these numbers fail. */
  function failingStore(path: string, ...numbers: number[]) {
    const store = fileStore(path);
    let writes = 0;
    return {
      ...store,
      write: async (text: string) => {
        writes += 1;
        if (numbers.includes(writes)) throw new StateError(`${path} cannot be written: the disk is full`);
        await store.write(text);
      },
    };
  }

  it("before the create, nothing is sent", async () => {
    await using house = await setup();
    const error = await failing(house.rotate({ store: failingStore(house.state, 1) }));
    expect(error.message).toMatch(/cannot be written: the disk is full$/);
    expect(error).toBeInstanceOf(StateError);
    expect(house.mock.requests).toHaveLength(0);
  });
  it("after a delete, the message says that it was deleted, and the next run finds it gone", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    const { failures, message, rotation } = await failing<RotationError>(
      house.rotate({ store: failingStore(house.state, 4) }),
    );
    const [deleted] = rotation.deleted;
    expect(failures).toMatchObject([{ step: "record", backup: deleted?.name }]);
    expect(message).toMatch(
      /^nightly-[-\d]+ was deleted, but the state still lists it: .*the disk is full\. The next run/,
    );
    expect(message.startsWith(String(deleted?.name))).toBe(true);
    await house.rotate();
    expect(namesOf(house.mock.backups)).not.toContain(deleted?.name);
  });
  it("after the create, the new backup is told, nothing is deleted, and the next run names it", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    const { failures, message, rotation } = await failing<RotationError>(
      house.rotate({ store: failingStore(house.state, 2) }),
    );
    const [made] = rotation.made;
    expect(failures).toMatchObject([{ step: "record", backup: made?.name }]);
    expect(message).toContain(
      `${made?.name} was made with the ID ${made?.backup_id}, but the state lists it as unknown: `,
    );
    expect(message).toMatch(/the disk is full$/);
    expect([rotation.deleted, rotation.unknown]).toEqual([[], []]);
    expect(namesOf(rotation.kept)).toEqual(namesOf(house.mock.backups));
    expect(house.mock.backups).toHaveLength(4);
    expect(namesOf((await house.rotate()).unknown)).toEqual([made?.name]);
  });
  it("before the deletes, none is sent, and the first that was not decided is told", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    const [, second] = house.mock.backups;
    const { failures, message, rotation } = await failing<RotationError>(
      house.rotate({ store: failingStore(house.state, 4), keep: 1 }),
    );
    expect(failures).toMatchObject([{ step: "delete", backup: second?.name, isSkipped: true }]);
    expect(message).toMatch(/was not deleted: .*the disk is full$/);
    expect([rotation.made.length, rotation.deleted.length, house.mock.requests.length]).toEqual([1, 0, 4]);
  });
  it("after a delete, the next run finds it gone", async () => {
    await using house = await setup();
    for (let run = 1; run <= 3; run++) await house.rotate();
    const error = await failing<RotationError>(house.rotate({ store: failingStore(house.state, 4) }));
    expect(error.failures).toMatchObject([{ step: "record" }]);
    expect(error.rotation.deleted).toHaveLength(1);
    expect((await house.rotate()).kept).toHaveLength(3);
    expect(house.mock.backups).toHaveLength(3);
  });
  it.skipIf(process.platform === "win32")("on a system that refuses to let a file grow", async () => {
    await using house = await setup();
    const child = fileURLToPath(new URL("child.mjs", import.meta.url));
    // The signal that such a write sends would end the process otherwise.
    const script = `trap "" XFSZ; ulimit -f 0; exec "$0" "$@"`;
    const { stdout } = await promisify(execFile)("sh", [
      "-c",
      script,
      process.execPath,
      child,
      house.mock.url,
      house.state,
    ]);
    expect(stdout).toMatch(
      /^failed: .*nightly\.json cannot be (locked with \S+|written): the file would be too large$/m,
    );
    expect(await readdir(dirname(house.state)), "no lock is left").toEqual([]);
    expect(house.mock.requests).toHaveLength(0);
  });
});
