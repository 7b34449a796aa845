/**
 * `npm run coverage` says which lines and branches of src/ the tests reach, in this process and in all that they start. It
 * ends with 1 below the limits. Arguments choose test files, as those of vitest do.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/project.js";

/** In per cent. */
const limit = "95";
const raw = join(root, "coverage/raw");

/** What cannot be counted here, and why. */
const exceptions = {
  "src/site/browser/**": "runs in Chromium: test/site/browser.test.ts",
  "src/release/**": "runs in a copy of the project: test/release/rehearsal.long.ts",
  "src/site/dev.ts": "waits for changes until somebody ends it; test/site/served.test.ts tries its start",
};

for (const folder of ["coverage", "dist"]) rmSync(join(root, folder), { recursive: true, force: true });
// File by file and not in bundles, so that every line is counted in one place.
run("tsc", ["-p", "test/coverage/tsconfig.json"]);
// These two belong to `npm test` as well.
run("tsx", ["src/generate/index.ts", "--check"], { NODE_V8_COVERAGE: raw });
run("tsx", ["src/site/build.ts"], { NODE_V8_COVERAGE: raw });
const tests = ["run", "--config", "test/coverage/vitest.config.ts", ...process.argv.slice(2)];
run("vitest", tests, { NODE_V8_COVERAGE: raw });
run("c8", [
  ...["report", "--temp-directory", raw, "--reports-dir", "coverage"],
  ...["--all", "--src", "src", "--include", "src/**/*.ts", "--exclude-after-remap"],
  ...Object.keys(exceptions).flatMap((pattern) => ["--exclude", pattern]),
  ...["--reporter", "text", "--reporter", "json"],
  ...["--check-coverage", "--lines", limit, "--branches", limit],
]);
for (const [pattern, reason] of Object.entries(exceptions)) console.log(`Not counted: ${pattern} ${reason}`);

/** A step that fails is no reason to leave the report out. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exitCode = 1;
}
