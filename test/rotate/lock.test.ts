/** Who may rotate, and when a lock counts as left behind. */

import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import promises, { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { fileStore, LockedError, planRotation, StateError } from "geminidb-backup/rotate";
import { expect, it, vi } from "vitest";
import { failing } from "../support/http.js";
import { newFolder, setup } from "./setup.js";

/** The lock of a run that holds it in this process. */
async function ownLock(state: string): Promise<Record<string, unknown>> {
  const lock = await fileStore(state).lock();
  const text = await readFile(`${state}.lock`, "utf8");
  await lock.release();
  return JSON.parse(text);
}

/** Replaces a function of the file system for a while. */
function replaced<Name extends "open" | "readFile" | "rename">(
  name: Name,
  replacement: (real: (typeof promises)[Name]) => (...parameters: unknown[]) => unknown,
): Disposable {
  const real = promises[name];
  const change = (value: unknown) => {
    Object.assign(promises, { [name]: value });
    // Without this, modules that import the function by its name would still have the other one.
    syncBuiltinESMExports();
  };
  change(replacement(real));
  return { [Symbol.dispose]: () => change(real) };
}

/** Hides a process in /proc, as hidepid=2, an option of its mount, hides those of other users. */
function hide(pid: number | undefined): Disposable {
  return replaced("readFile", (real) => async (path, ...rest) => {
    if (path === `/proc/${pid}/stat`) throw Object.assign(new Error("hidden"), { code: "ENOENT" });
    return real(path as string, ...(rest as []));
  });
}

/** The empty lock of a run that has made it some milliseconds ago. */
async function emptyLock(state: string, age: number): Promise<void> {
  await writeFile(`${state}.lock`, "");
  const then = new Date(Date.now() - age);
  await utimes(`${state}.lock`, then, then);
}

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", "0"]);
  await once(child, "exit");
  return child.pid ?? 0;
}

it("nobody else rotates while one run does, also in the same process", async () => {
  await using house = await setup();
  const lock = await fileStore(house.state).lock();
  const error = await failing<LockedError>(house.rotate());
  expect(error).toBeInstanceOf(LockedError);
  expect(error.holder).toMatchObject({ pid: process.pid, host: hostname() });
  expect(error.message).toMatch(
    /nightly\.json is in use by process \d+ on .*, since 20.*Z \(.*\.lock\)\. Try again when it has ended$/,
  );
  expect(house.mock.requests).toHaveLength(0);
  await lock.release();
  await house.rotate();
  expect(await readdir(dirname(house.state))).toEqual(["nightly.json"]);
});

it.each<[string, (holder: Record<string, unknown>) => Promise<unknown>]>([
  ["has ended", async (holder) => ({ ...holder, pid: await deadProcess() })],
  ["has ended, and whose number another process has got", async (holder) => ({ ...holder, started: "1" })],
])("the lock of a process that %s is taken over", async (_, change) => {
  await using house = await setup();
  const holder = await change(await ownLock(house.state));
  await writeFile(`${house.state}.lock`, JSON.stringify(holder));
  await house.rotate();
  expect(await readdir(dirname(house.state))).toEqual(["nightly.json"]);
});

it("so is one that was never finished, and one of a run that died while it took over another", async () => {
  await using house = await setup();
  await emptyLock(house.state, 11_000);
  await house.rotate();
  const dead = { ...(await ownLock(house.state)), pid: await deadProcess() };
  await writeFile(`${house.state}.lock`, JSON.stringify({ ...dead, id: "first" }));
  await writeFile(`${house.state}.lock.first`, JSON.stringify({ ...dead, id: "second" }));
  await house.rotate();
  expect(await readdir(dirname(house.state))).toEqual(["nightly.json"]);
});

it("the claim of a run that was killed while it took over a lock is removed by the next run", async () => {
  await using house = await setup();
  const claim = `nightly.json.lock.${randomUUID()}`;
  const other = "nightly.json.lock.txt";
  for (const name of [claim, other]) await writeFile(join(dirname(house.state), name), "{}");
  await house.rotate();
  expect((await readdir(dirname(house.state))).sort()).toEqual(["nightly.json", other]);
});

it("so is the claim on a lock that was never finished", async () => {
  await using house = await setup();
  await emptyLock(house.state, 11_000);
  {
    // The run ends between its claim and the rename, as if it was killed there.
    using _ = replaced("rename", () => () => Promise.reject(new Error("killed")));
    expect((await failing(house.rotate())).message).toBe("killed");
  }
  expect(await readdir(dirname(house.state))).toHaveLength(2);
  // Somebody removes the empty lock by hand.
  await rm(`${house.state}.lock`);
  await house.rotate();
  expect(await readdir(dirname(house.state))).toEqual(["nightly.json"]);
});

it("an empty lock that another run is making is not taken for the one that was left behind before", async () => {
  await using house = await setup();
  await emptyLock(house.state, 11_000);
  const isClaim = (path: unknown) => String(path).startsWith(`${house.state}.lock.`);
  // While this run makes its claim, others take the place of the dead holder, end, and begin.
  using _ = replaced("open", (real) => async (path, ...rest) => {
    if (isClaim(path)) await emptyLock(house.state, 0);
    return real(path as string, ...(rest as []));
  });
  expect(await failing(house.rotate())).toMatchObject({ name: "LockedError", holder: undefined });
  expect(house.mock.requests).toEqual([]);
  expect(await readFile(`${house.state}.lock`, "utf8")).toBe("");
});

it("one that is empty is respected for ten seconds, because another run may be about to fill it", async () => {
  await using house = await setup();
  await writeFile(`${house.state}.lock`, "");
  expect(await failing(house.rotate())).toMatchObject({
    name: "LockedError",
    message: `${house.state} is being locked by another run (${house.state}.lock). Try again`,
  });
  expect(house.mock.requests).toEqual([]);
});

it("the lock of another machine is respected as long as it is renewed", async () => {
  await using house = await setup();
  const elsewhere = { ...(await ownLock(house.state)), host: "elsewhere", pid: 7 };
  await writeFile(`${house.state}.lock`, JSON.stringify(elsewhere));
  const { message } = await failing(house.rotate());
  expect(message).toContain("in use by process 7 on elsewhere");
  const [, time = ""] =
    /Try again when it has ended\. If it was killed, .* ten minutes .*, from (\S+) on$/.exec(message) ?? [];
  expect(Date.parse(time) - Date.now(), message).toBeGreaterThan(500_000);
  const hourAgo = new Date(Date.now() - 3_600_000);
  await utimes(`${house.state}.lock`, hourAgo, hourAgo);
  await house.rotate();
  expect(house.mock.backups).toHaveLength(1);
});

it("one from a time that has not come yet is respected no longer: a clock was wrong", async () => {
  await using house = await setup();
  const elsewhere = { ...(await ownLock(house.state)), host: "elsewhere", pid: 7 };
  await writeFile(`${house.state}.lock`, JSON.stringify(elsewhere));
  const nextYear = new Date(Date.now() + 365 * 86_400_000);
  await utimes(`${house.state}.lock`, nextYear, nextYear);
  await house.rotate();
  expect(house.mock.backups).toHaveLength(1);
});

it("so is that of another container, and one whose process cannot be told from a later one", async () => {
  await using house = await setup();
  const own = await ownLock(house.state);
  const hourAgo = new Date(Date.now() - 3_600_000);
  for (const holder of [
    // The numbers of processes are those of another container, though it has the same name.
    { ...own, machine: "other", pid: await deadProcess() },
    { ...own, started: "" },
  ]) {
    await writeFile(`${house.state}.lock`, JSON.stringify(holder));
    expect((await failing(house.rotate())).message).toMatch(/in use by process .* If it was killed, /);
    await utimes(`${house.state}.lock`, hourAgo, hourAgo);
    await house.rotate();
  }
  expect(house.mock.backups).toHaveLength(2);
});

it("so is one whose number a process has that /proc hides, and that may be another one", async () => {
  await using house = await setup();
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  using _ = hide(other.pid);
  const holder = { ...(await ownLock(house.state)), pid: other.pid, started: "1" };
  await writeFile(`${house.state}.lock`, JSON.stringify(holder));
  expect((await failing(house.rotate())).message).toMatch(/in use by process .* If it was killed, /);
  const hourAgo = new Date(Date.now() - 3_600_000);
  await utimes(`${house.state}.lock`, hourAgo, hourAgo);
  await house.rotate();
  expect(house.mock.backups).toHaveLength(1);
  other.kill();
});

it.skipIf(process.platform !== "linux")(
  "that of a process that has ended, and that nobody has waited for, is taken over",
  async () => {
    await using house = await setup();
    // The shell starts a process, becomes another program before that ends, and so never asks how it ended.
    const shell = spawn("sh", ["-c", "sleep 0.5 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    const [line] = await once(shell.stdout, "data");
    const pid = Number(line);
    const stateOf = () => readFile(`/proc/${pid}/stat`, "latin1");
    await expect.poll(stateOf).toMatch(/\) Z /);
    const started = (await stateOf()).split(") ")[1]?.split(" ")[19];
    await writeFile(`${house.state}.lock`, JSON.stringify({ ...(await ownLock(house.state)), pid, started }));
    await house.rotate();
    shell.kill();
    expect(house.mock.backups).toHaveLength(1);
  },
);

it("a run whose lock was taken over writes nothing more", async () => {
  const state = `${await newFolder()}/nightly.json`;
  const store = fileStore(state);
  const lock = await store.lock();
  await store.write("mine");
  await writeFile(`${state}.lock`, (await readFile(`${state}.lock`, "utf8")).replace(/"id":"[^"]+"/, '"id":"other"'));
  await expect(store.write("late")).rejects.toMatchObject({
    name: "LockedError",
    message: expect.stringMatching(/was taken over by another run$/),
  });
  await lock.release();
  expect(await readFile(state, "utf8")).toBe("mine");
  expect(existsSync(`${state}.lock`), "the lock of the other run").toBe(true);
});

it("a plan is told who holds the lock, and takes nothing", async () => {
  await using house = await setup();
  const { options } = house;
  await planRotation(options);
  const lock = await fileStore(house.state).lock();
  await expect(planRotation(options)).rejects.toThrow(/is in use by process/);
  await lock.release();
  const dead = { ...(await ownLock(house.state)), pid: await deadProcess() };
  await writeFile(`${house.state}.lock`, JSON.stringify({ ...dead, id: "first" }));
  const before = await readdir(dirname(house.state));
  await planRotation(options);
  expect(await readdir(dirname(house.state)), "the lock that was left behind is still there").toEqual(before);
  // Another run is taking the place of the dead one.
  await writeFile(`${house.state}.lock.first`, JSON.stringify(await ownLock(`${house.state}-other`)));
  await expect(planRotation(options)).rejects.toThrow(LockedError);
});

it.skipIf(process.platform === "win32").each<[string, (path: string) => Promise<unknown>]>([
  ["a folder", (path) => mkdir(path)],
  ["a link that leads nowhere", (path) => symlink("nowhere", path)],
  ["a pipe", (path) => promisify(execFile)("mkfifo", [path])],
])("%s in the place of the lock is refused at once", async (_, make) => {
  await using house = await setup();
  await make(`${house.state}.lock`);
  const error = await failing(house.rotate());
  expect(error).toBeInstanceOf(StateError);
  expect(error.message).toMatch(
    /nightly\.json\.lock is in the place of the lock, and is not a regular file\. Remove it$/,
  );
  expect(house.mock.requests).toHaveLength(0);
});

it.each<[string, (holder: object) => string]>([
  ["that is large", () => " ".repeat(10_000)],
  ["of another program", () => "lockfileVersion: 3\n"],
  ["of another program, in JSON", () => '{ "lockfileVersion": 3 }'],
  [
    "with a lock whose ID cannot be a part of a file's name",
    (holder) => JSON.stringify({ ...holder, id: "../victim" }),
  ],
  ["with a lock whose ID is too long", (holder) => JSON.stringify({ ...holder, id: "a".repeat(300) })],
])("a file %s in the place of the lock is refused and left alone, also by a plan", async (_, contentFor) => {
  await using house = await setup();
  const content = contentFor({ ...(await ownLock(house.state)), pid: await deadProcess() });
  await writeFile(`${house.state}.lock`, content);
  for (const attempt of [() => house.rotate(), () => planRotation(house.options)]) {
    const error = await failing(attempt());
    expect(error).toBeInstanceOf(StateError);
    expect(error.message).toMatch(
      /nightly\.json\.lock is in the place of the lock, but is not one\. Move it away, or give the state another name$/,
    );
  }
  expect(house.mock.requests).toHaveLength(0);
  expect(await readFile(`${house.state}.lock`, "utf8")).toBe(content);
});

it("a lock can be taken where the timers are those of a browser, as in jsdom", async () => {
  vi.stubGlobal("setInterval", () => 1);
  try {
    await using house = await setup();
    await house.rotate();
    expect(await readdir(dirname(house.state))).toEqual(["nightly.json"]);
  } finally {
    vi.unstubAllGlobals();
  }
});

it("the next version of a state that a killed run left behind is removed with its lock", async () => {
  await using house = await setup();
  const dead = { ...(await ownLock(house.state)), pid: await deadProcess(), id: "first" };
  await writeFile(`${house.state}.lock`, JSON.stringify(dead));
  await writeFile(`${house.state}.first.new`, "{");
  await house.rotate();
  expect(await readdir(dirname(house.state))).toEqual(["nightly.json"]);
});
