/** Every sample about testing runs with the tool that it is for, as a reader would run it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mock } from "geminidb-backup/mock";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch } from "../support/browser.js";
import { root, run } from "../support/project.js";

const samples = join(root, "docs/samples");
let child: ChildProcess;
let env: Record<string, string | undefined>;
beforeAll(async () => {
  child = spawn(process.execPath, [join(root, "dist/cli/index.js"), "mock", "--port", "0", "--control"]);
  const url = await new Promise<string>((resolve) => {
    child.stdout?.on("data", (chunk) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk));
      if (found) resolve(found[0]);
    });
  });
  env = { GEMINIDB_URL: url, GEMINIDB_PROJECT_ID: "p", GEMINIDB_INSTANCE_ID: "i", NODE_OPTIONS: "", VITEST: undefined };
});
afterAll(() => child.kill("SIGTERM"));

/** Runs a test file with Vitest. */
async function vitest(file: string, more = ""): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-vitest-"));
  const config = join(folder, "vitest.config.mjs");
  writeFileSync(config, `export default { test: { include: ["docs/samples/${file}"], ${more} } };`);
  const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", root, "--config", config];
  const { stdout, stderr } = await run(process.execPath, args, { env });
  return stdout + stderr;
}

it.each([
  ["testing.ts", 1],
  ["testing/lost-answer.test.ts", 3],
  ["testing/vitest-fixture.test.ts", 2],
])("%s runs in Vitest", async (file, count) => {
  expect(await vitest(file)).toMatch(new RegExp(`Tests.*${count} passed`));
});

it.each(["threads", "forks"])("testing/vitest-connect.test.ts runs in Vitest with globalSetup, in %s", async (pool) => {
  const setup = join(samples, "testing/vitest-global-setup.ts");
  expect(
    await vitest("testing/vitest-connect.test.ts", `pool: "${pool}", globalSetup: ${JSON.stringify(setup)}`),
  ).toMatch(/Tests.*1 passed/);
});

it.each([
  ["testing.mjs", 1],
  ["testing/msw.test.mjs", 1],
  ["testing/require.test.cjs", 1],
])("%s runs in node:test", async (file, count) => {
  const { stdout, stderr } = await run(process.execPath, ["--test", join(samples, file)], { env });
  expect(stdout, stderr).toMatch(new RegExp(`pass ${count}\\n.*fail 0`, "s"));
});

it("testing/jest.test.mjs runs in Jest", async () => {
  // A project of its own, since Jest looks for the packages from the test file's folder.
  const folder = join(root, "dist/jest");
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "jest.config.json");
  writeFileSync(
    config,
    JSON.stringify({
      rootDir: root,
      testMatch: ["**/docs/samples/testing/jest.test.mjs"],
      transform: {},
      cacheDirectory: join(folder, "cache"),
    }),
  );
  const { stdout, stderr, code } = await run(
    process.execPath,
    [join(root, "node_modules/jest/bin/jest.js"), "--config", config],
    {
      env: { ...env, NODE_OPTIONS: "--experimental-vm-modules" },
    },
  );
  expect(code, stdout + stderr).toBe(0);
  expect(stderr).toMatch(/Tests: +2 passed/);
});

it.each([
  ["testing.sh", /^deleted \w+, then 400, busy 403\n$/],
  ["testing/control.sh", /^no answer: curl ends with (52|56)\n"name":"from-shell"\nas planned\n$/],
])("%s runs in a shell", async (file, output) => {
  const { stdout, stderr } = await run("bash", [join(samples, file)], { env });
  expect(stdout + stderr).toMatch(output);
});

it.each(["testing.py", "testing/control.py"])("%s runs with the unittest of Python", async (file) => {
  const { stdout, stderr } = await run("python3", [join(samples, file)], { env });
  expect(stdout + stderr).toMatch(/Ran 2 tests.*\n\nOK\n$/s);
});

it("testing/playwright.mjs serves a page in a real browser", async () => {
  // The sample is JavaScript, so its types are said here.
  const sample = "../../docs/samples/testing/playwright.mjs";
  const { mockService }: { mockService(page: Page): Promise<Mock> } = await import(sample);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const mock = await mockService(page);
    mock.respond("createManualBackup", { fault: "reset" });
    const send = () =>
      page.evaluate(async () => {
        const answer = await fetch("https://gaussdb-nosql.ap-southeast-1.myhuaweicloud.com/v3/p/instances/i/backups", {
          method: "POST",
          headers: { "x-auth-token": "any", "content-type": "application/json" },
          body: '{"name":"nightly","description":""}',
        });
        return (await answer.json()).error_code;
      });
    await expect(send()).rejects.toThrow(/fetch/i);
    expect(await send()).toBe("DBS.201201");
    expect(mock.requests.map(({ answer }) => answer)).toEqual(["reset", "400"]);
  } finally {
    await browser.close();
  }
});

it("the guide shows the test of the lost answer as it is", () => {
  const guide = readFileSync(join(root, "docs/guides/4-testing.md"), "utf8");
  expect(guide).toContain(readFileSync(join(samples, "testing/lost-answer.test.ts"), "utf8"));
});
