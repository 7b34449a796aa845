/** Random cases, and how to repeat those that failed. */
import { relative } from "node:path";
import fc from "fast-check";
import { expect } from "vitest";
import { root } from "./project.js";
import { isFullRun } from "./scale.js";

/** The seed of all random cases of a run. The variable SEED sets it. */
export const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/** Where fast-check begins, such as 17:0:3 for a shrunk case. The variable CASE sets it. */
const path = process.env.CASE;

/**
 * Checks a property in so many cases. A failure shows the smallest case, and the command that repeats it.
 * @param property of fast-check. One that is asynchronous has to be awaited.
 */
export async function assertProperty<Ts>(property: fc.IRawProperty<Ts>, numRuns: number): Promise<void> {
  const reporter = (details: fc.RunDetails<Ts>) => {
    const message = fc.defaultReportMessage(details);
    if (message === undefined) return;
    throw new Error(`${message}\n\n${howToRepeat(details.counterexamplePath)}`, { cause: details.errorInstance });
  };
  await fc.assert(property, { seed, numRuns, reporter, ...(path !== undefined && { path }) });
}

/** The command that runs the current test again with the same cases, or with the one that failed. */
export function howToRepeat(failedCase?: string | null): string {
  const { testPath = "", currentTestName = "" } = expect.getState();
  const variables = [isFullRun && "TEST_ALL=1", `SEED=${seed}`, failedCase && `CASE=${failedCase}`].filter(Boolean);
  // Vitest compares a regular expression with the names of the suites and of the test, which it joins with spaces.
  const pattern = currentTestName.replaceAll(" > ", " ").replace(/[^\w ]/g, ".");
  return `To repeat it: ${variables.join(" ")} npx vitest run ${relative(root, testPath)} -t '^${pattern}$'`;
}
