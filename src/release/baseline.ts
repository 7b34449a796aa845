import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../problem.js";
import { root } from "../project.js";
import type { EntryTypes } from "./api-extractor.js";
import { commandHelp } from "./command.js";
import { manifestReport, readManifest } from "./manifest.js";

/** Where the last release is kept: one folder, named after its version. */
const folder = join(root, "test", "compatibility", "baseline");
const samples = join(root, "docs", "samples");
const declarations = ".d.ts";

/** What the last release promised. */
export interface Baseline {
  readonly version: string;
  /** The entries whose types it holds, such as `index`. */
  readonly entries: readonly string[];
  /** The paths of its samples. */
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
  const sampleFiles = (await readdir(path("samples"))).map((name) => path(join("samples", name)));
  return { version, entries, samples: sampleFiles, path };
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
  for (const name of await readdir(samples)) {
    if (name.endsWith(".ts")) await cp(join(samples, name), join(target, "samples", name));
  }
}
