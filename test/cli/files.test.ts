/** Files that would hold a command up are refused, whatever stands in their place. */
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newFolder } from "../rotate/setup.js";
import { run } from "../support/project.js";
import { cli } from "../support/serve.js";
import { command, creating, deleting, variables } from "./command.js";

const nowhere = "http://127.0.0.1:2";

/** A pipe that nobody writes to: to open it in the ordinary way would wait without end. */
async function pipe(): Promise<string> {
  const path = join(await newFolder(), "pipe");
  await run("mkfifo", [path]);
  await chmod(path, 0o600);
  return path;
}

describe.skipIf(process.platform === "win32")("a named pipe is refused at once", () => {
  it.each<[string, (path: string) => string[], number, RegExp]>([
    ["as the request body", (path) => ["create", "--instance-id", "i", "--body", `@${path}`], 2, /^--body: the file /],
    ["as a token file", (path) => [...deleting, "--token-file", path], 4, /^--token-file: the file /],
    ["as a scenario", (path) => ["mock", "--port", "0", "--scenario", path], 2, /^the scenario /],
    ["as a certificate", (path) => ["mock", "--port", "0", "--cert", path, "--key", path], 2, /^--cert: the file /],
  ])("%s", async (_, args, expected, message) => {
    const { code, stdout, stderr } = await command(nowhere, args(await pipe()));
    expect([code, stdout]).toEqual([expected, ""]);
    expect(stderr.replace("geminidb-backup: ", "")).toMatch(message);
    expect(stderr).toMatch(/pipe is not a regular file\n$/);
  });
});

describe("standard output that cannot be written", () => {
  const full = (...args: string[]) =>
    run("sh", ["-c", `exec "$0" "$@" > /dev/full`, process.execPath, cli, ...args], {
      env: variables({ GEMINIDB_URL: nowhere }),
    });
  it.each([
    ["a dry run", [...creating, "--dry-run"]],
    ["the help", ["--help"]],
    ["the help of a command", ["create", "--help"]],
  ])("is no success of %s, which sends nothing", async (_, args) => {
    const { code, stderr } = await full(...args);
    expect([code, stderr.split("\n")[0]]).toEqual([2, "geminidb-backup: standard output cannot be written (ENOSPC)"]);
  });
});

it("a flag of any length is answered with one short sentence", async () => {
  const { code, stderr } = await command(nowhere, ["create", `--${"a".repeat(5000)}`]);
  expect(code).toBe(2);
  expect(stderr.length).toBeLessThan(120);
});
