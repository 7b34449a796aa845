import { statSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { rooms } from "./rooms.js";

const room = rooms[process.env.MUTATED_ROOM ?? ""];

/** Small files first: the first test that fails ends the run of a mutant. */
class SmallFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const size = ({ moduleId }: TestSpecification) => statSync(moduleId).size;
    return files.toSorted((one, other) => size(one) - size(other));
  }
}

/** The tests of one room, for Stryker. It runs them in one thread, and chooses those that reach a mutant. */
export default defineConfig({
  test: {
    include: [...(room?.tests ?? [])],
    isolate: false,
    pool: "threads",
    sequence: { sequencer: SmallFirst },
    setupFiles: ["test/mutate/code/setup.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
