import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../project.js";
import type { EntryTypes } from "./api-extractor.js";
import { commandHelp } from "./command.js";
import { manifestReport, readManifest } from "./manifest.js";
import { packedFiles } from "./pack.js";

/** The committed reports of the public surface. */
export const reports = join(root, "test", "compatibility", "surface");

/** What users depend on, as texts to review changes in: file name → text. `dist` must be built. */
export async function surface(types: readonly EntryTypes[]): Promise<Map<string, string>> {
  return new Map([
    ...types.map(({ name, report }): [string, string] => [`${name}.api.md`, report]),
    ["command.txt", await commandHelp()],
    ["manifest.json", manifestReport(await readManifest())],
    ["tarball.txt", `${(await packedFiles()).join("\n")}\n`],
  ]);
}

/** Writes the reports, and removes every other file. */
export async function writeSurface(types: readonly EntryTypes[]): Promise<void> {
  const files = await surface(types);
  await mkdir(reports, { recursive: true });
  for (const name of await readdir(reports)) if (!files.has(name)) await rm(join(reports, name));
  for (const [name, text] of files) await writeFile(join(reports, name), text);
}

export function readReport(name: string): Promise<string> {
  return readFile(join(reports, name), "utf8");
}
