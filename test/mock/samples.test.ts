/** Every sample about testing runs with the tool that it is for, as a reader would run it. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Mock } from "geminidb-backup/mock";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launch } from "../support/browser.js";
import { root, run } from "../support/project.js";
import { type Serving, serveMock } from "../support/serve.js";

const samples = join(root, "docs/samples");
let served: Serving;
let env: Record<string, string | undefined>;
beforeAll(async () => {
  served = await serveMock("--control");
  const { url } = served;
  env = { GEMINIDB_URL: url, GEMINIDB_PROJECT_ID: "p", GEMINIDB_INSTANCE_ID: "i", NODE_OPTIONS: "", VITEST: undefined };
});
afterAll(() => served.end());

/** Runs test files with Vitest. @returns how many tests of each file passed, and what was printed */
async function passedIn(name: string, test: object): Promise<{ passed: [string, number][]; printed: string }> {
  const config = join(mkdtempSync(join(tmpdir(), "geminidb-backup-vitest-")), `${name}.config.mjs`);
  writeFileSync(config, `export default { test: ${JSON.stringify(test)} };`);
  const program = join(root, "node_modules/vitest/vitest.mjs");
  const args = [program, "run", "--root", root, "--config", config, "--reporter=json"];
  const { stdout, stderr } = await run(process.execPath, args, { env });
  const { testResults } = JSON.parse(stdout) as {
    testResults: { name: string; assertionResults: { status: string }[] }[];
  };
  const passed = testResults.map(({ name, assertionResults }): [string, number] => [
    relative(root, name),
    assertionResults.filter(({ status }) => status === "passed").length,
  ]);
  return { passed: passed.sort(), printed: stdout + stderr };
}

it("the tests for Vitest run in it", async () => {
  const counts = { "testing.ts": 1, "testing/lost-answer.test.ts": 3, "testing/vitest-fixture.test.ts": 2 };
  const expected = Object.entries(counts).map(([file, count]) => [`docs/samples/${file}`, count]);
  const { passed, printed } = await passedIn("alone", { include: expected.map(([file]) => file) });
  expect(passed, printed).toEqual(expected.sort());
});

it.each(["threads", "forks"])("two test files for Vitest share the mock of the globalSetup, in %s", async (pool) => {
  const first = "docs/samples/testing/vitest-connect.test.ts";
  const second = "dist/vitest/slower.test.ts";
  const sample = readFileSync(join(root, first), "utf8");
  mkdirSync(join(root, "dist/vitest"), { recursive: true });
  // Time in which the other file would disturb this one, if they ran at the same time.
  const slower = sample.replace(
    /( *mock\.respond\(.*\n)/,
    "$1  await new Promise((resolve) => setTimeout(resolve, 1000));\n",
  );
  expect(slower).not.toBe(sample);
  writeFileSync(join(root, second), slower);
  // The options that the sample names.
  const comment = readFileSync(join(samples, "testing/vitest-global-setup.ts"), "utf8");
  const fileParallelism = !comment.includes("fileParallelism: false");
  const globalSetup = join(samples, "testing/vitest-global-setup.ts");
  const options = { include: [first, second], exclude: [], pool, globalSetup, fileParallelism };
  const { passed, printed } = await passedIn(pool, { ...options, maxWorkers: 2 });
  expect(passed, printed).toEqual([
    [second, 1],
    [first, 1],
  ]);
});

it.each([
  ["testing.mjs", 1],
  ["testing/msw.test.mjs", 2],
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
