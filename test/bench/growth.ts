/** What more operations cost: the two of the description, and copies of them under other names. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { copyProject, run } from "../support/project.js";
import { heading, quick, row } from "./table.js";

type Project = Awaited<ReturnType<typeof copyProject>>;

/** How many operations there are. */
const sizes = quick ? [2, 20] : [2, 20, 100];
/** The most bytes that an operation may add to the client's bundle. */
const bytesAnOperation = 300;

/** What is done with a project, in the order in which each step needs the one before. */
const steps: Record<string, (project: Project) => Promise<unknown>> = {
  generate: (project) => project.tsx("src/generate/index.ts").then(succeeded),
  lint: (project) => node(project, "node_modules/@redocly/cli/bin/cli.js", "lint", "--format=summary"),
  "typecheck and build": (project) => run("npm", ["run", "build"], { cwd: project.folder }).then(succeeded),
  "page build": (project) => project.tsx("src/site/build.ts").then(succeeded),
  "mock start": (project) =>
    node(
      project,
      "--input-type=module",
      "-e",
      'import { createMock } from "./dist/mock/index.js"; const mock = createMock(); await mock.fetch(new Request(mock.url + "/v3/p/backups/b", { method: "DELETE", headers: { "x-auth-token": "any" } })); process.exit(0)',
    ),
};

export async function growthBench(): Promise<void> {
  heading("Growth, in seconds for 2, 20 and 100 operations");
  const times: Record<string, number[]> = {};
  const bundles: number[] = [];
  for (const size of sizes) {
    await using project = await copyProject();
    await addCopies(project, size / 2 - 1);
    for (const [name, step] of Object.entries(steps)) {
      const began = performance.now();
      await step(project);
      const seconds = (performance.now() - began) / 1000;
      times[name] = [...(times[name] ?? []), seconds];
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
  const total = Object.values(times).reduce((sum, seconds) => sum + (seconds.at(-1) ?? 0), 0);
  row(`all of it with ${most} operations`, `${total.toFixed(1)} s`, "< 60 s");
  const [smallest = 0] = bundles;
  const added = ((bundles.at(-1) ?? 0) - smallest) / (most - least);
  row(
    "the client's bundle, gzip, per operation",
    `${added.toFixed(0)} B`,
    `≤ ${bytesAnOperation} B`,
    `${bundles.join(" / ")} B`,
  );
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

async function node(project: Project, ...args: string[]): Promise<void> {
  succeeded(await run(process.execPath, args, { cwd: project.folder }));
}

function succeeded({ code, stdout, stderr }: Awaited<ReturnType<typeof run>>): void {
  if (code !== 0) throw new Error(`a step failed: ${(stdout + stderr).slice(0, 2000)}`);
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
