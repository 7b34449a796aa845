/**
 * Stryker sees what happens in this thread only, and many tests start processes, such as the command. Here processes are told
 * which mutant is active, and tell which mutants they reached.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach } from "vitest";
import { giveChildren } from "../../support/child-variables.js";
import { root } from "../../support/project.js";
import { activeVariable, folderVariable, type Hits, mutation } from "./mutation.js";
import { skipped } from "./rooms.js";

// The random part of a wait before a retry becomes short. Tests of that part replace this function themselves.
const { random } = Math;
Math.random = () => random() / 100;

const folder = mkdtempSync(join(root, "mutants-reached-"));
const hook = new URL("./child.mjs", import.meta.url).href;

const stopGiving = giveChildren(() => {
  const { activeMutant } = mutation();
  return {
    NODE_OPTIONS: `--import=${hook}`,
    [folderVariable]: folder,
    ...(activeMutant !== undefined && { [activeVariable]: activeMutant }),
  };
});

beforeEach(({ task, skip }) => {
  if (skipped.some((name) => task.name.endsWith(name))) skip();
});
afterEach(() => {
  const { currentTestId, mutantCoverage } = mutation();
  for (const name of readdirSync(folder)) {
    const reached = JSON.parse(readFileSync(join(folder, name), "utf8")) as Hits;
    rmSync(join(folder, name));
    // There is no ID while a mutant is tried.
    if (currentTestId === undefined || mutantCoverage === undefined) continue;
    mutantCoverage.perTest[currentTestId] ??= {};
    const hits = mutantCoverage.perTest[currentTestId] ?? {};
    for (const [mutant, count] of Object.entries(reached)) hits[mutant] = (hits[mutant] ?? 0) + count;
  }
});
afterAll(() => {
  Math.random = random;
  stopGiving();
  rmSync(folder, { recursive: true });
});
