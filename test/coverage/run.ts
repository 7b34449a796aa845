/**
 * `npm run coverage` says which lines and branches of src/ the tests reach, in this process and in all that they start. It
 * ends with 1 below the limits. Arguments choose test files, as those of vitest do.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/project.js";
import { removeForeign } from "./raw.js";

/** In per cent. */
const limit = "95";
const raw = join(root, "coverage/raw");

/** What cannot be counted here, and why. */
const exceptions = {
  "src/site/browser/**": "runs in Chromium: test/site/browser.test.ts",
  "src/release/**": "runs in a copy of the project: test/release/rehearsal.long.ts",
  "src/generate/json-equal.ts": "becomes a part of generated/validators.js: test/client/validators.test.ts",
  "src/site/dev.ts": "waits for changes until somebody ends it; test/site/served.test.ts tries its start",
};

for (const folder of [raw, join(root, "dist")]) rmSync(folder, { recursive: true, force: true });
// File by file and not in bundles, so that every line is counted in one place.
step("tsc", ["-p", "test/coverage/tsconfig.json"]);
const typesOnly = filesOfTypes();
const counted = { NODE_V8_COVERAGE: raw };
// These two belong to `npm test` as well.
step("tsx", ["src/generate/index.ts", "--check"], counted);
step("tsx", ["src/site/build.ts"], counted);
step("vitest", ["run", "--config", "test/coverage/vitest.config.ts", ...process.argv.slice(2)], counted);

removeForeign(raw);
step("c8", [
  ...["report", "--temp-directory", raw, "--reports-dir", "coverage"],
  ...["--all", "--src", "src", "--include", "src/**/*.ts", "--exclude-after-remap"],
  ...[...Object.keys(exceptions), ...typesOnly].flatMap((pattern) => ["--exclude", pattern]),
  ...["--reporter", "text", "--reporter", "json"],
  ...["--check-coverage", "--lines", limit, "--branches", limit],
]);
// What was built to be counted is no package.
rmSync(join(root, "dist"), { recursive: true });
for (const [pattern, reason] of Object.entries(exceptions)) console.log(`Not counted: ${pattern} ${reason}`);
console.log(`Not counted: ${typesOnly.length} files that have nothing but types`);

/** A step that fails is no reason to leave the report out. */
function step(command: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}): void {
  const env = { ...process.env, ...variables };
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", env });
  if (status !== 0) process.exitCode = 1;
}

/** Nothing loads a module that has nothing but types, so it would be counted as never reached. */
function filesOfTypes(): string[] {
  const dist = join(root, "dist");
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .filter((file) => readFileSync(join(dist, file), "utf8").startsWith("export {};\n//"))
    .map((file) => `src/${file.replace(/js$/, "ts")}`);
}
