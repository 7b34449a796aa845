import { readFile } from "node:fs/promises";
import { type Baseline, descriptions, readBaseline } from "./baseline.js";
import { brokenTypes } from "./broken-types.js";
import { commandHelp, removedFromCommand } from "./command.js";
import { pendingBump } from "./pending.js";
import { readManifest } from "./project.js";
import { type Change, descriptionChanges } from "./rating.js";
import { publicTypes } from "./types.js";

/** Every change since the last release: of both descriptions, of the public types and of the command. */
export async function changesSince(baseline: Baseline): Promise<Change[]> {
  const lists = [await typeChanges(baseline), await commandChanges(baseline)];
  for (const [name, file] of Object.entries(descriptions)) {
    lists.push(await descriptionChanges(baseline.path(name), file));
  }
  return lists.flat();
}

async function typeChanges(baseline: Baseline): Promise<Change[]> {
  const entries = await publicTypes(await readManifest());
  const present = new Map(entries.map(({ name, declarations }) => [name, declarations]));
  const faults: string[] = [];
  for (const name of baseline.entries) {
    const before = await readFile(baseline.path(`${name}.d.ts`), "utf8");
    const now = present.get(name);
    if (now === undefined) faults.push(`The package has no entry ${name} any more.`);
    else faults.push(...brokenTypes(name, before, now));
  }
  return faults.map(breaking);
}

async function commandChanges(baseline: Baseline): Promise<Change[]> {
  const before = await readFile(baseline.path("command.txt"), "utf8");
  return removedFromCommand(before, await commandHelp()).map(breaking);
}

function breaking(message: string): Change {
  return { impact: "major", message };
}

/** The breaking changes since the last release that no changeset announces as a major version. A sentence for each. */
export async function unannouncedBreaks(): Promise<string[]> {
  const baseline = await readBaseline();
  return judge(await changesSince(baseline), await pendingBump());
}

/** The breaking changes among these, unless the next version is a major one. */
export function judge(changes: readonly Change[], bump: Change["impact"]): string[] {
  if (bump === "major") return [];
  return changes.filter(({ impact }) => impact === "major").map(({ message }) => message);
}
