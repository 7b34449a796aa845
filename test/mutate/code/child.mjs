/** Runs in each process that a test starts: notes which mutants it has reached. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

process.on("exit", () => {
  const { static: whileLoading = {}, perTest = {} } = globalThis.__stryker__?.mutantCoverage ?? {};
  const reached = Object.assign({}, whileLoading, ...Object.values(perTest));
  const folder = process.env.MUTANTS_REACHED;
  // The folder is gone when a process outlives its tests.
  try {
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(reached));
  } catch {}
});
