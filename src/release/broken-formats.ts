import { join } from "node:path";
import { Problem } from "../shared/problem.js";
import { commandOutputs, type Outputs } from "./command-output.js";
import { withMock } from "./running-mock.js";

/**
 * What scripts of the last release lose by a change of what they keep and read beside code: a scenario of the mock, the state of a
 * rotation, and the JSON that the commands print. `dist` must be built.
 * @param consumer the folder with a scenario and a state of the last release
 * @param before what the commands of the last release printed
 * @returns a sentence for each fault
 */
export async function brokenFormats(consumer: string, before: Outputs): Promise<string[]> {
  const scenario = ["--scenario", join(consumer, "scenario.yaml")];
  const refusal = await problemOf(() => withMock(scenario, async () => {}));
  const faults = refusal === undefined ? [] : [`A scenario of the last release is refused: ${refusal}`];
  const failure = await problemOf(async () => {
    faults.push(...brokenOutputs(before, await commandOutputs(consumer)));
  });
  if (failure !== undefined) faults.push(`A command, or a state, of the last release works no longer: ${failure}`);
  return faults;
}

/** A program reads what it knows, and passes over the rest. A sentence for each value that is gone, or of another type. */
export function brokenOutputs(before: Outputs, now: Outputs): string[] {
  return Object.entries(before).flatMap(([command, released]) =>
    Object.entries(released).flatMap(([place, type]) => {
      const present = now[command]?.[place];
      if (present === type) return [];
      const change = present === undefined ? "is gone" : `was of the type ${type}, and is of the type ${present} now`;
      return `geminidb-backup ${command}: ${place} of its output ${change}.`;
    }),
  );
}

async function problemOf(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
}
