import { readFile } from "node:fs/promises";
import type { EntryTypes } from "./api-extractor.js";
import { type Baseline, descriptions } from "./baseline.js";
import { brokenCommand } from "./broken-command.js";
import { brokenFormats } from "./broken-formats.js";
import { addedDependencies, brokenManifest } from "./broken-manifest.js";
import { brokenSamples } from "./broken-samples.js";
import { brokenTypes } from "./broken-types.js";
import { commandHelp } from "./command.js";
import { descriptionChanges } from "./description-changes.js";
import { breaking, type Change, type Impact, isMoreThan, largest, notable } from "./impact.js";
import { readManifest } from "./manifest.js";
import { rewordedCommand } from "./reworded-command.js";

/**
 * Every change since the last release: of both descriptions, of the public types, of what its samples use, of the command and what it
 * reads and prints, and of package.json. `dist` must be built.
 * @param entries the present public types
 */
export async function changesSince(baseline: Baseline, entries: readonly EntryTypes[]): Promise<Change[]> {
  const lists = [
    await typeChanges(baseline, entries),
    brokenSamples(baseline.samples).map(breaking),
    await commandChanges(baseline),
    await formatChanges(baseline),
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
  const now = await commandHelp();
  return [...brokenCommand(before, now).map(breaking), ...rewordedCommand(before, now).map(notable)];
}

async function formatChanges(baseline: Baseline): Promise<Change[]> {
  const before = JSON.parse(await readFile(baseline.path("output.json"), "utf8"));
  return (await brokenFormats(baseline.path("consumer"), before)).map(breaking);
}

async function manifestChanges(baseline: Baseline): Promise<Change[]> {
  const before = JSON.parse(await readFile(baseline.path("manifest.json"), "utf8"));
  const now = await readManifest();
  return [...brokenManifest(before, now).map(breaking), ...addedDependencies(before, now).map(notable)];
}

/** What to do about a change that no changeset announces. */
export const advice =
  "Each such change needs a changeset (`npx changeset`) that says at least what stands before it. As long as nothing is published, `npm run release:version` renews what it is compared with instead.";

/**
 * The changes that ask for more than the next version announces. What is a patch needs no changeset: nobody notices it.
 * @returns a line for each
 */
export function unannounced(changes: readonly Change[], bump: Impact): string[] {
  const announced = largest([bump, "patch"]);
  return changes
    .filter(({ impact }) => isMoreThan(impact, announced))
    .map(({ impact, message }) => `${impact}: ${message}`);
}
