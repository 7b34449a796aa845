/** The command `rotate`, as a shell meets it: exit codes, what it prints where, and what a signal leaves behind. */
import { spawn, spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startMock } from "geminidb-backup/mock";
import { fileStore } from "geminidb-backup/rotate";
import { describe, expect, it } from "vitest";
import { namesOf, newFolder, recordsOf, setup } from "../rotate/setup.js";
import { json, listen } from "../support/http.js";
import { root, run } from "../support/project.js";
import { cli } from "../support/serve.js";
import { begin, command, secret, start, Unwritable, variables } from "./command.js";

/** Everything that a rotation needs, but the URL and the state. */
const usual = ["--instance-id=i", "--name-prefix=nightly", "--keep=2", "--retries=0"];

const rotate = (url: string, state: string, ...args: string[]) =>
  command(url, ["rotate", "--state", state, ...usual, ...args], { NO_COLOR: "1", DEBUG: "*" });

/** The command in a shell that sends its standard output to a full disk. */
const rotateOntoFullDisk = (url: string, state: string) => {
  const parameters = [cli, "rotate", "--state", state, ...usual];
  const env = variables({ GEMINIDB_URL: url });
  return run("sh", ["-c", `exec "$0" "$@" > /dev/full`, process.execPath, ...parameters], { env });
};

const house = () => setup({ backups: [] });

/**
 * The arguments of Node that run the command as a user who may not write everywhere, also when root runs the tests. That user
 * may not be able to read the command either, but all modules are read before the first of them drops the rights.
 */
const asNobody = [
  "--input-type=module",
  "-e",
  `import "openapi-fetch";
   import "yaml";
   import "data:text/javascript,if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }";
   import ${JSON.stringify(pathToFileURL(cli).href)};`,
];

describe("a rotation that works", () => {
  it("prints what it made, deleted and kept on one line of JSON, and a summary for people", async () => {
    await using the = await house();
    for (let turn = 1; turn <= 2; turn++) await rotate(the.mock.url, the.state);
    const { code, stdout, stderr } = await rotate(the.mock.url, the.state);
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(1);
    const answer = JSON.parse(stdout);
    expect(Object.keys(answer)).toEqual(["made", "deleted", "kept", "unknown"]);
    expect([answer.made.length, answer.deleted.length, answer.kept.length, answer.unknown.length]).toEqual([
      1, 1, 2, 0,
    ]);
    expect(namesOf(answer.kept)).toEqual(namesOf(the.mock.backups));
    expect(stderr).toBe(`geminidb-backup: made ${answer.made[0].name}, deleted 1, kept 2, unknown 0\n`);
  });
  it("says nothing on standard error with --quiet, but a backup that may exist and a failure are told", async () => {
    await using the = await house();
    const quiet = () => rotate(the.mock.url, the.state, "--quiet");
    const first = await quiet();
    expect([first.code, first.stderr]).toEqual([0, ""]);
    expect(JSON.parse(first.stdout).made).toHaveLength(1);
    the.mock.respond("createManualBackup", { fault: "reset" });
    const lost = await quiet();
    expect([lost.code, lost.stderr]).toEqual([3, expect.stringMatching(/made none, .*\n.*it is not known whether/s)]);
    const next = await quiet();
    expect([next.code, next.stderr]).toEqual([
      0,
      expect.stringMatching(/^geminidb-backup: .* may have been made at .*\n$/),
    ]);
  });
  it("prints a table, if wanted", async () => {
    await using the = await house();
    const { stdout } = await rotate(the.mock.url, the.state, "--output", "text");
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ {2,}/));
    const [backup] = the.mock.backups;
    expect(lines[0]).toEqual(["status", "name", "backup_id", "since"]);
    expect(lines.slice(1).map(([status, name, id]) => [status, name, id])).toEqual([
      ["made", backup?.name, backup?.backup_id],
      ["kept", backup?.name, backup?.backup_id],
    ]);
  });
  it("prints a table of what it would do, if that is wanted", async () => {
    await using the = await house();
    for (let turn = 1; turn <= 2; turn++) await the.rotate();
    const { stdout } = await rotate(the.mock.url, the.state, "--output", "text", "--dry-run");
    const rows = stdout.split("\n").map((line) => line.split(/ {2,}/).slice(0, 2));
    const [first, second] = namesOf(the.mock.backups);
    expect(rows.slice(1, 4)).toEqual([
      ["would make", expect.stringMatching(/^nightly-/)],
      ["would delete", first],
      ["would keep", second],
    ]);
  });
  it("prints no character of an ID that would steer the terminal", async () => {
    await using server = await listen((_, response) => json(response, 202, { job_id: "j", backup_id: "b\u001b[2J" }));
    const state = join(await newFolder(), "nightly.json");
    const { code, stdout } = await rotate(server.url, state, "--output", "text");
    expect(code).toBe(0);
    expect(stdout).toContain("b?[2J");
    expect(stdout).not.toContain("\u001b");
  });
  it("says what it would do, sends nothing and leaves the state alone", async () => {
    await using the = await house();
    for (let turn = 1; turn <= 2; turn++) await rotate(the.mock.url, the.state);
    const before = await readFile(the.state, "utf8");
    const { code, stdout, stderr } = await rotate(the.mock.url, the.state, "--dry-run");
    const plan = JSON.parse(stdout);
    expect([code, plan.made.length, namesOf(plan.deleted)]).toEqual([0, 1, [the.mock.backups[0]?.name]]);
    expect(stderr).toMatch(/would make nightly-[\d-]+, delete 1 and keep 1 more; unknown 0\n/);
    expect(stderr).toMatch(/this was a dry run: nothing was sent/);
    const quiet = await rotate(the.mock.url, the.state, "--dry-run", "--quiet");
    expect(quiet).toMatchObject({ code: 0, stdout: expect.stringContaining('"made":'), stderr: "" });
    expect(await readFile(the.state, "utf8")).toBe(before);
    expect(the.mock.requests).toHaveLength(2);
  });
  it.each([
    ["--timeout", "many"],
    ["--auth", "nonsense"],
    ["--base-url", "ftp://x"],
    ["--project-id", ".."],
    ["--project-id", ""],
    ["--name-prefix", "1st"],
  ])("a dry run refuses what a run would refuse: %s %s", async (flag, value) => {
    const rest = usual.filter((one) => !one.startsWith(flag));
    for (const mode of [["--dry-run"], []]) {
      const state = join(await newFolder(), "nightly.json");
      const args = ["rotate", "--state", state, ...rest, `${flag}=${value}`, ...mode];
      const { code, stdout, stderr } = await command("http://127.0.0.1:9", args);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(flag);
      expect(await readdir(join(state, "..")), "nothing is written").toEqual([]);
    }
  });
  it("a dry run ends with 75 while a run is under way, whose backup it would call unknown", async () => {
    await using the = await house();
    the.mock.respond("createManualBackup", { delay: 2_000 });
    const first = rotate(the.mock.url, the.state);
    await expect.poll(() => the.mock.requests.length, { timeout: 20_000 }).toBe(1);
    const { code, stdout, stderr } = await rotate(the.mock.url, the.state, "--dry-run");
    expect([code, stdout]).toEqual([75, ""]);
    expect(stderr).toMatch(/^geminidb-backup: .*nightly\.json is in use by process \d+ on .*\n$/);
    expect((await first).code).toBe(0);
    expect((await rotate(the.mock.url, the.state, "--dry-run")).code).toBe(0);
  });
  it.skipIf(process.platform === "win32")(
    "a dry run refuses a folder that cannot be written, as a run does",
    async () => {
      // Not in the folder of these tests, which no other user can enter.
      const folder = await mkdtemp("/tmp/geminidb-backup-read-only-");
      await chmod(folder, 0o555);
      // The other user cannot write where `npm run coverage` collects.
      const env = variables({ GEMINIDB_URL: "http://127.0.0.1:9", NODE_V8_COVERAGE: "" });
      try {
        for (const mode of [["--dry-run"], []]) {
          const args = ["rotate", "--state", join(folder, "nightly.json"), ...usual, ...mode];
          const { status, stderr } = spawnSync(process.execPath, [...asNobody, "command", ...args], { env });
          expect([status, String(stderr)]).toEqual([
            2,
            expect.stringMatching(
              /nightly\.json cannot be (written|locked with \/\S+\.lock): permission is denied\. Nothing was sent\n$/,
            ),
          ]);
        }
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  );
});

/** A state in a folder in which everybody may write. The folder of these tests is one that no other user can enter. */
async function withSharedState(work: (state: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp("/tmp/geminidb-backup-shared-");
  await chmod(folder, 0o777);
  try {
    await work(join(folder, "nightly.json"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.skipIf(process.getuid?.() !== 0)("the lock of the administrator", () => {
  // The other user cannot write where `npm run coverage` collects.
  const rotateAsNobody = (url: string, state: string) =>
    run(process.execPath, [...asNobody, "command", "rotate", "--state", state, ...usual], {
      env: variables({ GEMINIDB_URL: url, NODE_V8_COVERAGE: "" }),
    });

  it("ends a run of another user with 75 while it is held", () =>
    withSharedState(async (state) => {
      const lock = await fileStore(state).lock();
      const { code, stderr } = await rotateAsNobody("http://127.0.0.1:9", state);
      await lock.release();
      expect([code, stderr]).toEqual([75, expect.stringMatching(/is in use by process \d+ .*nightly\.json\.lock/)]);
    }));
  it("is taken over by another user when its run was killed, whatever its umask was", () =>
    withSharedState(async (state) => {
      await using the = await house();
      const script = `import { fileStore } from "geminidb-backup/rotate"; await fileStore(process.argv[1]).lock(); process.kill(process.pid, "SIGKILL")`;
      const parameters = [process.execPath, "--input-type=module", "-e", script, state];
      await run("sh", ["-c", `umask 077; exec "$0" "$@"`, ...parameters], { cwd: root });
      expect(await readdir(join(state, ".."))).toEqual(["nightly.json.lock"]);
      const { code, stderr } = await rotateAsNobody(the.mock.url, state);
      expect(code, stderr).toBe(0);
      expect(the.mock.backups).toHaveLength(1);
    }));
  it("is named when another user may not read it", () =>
    withSharedState(async (state) => {
      await writeFile(`${state}.lock`, "", { mode: 0o600 });
      const { code, stderr } = await rotateAsNobody("http://127.0.0.1:9", state);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(
          /cannot be locked with \/\S+nightly\.json\.lock: permission is denied\. Nothing was sent\n$/,
        ),
      ]);
    }));
});

/** Whether a file can be mounted in the place of another one here, where no other process sees it. */
const canMount = spawnSync("unshare", ["-m", "true"]).status === 0;

it.skipIf(!canMount)("a dry run ends with 2, as a run does, when the state is mounted by itself", async () => {
  const folder = await newFolder();
  const state = join(folder, "my nightly.json");
  const url = "http://127.0.0.1:9";
  await writeFile(
    state,
    JSON.stringify({ version: 1, baseUrl: url, project_id: "p", instance_id: "i", namePrefix: "nightly", backups: [] }),
  );
  const script = `mount --bind "$1" "$1" && shift && exec "$@"`;
  for (const more of [["--dry-run"], []]) {
    const parameters = [process.execPath, cli, "rotate", "--state", state, ...usual, ...more];
    const env = variables({ GEMINIDB_URL: url });
    const { code, stdout, stderr } = await run("unshare", ["-m", "sh", "-c", script, "sh", state, ...parameters], {
      env,
    });
    expect([code, stdout, stderr]).toEqual([
      2,
      "",
      expect.stringMatching(
        /cannot be written: it is mounted by itself\. Mount its folder in its place\. Nothing was sent\n$/,
      ),
    ]);
    expect(await readdir(folder), "nothing is left beside it").toEqual(["my nightly.json"]);
  }
});

it.each<[string, (state: string) => Promise<unknown>, RegExp]>([
  ["is damaged", (state) => writeFile(state, "{"), /is damaged/],
  ["is a folder", (state) => mkdir(state), /is not a regular file/],
  ["has a folder in the place of its lock", (state) => mkdir(`${state}.lock`), /is not a regular file\. Remove it/],
  [
    "stands in a folder that is not there",
    (state) => rm(join(state, ".."), { recursive: true }),
    /its folder does not/,
  ],
])("a dry run ends with 2, as a run does, when the state %s", async (_, change, message) => {
  for (const more of [["--dry-run"], []]) {
    const state = join(await newFolder(), "nightly.json");
    await change(state);
    const { code, stdout, stderr } = await rotate("http://127.0.0.1:9", state, ...more);
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
    expect(stderr).toMatch(/Nothing was sent\n$/);
  }
});

describe("the state of another project or service is refused, which a variable that was left behind would choose", () => {
  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ["another project", { HUAWEICLOUD_SDK_PROJECT_ID: "other" }, /belongs to the project "p", not to "other"\. /],
    [
      "another port",
      { GEMINIDB_URL: "http://127.0.0.1:9" },
      /belongs to the service "http:[^"]+", not to "http:[^"]+"\. /,
    ],
  ])("%s", async (_, variable, message) => {
    await using the = await house();
    for (let turn = 1; turn <= 2; turn++) await the.rotate();
    const before = await readFile(the.state, "utf8");
    for (const mode of [["--dry-run"], []]) {
      const args = ["rotate", "--state", the.state, ...usual, ...mode];
      const { code, stdout, stderr } = await command(the.mock.url, args, variable);
      expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
      expect(stderr).toMatch(/Nothing was sent\n$/);
    }
    expect(await readFile(the.state, "utf8")).toBe(before);
    expect([the.mock.requests.length, the.mock.backups.length]).toEqual([2, 2]);
  });
});

it("deletes anyway, if it is told so, and only then", async () => {
  await using the = await house();
  for (let turn = 1; turn <= 3; turn++) await the.rotate({ keep: 9 });
  const full = { example: "DBS.280042" };
  the.mock.respond("createManualBackup", full, full);
  const refused = await rotate(the.mock.url, the.state);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(
    /DBS\.280042.* run it once with --delete-anyway: it deletes the backups beyond --keep although no new one was made\n$/,
  );
  expect(the.mock.backups).toHaveLength(3);
  const forced = await rotate(the.mock.url, the.state, "--delete-anyway");
  expect([forced.code, forced.stderr.includes("--delete-anyway")]).toEqual([1, false]);
  expect(the.mock.backups).toHaveLength(2);
  // Now there are as many as --keep says, and deleting more would not help.
  the.mock.respond("createManualBackup", full);
  expect((await rotate(the.mock.url, the.state)).stderr).toMatch(
    / give a smaller --keep, once together with --delete-anyway: the new backup is made before an old one is deleted\n$/,
  );
});

it("says that a full account needs room elsewhere where the rotation may delete none, also with --delete-anyway", async () => {
  await using the = await house();
  await the.rotate();
  for (const flags of [[], ["--delete-anyway"]]) {
    the.mock.respond("createManualBackup", { example: "DBS.280042" });
    const { stderr } = await rotate(the.mock.url, the.state, ...flags);
    expect(stderr).toMatch(/DBS\.280042.*If the quota is used up, delete a backup that this rotation did not make/);
    expect(stderr).not.toContain("--delete-anyway");
  }
});

it("does not speak of the quota where the account is not full", async () => {
  await using the = await house();
  await the.rotate();
  the.mock.respond("createManualBackup", { example: "DBS.280015" });
  expect((await rotate(the.mock.url, the.state)).stderr).not.toMatch(/quota|--delete-anyway/);
});

it("tells its attempts with --verbose", async () => {
  await using the = await house();
  expect((await rotate(the.mock.url, the.state, "--verbose")).stderr).toMatch(
    /attempt 1: POST http.*\n.*attempt 1: 202 after/,
  );
});

describe("exit codes", () => {
  it("3 when the new name is taken: a proxy has sent the create twice, and the first was carried out", async () => {
    await using the = await house();
    the.mock.respond("createManualBackup", { example: "DBS.201201", done: true });
    const { code, stdout, stderr } = await rotate(the.mock.url, the.state);
    const name = String(the.mock.backups[0]?.name);
    expect([code, namesOf(JSON.parse(stdout).unknown)]).toEqual([3, [name]]);
    expect(stderr).toContain(`it is not known whether ${name} was made: `);
    expect(stderr).toContain(`run again with --found ${name}=ITS_ID`);
  });
  it("3 when the backup was made, but the state cannot be written", async () => {
    const state = join(await newFolder(), "nightly.json");
    await using server = await listen(async (_, response) => {
      // A folder in the place of the file, while the service works.
      await rm(state);
      await mkdir(state);
      json(response, 202, { job_id: "j", backup_id: "b" });
    });
    const { code, stdout, stderr } = await rotate(server.url, state);
    expect([code, JSON.parse(stdout).made.length]).toEqual([3, 1]);
    expect(stderr).toMatch(/was not recorded: .*nightly\.json/);
  });
  it("75 when the state can be written no more before the create: it was not begun, and nothing is unknown", async () => {
    const state = join(await newFolder(), "nightly.json");
    const requests: unknown[] = [];
    await using server = await listen(async (request, response) => {
      requests.push(request.method);
      // A folder in the place of the file, while the service refuses a delete that an earlier run has decided.
      await rm(state);
      await mkdir(state);
      json(response, 400, { error_code: "DBS.280404", error_msg: "no" });
    });
    const backups = ["deleting", "made"].map((status) => ({ status, name: status, backup_id: status, since: "2026" }));
    const owner = { baseUrl: server.url, project_id: "p", instance_id: "i", namePrefix: "nightly" };
    await writeFile(state, JSON.stringify({ version: 1, ...owner, backups }));
    const { code, stdout, stderr } = await rotate(server.url, state);
    expect([code, requests]).toEqual([75, ["DELETE"]]);
    expect(JSON.parse(stdout)).toMatchObject({ made: [], deleted: [], unknown: [] });
    expect(stderr).toMatch(/nightly-[\d-]+ was not made: .*nightly\.json cannot be written: /);
  });
  it("75 while a run elsewhere holds the state, which is named", async () => {
    await using the = await house();
    const holder = { id: "1", pid: 7, host: "elsewhere", machine: "m", started: "1", since: "2026-01-01" };
    await writeFile(`${the.state}.lock`, JSON.stringify(holder));
    const { code, stdout, stderr } = await rotate(the.mock.url, the.state);
    expect([code, stdout]).toEqual([75, ""]);
    expect(stderr).toMatch(/nightly\.json is in use by process 7 on elsewhere/);
  });
  it("130 when it is interrupted while the create is under way, and the backup that may exist is listed", async () => {
    await using the = await house();
    the.mock.respond("createManualBackup", { delay: 60_000 });
    const { signals, ended } = begin(["rotate", "--state", the.state, ...usual], { GEMINIDB_URL: the.mock.url });
    await expect.poll(() => the.mock.requests.length).toBe(1);
    signals.emit("SIGINT");
    const { code, stdout, stderr } = await ended;
    const [record] = await recordsOf(the.state);
    expect([code, record?.status, namesOf(JSON.parse(stdout).unknown)]).toEqual([130, "unknown", [record?.name]]);
    expect(stderr).toContain(`it is not known whether ${record?.name} was made: interrupted`);
  });
  it("130 when it is interrupted after the service has refused, and no backup is listed, since none was made", async () => {
    await using the = await house();
    the.mock.respond("createManualBackup", { example: "DBS.200019" });
    const args = [
      "rotate",
      "--state",
      the.state,
      ...usual.filter((one) => !one.startsWith("--retries")),
      "--retries=2",
      "--verbose",
    ];
    const { signals, ended, output } = begin(args, { GEMINIDB_URL: the.mock.url });
    await expect.poll(output).toContain("waiting 1");
    signals.emit("SIGINT");
    const { code, stderr } = await ended;
    expect([code, await recordsOf(the.state)]).toEqual([130, []]);
    expect(stderr).toMatch(/nightly-[\d-]+ was not made: interrupted/);
    expect(stderr).not.toContain("may exist");
  });
  it("3 when standard output cannot be written: the result is on standard error instead", async () => {
    await using the = await house();
    const args = ["rotate", "--state", the.state, ...usual];
    const env = { GEMINIDB_URL: the.mock.url };
    const { code, stderr } = await begin(args, env, "", { stdout: new Unwritable("ENOSPC") }).ended;
    expect(code).toBe(3);
    expect(stderr).toMatch(/the state lists what was done, but standard output .* \(ENOSPC\): \{"made":\[\{/);
    const asText = await begin([...args, "--output=text"], env, "", { stdout: new Unwritable("ENOSPC") }).ended;
    expect(asText.stderr).toMatch(/but standard output .* \(ENOSPC\):\n[^?]*\nmade +nightly-[\d-]+ [^?]*\n$/s);
    the.mock.respond("createManualBackup", { example: "APIGW.0301" });
    const failed = await begin(args, env, "", { stdout: new Unwritable("ENOSPC") }).ended;
    expect(failed.code).toBe(4);
    expect(failed.stderr).toMatch(/this was done, but standard output .*\n.*APIGW\.0301/);
  });
  it.each<["SIGINT" | "SIGTERM", number]>([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])("%s while it waits for the lock: nothing was made", async (signal, expected) => {
    await using the = await house();
    // A lock that was never finished is waited for.
    await writeFile(`${the.state}.lock`, "");
    const before = new Date(Date.now() - 11_000);
    await utimes(`${the.state}.lock`, before, before);
    const { signals, ended } = begin(["rotate", "--state", the.state, ...usual], { GEMINIDB_URL: the.mock.url });
    await expect.poll(() => signals.listenerCount(signal), { interval: 1 }).toBe(1);
    signals.emit(signal);
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([expected, expect.stringMatching(/interrupted|terminated/)]);
    expect(the.mock.requests).toHaveLength(0);
  });
  it.each<[string, object, number, RegExp]>([
    ["a refusal", { example: "DBS.280404" }, 1, /was not made: createManualBackup: 400 DBS\.280404/],
    ["a full account", { example: "DBS.280042" }, 1, /was not made: .*DBS\.280042/],
    ["a lost answer", { fault: "reset" }, 3, /it is not known whether nightly-[\d-]+ was made/],
    ["credentials that the service does not take", { example: "APIGW.0301" }, 4, /APIGW\.0301/],
    ["a busy instance", { example: "DBS.200019" }, 75, /DBS\.200019/],
  ])("%s in the create", async (_, reply, expected, message) => {
    await using the = await house();
    the.mock.respond("createManualBackup", reply);
    const { code, stdout, stderr } = await rotate(the.mock.url, the.state);
    expect([code, stderr]).toEqual([expected, expect.stringMatching(message)]);
    expect(JSON.parse(stdout).made).toEqual([]);
  });
  it("of several failures, the one that a person must look at first decides", async () => {
    await using the = await house();
    for (let turn = 1; turn <= 3; turn++) await the.rotate({ keep: 9 });
    the.mock.respond("deleteManualBackup", { example: "DBS.201014" }, { example: "APIGW.0301" });
    const { code, stdout, stderr } = await rotate(the.mock.url, the.state);
    expect(code).toBe(4);
    expect(stderr).toMatch(/was not deleted: .*DBS\.201014.* nightly-[\d-]+ was not deleted: .*APIGW\.0301/);
    expect(JSON.parse(stdout).made).toHaveLength(1);
  });
  it.each<[string, object, RegExp]>([
    ["is busy", { example: "DBS.200019" }, /was not deleted: .*DBS\.200019/],
    ["refuses", { example: "DBS.201014" }, /was not deleted: .*DBS\.201014/],
    ["does not answer", { fault: "reset" }, /it is not known whether nightly-[\d-]+ was deleted/],
  ])(
    "5 when a backup was made, but the delete of an older one %s: the next run deletes it",
    async (_, reply, message) => {
      await using the = await house();
      for (let turn = 1; turn <= 2; turn++) await the.rotate();
      the.mock.respond("deleteManualBackup", reply);
      const { code, stdout, stderr } = await rotate(the.mock.url, the.state);
      const [made] = JSON.parse(stdout).made;
      expect([code, stderr]).toEqual([5, expect.stringMatching(message)]);
      const end = `. Only the delete failed: ${made.name} was made, and the next run repeats the delete\n`;
      expect(stderr.endsWith(end), stderr).toBe(true);
      const next = await rotate(the.mock.url, the.state);
      expect([next.code, namesOf(JSON.parse(next.stdout).kept)]).toEqual([0, namesOf(the.mock.backups)]);
      expect(the.mock.backups).toHaveLength(2);
    },
  );
  it("75 when an earlier delete got no answer and the instance is busy: the next run does both", async () => {
    await using the = await house();
    for (let turn = 1; turn <= 2; turn++) await the.rotate();
    the.mock.respond("deleteManualBackup", { example: "DBS.200019" });
    expect((await rotate(the.mock.url, the.state)).code).toBe(5);
    the.mock.respond("deleteManualBackup", { fault: "reset" });
    the.mock.respond("createManualBackup", { example: "DBS.200019" });
    const { code, stderr } = await rotate(the.mock.url, the.state);
    expect([code, stderr]).toEqual([75, expect.stringMatching(/it is not known whether nightly-[\d-]+ was deleted/)]);
    expect((await rotate(the.mock.url, the.state)).code).toBe(0);
    expect(the.mock.backups).toHaveLength(2);
  });
  it("3 when a backup was made, a delete failed, and nobody reads standard output", async () => {
    await using the = await house();
    for (let turn = 1; turn <= 2; turn++) await the.rotate();
    the.mock.respond("deleteManualBackup", { example: "DBS.200019" });
    const args = ["rotate", "--state", the.state, ...usual];
    const { code, stderr } = await begin(args, { GEMINIDB_URL: the.mock.url }, "", { stdout: new Unwritable("EPIPE") })
      .ended;
    expect([code, stderr]).toEqual([3, expect.stringMatching(/this was done, but standard output .*\n.*DBS\.200019/)]);
  });
  it("2 for a wrong input and 4 for credentials, in this order", async () => {
    const run = (...args: string[]) =>
      command("http://127.0.0.1:9", ["rotate", "--state", "none", ...usual.slice(2), ...args], { OS_TOKEN: "" });
    expect((await run("--instance-id=i", "--name-prefix=1st")).code).toBe(2);
    expect((await run("--instance-id=i", "--name-prefix=nightly")).code).toBe(4);
  });
  it("2 when the service cannot be reached, now or later: nothing was sent, and nothing is listed", async () => {
    const state = join(await newFolder(), "nightly.json");
    const { code, stderr } = await rotate("http://127.0.0.1:25", state);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/was not made: .*: bad port\. Nothing was sent$/m)]);
    expect(await recordsOf(state)).toEqual([]);
  });
  it("a name that may exist is told by every run, with what to look for", async () => {
    await using the = await house();
    the.mock.respond("createManualBackup", { fault: "reset" });
    const first = await rotate(the.mock.url, the.state);
    const [lost] = the.mock.backups;
    const hint = `${lost?.name} may have been made at`;
    expect([first.code, first.stderr.includes(hint)]).toEqual([3, true]);
    expect(first.stderr).toContain(`--found ${lost?.name}=ITS_ID`);
    const second = await rotate(the.mock.url, the.state);
    expect([second.code, second.stderr.includes(hint)]).toEqual([0, true]);
    const third = await rotate(the.mock.url, the.state, "--found", `${lost?.name}=${lost?.backup_id}`);
    expect([third.code, third.stderr.includes("may have been made")]).toEqual([0, false]);
    expect(namesOf(JSON.parse(third.stdout).deleted)).toEqual([lost?.name]);
  });
  it("3 when standard output is full: the result is on standard error instead", async () => {
    await using the = await house();
    const { code, stderr } = await rotateOntoFullDisk(the.mock.url, the.state);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /the state lists what was done, but standard output cannot be written \(ENOSPC\): \{"made":\[\{/,
    );
    expect(the.mock.backups).toHaveLength(1);
  });
  it("that of the failure when standard output is full as well", async () => {
    await using the = await house();
    the.mock.respond("createManualBackup", { example: "APIGW.0301" });
    const { code, stderr } = await rotateOntoFullDisk(the.mock.url, the.state);
    expect([code, stderr]).toEqual([4, expect.stringContaining("APIGW.0301")]);
  });
  it("75 while another run holds the state, which is named", async () => {
    await using the = await house();
    the.mock.respond("createManualBackup", { delay: 2_000 });
    const first = rotate(the.mock.url, the.state);
    await expect.poll(() => the.mock.requests.length, { timeout: 20_000 }).toBe(1);
    const second = await rotate(the.mock.url, the.state);
    expect([second.code, second.stdout]).toEqual([75, ""]);
    expect(second.stderr).toMatch(/nightly\.json is in use by process \d+ on /);
    expect((await first).code).toBe(0);
  });
  it("75 when the service cannot be reached: nothing was made, and the state stays empty", async () => {
    const state = join(await newFolder(), "nightly.json");
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const { code, stderr } = await rotate(`http://127.0.0.1:${port}`, state);
    expect([code, stderr]).toEqual([75, expect.stringMatching(/was not made: .*Nothing was sent/)]);
    expect(await recordsOf(state)).toEqual([]);
  });
  it("2 for a state that is damaged", async () => {
    await using the = await house();
    await writeFile(the.state, "{");
    const { code, stdout, stderr } = await rotate(the.mock.url, the.state);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^geminidb-backup: .*nightly\.json is damaged.* Nothing was sent\n$/);
    expect(the.mock.requests).toHaveLength(0);
  });
});

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends it at once with %i, and the backup that may exist is listed", async (signal, expected) => {
  await using mock = await startMock({ port: 0, backups: [] });
  mock.respond("createManualBackup", { delay: 60_000 });
  const state = join(await newFolder(), "nightly.json");
  const env = variables({ GEMINIDB_URL: mock.url });
  const { child, ended } = start(["rotate", "--state", state, ...usual], env);
  await expect.poll(() => mock.requests.length, { timeout: 20_000 }).toBe(1);
  // What anybody on the machine can see of it while it runs.
  if (process.platform === "linux") expect(await readFile(`/proc/${child.pid}/cmdline`, "utf8")).not.toContain(secret);
  child.kill(signal);
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(expected);
  const [record] = await recordsOf(state);
  expect(record).toMatchObject({ status: "unknown" });
  expect(stderr).toContain(
    `it is not known whether ${record?.name} was made: ${signal === "SIGINT" ? "interrupted" : "terminated"}`,
  );
  expect(namesOf(JSON.parse(stdout).unknown)).toEqual([record?.name]);
});

it("SIGINT ends it also while it waits for standard input", async () => {
  const env = variables({ GEMINIDB_URL: "http://127.0.0.1:9" });
  const child = spawn(process.execPath, [cli, "rotate", "--state", "none", ...usual, "--database-tables", "-"], {
    env,
  });
  // It reads from the pipe as soon as it waits for the input: only then more than the buffer of the pipe can be written.
  await new Promise((resolve) => child.stdin.write(Buffer.alloc(2 ** 19, " "), resolve));
  child.kill("SIGINT");
  const ending = await new Promise((resolve) => child.once("close", (...how) => resolve(how)));
  expect(ending).toEqual([null, "SIGINT"]);
});

describe("wrong usage ends with 2 and one sentence, and nothing is sent", () => {
  it.each<[string, string[], RegExp]>([
    ["no keep", ["--keep", "0"], /--keep must be a whole number, 1 or more: the last backup is never deleted$/m],
    ["a keep in words", ["--keep", "many"], /--keep must be a whole number, 1 or more/],
    ["a bad prefix", ["--name-prefix=1st"], /--name-prefix with the date and time makes "1st-/],
    ["a found that is no pair", ["--found", "nightly"], /--found must be NAME=ID/],
    [
      "a found that is not listed",
      ["--found", "nightly=1"],
      /--found names "nightly", which .* does not list as unknown/,
    ],
    ["a found that is a name of JavaScript", ["--found", "__proto__=1"], /--found names "__proto__"/],
    ["the hint as it stands", ["--found", "nightly=ITS_ID"], /put the ID of the backup in the place of ITS_ID$/m],
    [
      "a found that is nearly none",
      ["--found", "nightly=NONE"],
      /--found must give nightly the ID of a backup, or "none"/,
    ],
    ["a found with too much", ["--found", "nightly=1=2"], /--found must be NAME=ID/],
    ["a found that is there twice", ["--found", "nightly=1, nightly=2"], /--found names one backup twice/],
    ["a misspelled flag", ["--keeep", "3"], /there is no flag --keeep: did you mean --keep\?/],
    ["a token", ["--token", secret], /--token is refused/],
    ["a name, which the rotation chooses", ["--name", "x"], /there is no flag --name/],
  ])("%s", async (_, args, message) => {
    await using the = await house();
    const rest = usual.filter((flag) => args[0]?.split("=")[0] !== flag.split("=")[0]);
    const { code, stdout, stderr } = await command(the.mock.url, ["rotate", "--state", the.state, ...rest, ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(the.mock.requests).toHaveLength(0);
  });
  it("names every flag that is missing at once", async () => {
    const { code, stderr } = await command("http://127.0.0.1:1", ["rotate", "--keep", "2"]);
    expect([code, stderr]).toEqual([
      2,
      "geminidb-backup: missing: --instance-id, --name-prefix, --state. --help explains them\n",
    ]);
  });
});
