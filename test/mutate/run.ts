/**
 * `npm run mutate` corrupts one node of openapi/ at a time, regenerates, and runs the fast checks. It prints by which of them
 * each mutant was killed, and ends with 1 if one survived. What a mutant is, by kind, is in mutations.ts.
 *
 *     npm run mutate -- --only KIND   only the mutants of this kind, such as pattern or prose
 *     npm run mutate -- --count N     N mutants, chosen by chance
 *     npm run mutate -- --seed N      the seed of that choice, to repeat it
 */
import { Problem } from "../../src/shared/problem.js";
import { main, readOptions } from "../../src/tools/script.js";
import { allMutants, type Mutant } from "./mutants.js";
import { line, summary } from "./report.js";
import { sample } from "./sample.js";
import { type Verdict, verdictsOn } from "./verdicts.js";

await main(async () => {
  const text = { type: "string" } as const;
  const { only, count, seed } = readOptions("mutate", { only: text, count: text, seed: text });
  const ofKind = mutantsOf(only);
  const mutants = count === undefined ? ofKind : chosen(ofKind, numberOf("count", count), seed);
  const verdicts: Verdict[] = [];
  for await (const verdict of verdictsOn(mutants)) {
    verdicts.push(verdict);
    console.log(line(verdict));
  }
  console.log(`\n${summary(verdicts)}`);
  if (verdicts.some(({ killers }) => killers.length === 0)) process.exitCode = 1;
});

function mutantsOf(kind: string | undefined): Mutant[] {
  const all = allMutants();
  const found = kind === undefined ? all : all.filter((mutant) => mutant.kind === kind);
  if (found.length > 0) return found;
  const kinds = [...new Set(all.map((mutant) => mutant.kind))].sort();
  throw new Problem(`mutate: there are no mutants of the kind ${kind}. The kinds are ${kinds.join(", ")}.`);
}

function chosen(mutants: Mutant[], count: number, seed = String(Date.now() % 2 ** 31)): Mutant[] {
  console.log(`${count} of ${mutants.length} mutants, seed ${seed}`);
  return sample(mutants, count, numberOf("seed", seed));
}

function numberOf(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Problem(`mutate: --${name} is "${text}". It must be a whole number.`);
  return Number(text);
}
