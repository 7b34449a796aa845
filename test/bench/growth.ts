/** What more operations cost: the two of the description, and copies of them under other names. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { copyProject } from "../support/project.js";
import { type Project, steps, takeTime } from "./steps.js";
import { heading, missedRows, quick, row } from "./table.js";

/** How many operations there are. */
const sizes = quick ? [2, 20] : [2, 20, 100];
/** What an operation costs at least, in seconds. */
const leastSlope = 0.02;
/** The most bytes that an operation may add to the client's bundle. */
const bytesAnOperation = 300;

export async function growthBench(): Promise<void> {
  heading("Growth, in seconds for 2, 20 and 100 operations");
  const times: Record<string, number[]> = {};
  const bundles: number[] = [];
  for (const size of sizes) {
    await using project = await copyProject();
    await addCopies(project, size / 2 - 1);
    for (const [name, step] of Object.entries(steps)) {
      times[name] = [...(times[name] ?? []), await takeTime(() => step(project))];
    }
    bundles.push(await clientSize(project));
  }
  const [least = 0] = sizes;
  const most = sizes.at(-1) ?? 0;
  for (const [name, seconds] of Object.entries(times)) {
    const [first = 0] = seconds;
    const last = seconds.at(-1) ?? 0;
    // What is there without any operation, such as the start of Node, does not grow.
    const growth = `${((last - first) / (most - least)).toFixed(3)} s an operation`;
    row(name, seconds.map((one) => one.toFixed(1)).join(" / "), "", growth);
  }
  const totals = sizes.map((_, index) => Object.values(times).reduce((sum, list) => sum + (list[index] ?? 0), 0));
  row(`all of it with ${most} operations`, `${(totals.at(-1) ?? 0).toFixed(1)} s`, "< 60 s");
  if (!quick) row("an operation beyond the 20th, against one before", `${bend(totals).toFixed(2)} ×`, "≤ 3 ×");
  const [smallest = 0] = bundles;
  const added = ((bundles.at(-1) ?? 0) - smallest) / (most - least);
  row(
    "the client's bundle, gzip, per operation",
    `${added.toFixed(0)} B`,
    `≤ ${bytesAnOperation} B`,
    `${bundles.join(" / ")} B`,
  );
  if (missedRows().length > 0) process.exitCode = 1;
}

/** How much more an operation costs where there are many than where there are few. Near 1 where all grows linearly. */
function bend(totals: readonly number[]): number {
  const slopes = totals.slice(1).map((total, index) => {
    const [fewer = 0, more = 0] = sizes.slice(index);
    return (total - (totals[index] ?? 0)) / (more - fewer);
  });
  const [first = 0, second = 0] = slopes;
  // Of a few operations, noise may take away what they cost.
  return second / Math.max(first, leastSlope);
}

/** Copies both operations under other names, paths and commands. */
async function addCopies(project: Project, copies: number): Promise<void> {
  const paths = {
    "instance-backups": { operationId: "createManualBackup", path: "/instances/{instance_id}/backups" },
    backup: { operationId: "deleteManualBackup", path: "/backups/{backup_id}" },
  };
  const entries: string[] = [];
  for (let copy = 1; copy <= copies; copy++) {
    for (const [file, { operationId, path }] of Object.entries(paths)) {
      const text = await project.read(`openapi/paths/${file}.yaml`);
      await project.write(
        `openapi/paths/${file}-${copy}.yaml`,
        text
          .replace(`operationId: ${operationId}`, `operationId: ${operationId}${copy}`)
          .replace(/x-cli-name: (\w+)/, `x-cli-name: $1-${copy}`)
          .replace(/^( *)summary: (.*)$/m, `$1summary: $2, copy ${copy}`),
      );
      entries.push(`  /v3/{project_id}/copies-${copy}${path}:\n    $ref: paths/${file}-${copy}.yaml\n`);
    }
  }
  if (copies > 0) {
    await project.edit("openapi/openapi.yaml", (text) =>
      text.replace("components:\n", `${entries.join("")}components:\n`),
    );
  }
}

/** The bytes of an application that uses the client, bundled, minified, gzip. */
async function clientSize(project: Project): Promise<number> {
  const entry = join(project.folder, "entry.mjs");
  await writeFile(entry, 'import { createClient } from "./dist/client/index.js"; globalThis.used = createClient;');
  const outfile = join(project.folder, "entry.out.mjs");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    logLevel: "silent",
  });
  return gzipSync(await readFile(outfile), { level: 9 }).length;
}
