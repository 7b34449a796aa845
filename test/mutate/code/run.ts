/**
 * `npm run mutate:code -- client` changes one expression or statement of a room at a time, and runs the tests that reach it.
 * It ends with 1 where the mutation score is below the room's threshold, or a survivor is not listed with a reason.
 * Files may be named behind the room. What an earlier run found, and no change of code or test touches, is taken from there:
 * without coverage/mutants-client.json everything is tried anew.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { root } from "../../support/project.js";
import { rooms } from "./rooms.js";
import { compareSurvivors, readSurvivors, survivorsOf } from "./survivors.js";

const [name = "", ...only] = process.argv.slice(2);
const room = rooms[name];
if (!room) {
  console.error(`mutate:code: there is no room "${name}". The rooms are ${Object.keys(rooms).join(", ")}.`);
  process.exit(2);
}
process.env.MUTATED_ROOM = name;
const report = `coverage/mutants-${name}.json`;
await new Stryker({
  mutate: only.length > 0 ? only : [`src/${name}/**/*.ts`],
  testRunner: "vitest",
  vitest: { configFile: "test/mutate/code/vitest.config.ts", related: false },
  // Most tests meet the package as its users do, so it is built from the mutants.
  buildCommand: "npm run build",
  ignorePatterns: ["dist", "coverage"],
  tempDirName: "coverage/stryker",
  ignoreStatic: room.ignoreStatic ?? false,
  incremental: true,
  incrementalFile: report,
  reporters: ["progress-append-only", "clear-text"],
  clearTextReporter: { reportMutants: false, reportTests: false },
  thresholds: { high: 100, low: room.threshold, break: room.threshold },
  dryRunTimeoutMinutes: 20,
}).runMutationTest();

const survivors = survivorsOf(JSON.parse(readFileSync(join(root, report), "utf8")));
const listed = readSurvivors(join(root, `test/mutate/code/survivors/${name}.yaml`));
const { withoutReason, noLongerThere } = compareSurvivors(survivors, listed);
tell("Survivors without a reason", withoutReason);
tell("No longer a survivor, but listed", noLongerThere);
if (withoutReason.length > 0) process.exitCode = 1;

function tell(title: string, mutants: readonly string[]): void {
  if (mutants.length === 0) return;
  console.log(`\n${title} (${mutants.length}):`);
  for (const mutant of mutants) console.log(`  ${mutant}`);
}
