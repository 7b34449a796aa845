/** Makes one report of what Node counted in the processes of a run. */
import { mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import coverage, { type CoverageMap, type CoverageSummary } from "istanbul-lib-coverage";
import { createContext } from "istanbul-lib-report";
import reports from "istanbul-reports";
import { root, run } from "../support/project.js";

const c8 = createRequire(import.meta.url).resolve("c8/bin/c8.js");

/**
 * Prints a table of the files below src/.
 *
 * c8 adds up what was counted for one address. But tsx transforms all that it loads, also the JavaScript in dist/: at one
 * address there are two texts then, whose offsets do not fit. So processes with and without tsx are reported apart.
 *
 * @param raw the folder of NODE_V8_COVERAGE
 * @param exclude patterns of files that are not counted
 */
export async function report(raw: string, exclude: readonly string[]): Promise<CoverageSummary> {
  const map = coverage.createCoverageMap();
  for (const folder of splitByLoader(raw)) map.merge(await toMap(folder, exclude));
  const context = createContext({ dir: join(root, "coverage"), coverageMap: map, defaultSummarizer: "nested" });
  for (const kind of ["text", "json"] as const) reports.create(kind).execute(context);
  return map.getCoverageSummary();
}

/** @returns the two folders that the files were moved to */
function splitByLoader(raw: string): string[] {
  const folders = { tsx: join(raw, "tsx"), node: join(raw, "node") };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(raw).filter((name) => name.endsWith(".json"))) {
    const isOfTsx = readFileSync(join(raw, file), "utf8").includes("node_modules/tsx/dist/");
    renameSync(join(raw, file), join(isOfTsx ? folders.tsx : folders.node, file));
  }
  return Object.values(folders);
}

async function toMap(folder: string, exclude: readonly string[]): Promise<CoverageMap> {
  const { code, stderr } = await run(process.execPath, [
    ...[c8, "report", "--temp-directory", folder, "--reports-dir", folder, "--reporter", "json"],
    ...["--all", "--src", "src", "--include", "src/**/*.ts", "--exclude-after-remap"],
    ...exclude.flatMap((pattern) => ["--exclude", pattern]),
  ]);
  if (code !== 0) throw new Error(`c8 cannot read ${folder}: ${stderr}`);
  return coverage.createCoverageMap(JSON.parse(readFileSync(join(folder, "coverage-final.json"), "utf8")));
}
