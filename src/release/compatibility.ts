import { readFile } from "node:fs/promises";
import type { EntryTypes } from "./api-extractor.js";
import { type Baseline, descriptions } from "./baseline.js";
import { brokenCommand } from "./broken-command.js";
import { brokenManifest } from "./broken-manifest.js";
import { brokenSamples } from "./broken-samples.js";
import { brokenTypes } from "./broken-types.js";
import { commandHelp } from "./command.js";
import { readManifest } from "./manifest.js";
import { type Change, descriptionChanges, type Impact } from "./rating.js";

/**
 * Every change since the last release: of both descriptions, of the public types, of what its samples use, of the
 * command and of package.json. `dist` must be built.
 * @param entries the present public types
 */
export async function changesSince(baseline: Baseline, entries: readonly EntryTypes[]): Promise<Change[]> {
  const lists = [
    await typeChanges(baseline, entries),
    brokenSamples(baseline.samples).map(breaking),
    await commandChanges(baseline),
    await manifestChanges(baseline),
  ];
  for (const [name, file] of Object.entries(descriptions)) {
    lists.push(await descriptionChanges(baseline.path(name), file));
  }
  return lists.flat();
}

async function typeChanges(baseline: Baseline, entries: readonly EntryTypes[]): Promise<Change[]> {
  const present = new Map(entries.map(({ name, declarations }) => [name, declarations]));
  const faults: string[] = [];
  for (const name of baseline.entries) {
    const before = await readFile(baseline.path(`${name}.d.ts`), "utf8");
    const now = present.get(name);
    if (now === undefined) faults.push(`The package has no entry ${name} any more.`);
    else faults.push(...brokenTypes(name, before, [now]).flat());
  }
  return faults.map(breaking);
}

async function commandChanges(baseline: Baseline): Promise<Change[]> {
  const before = await readFile(baseline.path("command.txt"), "utf8");
  return brokenCommand(before, await commandHelp()).map(breaking);
}

async function manifestChanges(baseline: Baseline): Promise<Change[]> {
  const before = JSON.parse(await readFile(baseline.path("manifest.json"), "utf8"));
  return brokenManifest(before, await readManifest()).map(breaking);
}

function breaking(message: string): Change {
  return { impact: "major", message };
}

/** What to do about a breaking change that no changeset announces. */
export const advice =
  "Such a change needs a changeset that says major (`npx changeset`). As long as nothing is published, `npm run release:version` renews what it is compared with instead.";

/** The sentences of the breaking changes among these, unless the next version is a major one. */
export function unannounced(changes: readonly Change[], bump: Impact): string[] {
  if (bump === "major") return [];
  return changes.filter(({ impact }) => impact === "major").map(({ message }) => message);
}
