import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../tools/project.js";
import { writeFolder } from "../tools/write-folder.js";
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
  await writeFolder(reports, await surface(types));
}

export function readReport(name: string): Promise<string> {
  return readFile(join(reports, name), "utf8");
}
