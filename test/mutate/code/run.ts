/**
 * `npm run mutate:code -- client` changes one expression or statement of a room at a time, and runs the tests that reach it.
 * It ends with 1 where more mutants survive than the room's mutation score allows.
 */
import { Stryker } from "@stryker-mutator/core";
import { rooms } from "./rooms.js";

const [name = "", ...only] = process.argv.slice(2);
const room = rooms[name];
if (!room) {
  console.error(`mutate:code: there is no room "${name}". The rooms are ${Object.keys(rooms).join(", ")}.`);
  process.exit(2);
}
process.env.MUTATED_ROOM = name;
await new Stryker({
  mutate: only.length > 0 ? only : [`src/${name}/**/*.ts`],
  testRunner: "vitest",
  vitest: { configFile: "test/mutate/code/vitest.config.ts", related: false },
  // Most tests meet the package as its users do, so it is built from the mutants.
  buildCommand: "npm run build",
  ignorePatterns: ["dist", "coverage"],
  tempDirName: "coverage/stryker",
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: `coverage/mutants-${name}.json` },
  thresholds: { high: 100, low: room.threshold, break: room.threshold },
  dryRunTimeoutMinutes: 20,
}).runMutationTest();
