import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { extname, join, relative } from "node:path";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import type { EntryTypes } from "./api-extractor.js";
import { commandHelp } from "./command.js";
import { commandOutputs } from "./command-output.js";
import { manifestReport, readManifest } from "./manifest.js";

/** Where the last release is kept: one folder, named after its version. */
const folder = join(root, "test", "compatibility", "baseline");
/** What callers may have written: in the baseline, each has a folder of its name. */
const callers = [
  { name: "samples", source: join(root, "docs", "samples"), kinds: [".ts"] },
  { name: "consumer", source: join(root, "test", "compatibility", "consumer"), kinds: [".ts", ".json", ".yaml"] },
];
const declarations = ".d.ts";

/** What the last release promised. */
export interface Baseline {
  readonly version: string;
  /** The entries whose types it holds, such as `index`. */
  readonly entries: readonly string[];
  /** The paths of what its callers may have written: its samples, and a consumer that uses every export. */
  readonly samples: readonly string[];
  /** The path of a file in the folder of the baseline. */
  path(name: string): string;
}

/** The descriptions that a release promises: its name in the baseline → the path in the project. */
export const descriptions = {
  "openapi.json": join(root, "generated", "openapi.json"),
  "mock-control.openapi.yaml": join(root, "docs", "mock-control.openapi.yaml"),
};

/** @throws {Problem} when there is none, or more than one */
export async function readBaseline(): Promise<Baseline> {
  const versions = await readdir(folder);
  const [version, ...others] = versions;
  if (version === undefined || others.length > 0) {
    throw new Problem(`${folder} must hold one folder, named after the last release. It holds ${versions.length}.`);
  }
  const names = await readdir(join(folder, version));
  const entries = names
    .filter((name) => name.endsWith(declarations))
    .map((name) => name.slice(0, -declarations.length));
  const path = (name: string) => join(folder, version, name);
  const samples: string[] = [];
  for (const { name } of callers) samples.push(...(await filesIn(path(name), [".ts"])));
  return { version, entries, samples, path };
}

/** Makes the baseline again from the present state. Only a release does this. `dist` and `generated/` must be up to date. */
export async function renewBaseline(types: readonly EntryTypes[]): Promise<void> {
  const manifest = await readManifest();
  const target = join(folder, manifest.version);
  await rm(folder, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  for (const [name, file] of Object.entries(descriptions)) await cp(file, join(target, name));
  for (const entry of types) {
    await writeFile(join(target, entry.name + declarations), entry.declarations);
  }
  await writeFile(join(target, "command.txt"), await commandHelp());
  await writeFile(join(target, "manifest.json"), manifestReport(manifest));
  for (const { name, source, kinds } of callers) {
    for (const file of await filesIn(source, kinds)) await cp(file, join(target, name, relative(source, file)));
  }
  const outputs = await commandOutputs(join(target, "consumer"));
  await writeFile(join(target, "output.json"), `${JSON.stringify(outputs, null, 2)}\n`);
}

/** The paths of the files of some kinds in a folder, however deep. */
async function filesIn(source: string, kinds: readonly string[]): Promise<string[]> {
  const names = await readdir(source, { recursive: true });
  return names.filter((name) => kinds.includes(extname(name))).map((name) => join(source, name));
}
