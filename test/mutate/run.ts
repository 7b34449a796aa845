/**
 * `npm run mutate` corrupts one node of openapi/ at a time, regenerates, and runs the fast checks. It prints by which of them
 * each mutant was killed, and ends with 1 if one survived. What a mutant is, by kind, is in mutations.ts.
 */
import { parseArgs } from "node:util";
import { allMutants, type Mutant } from "./mutants.js";
import { line, summary } from "./report.js";
import { sample } from "./sample.js";
import { type Verdict, verdictsOn } from "./verdicts.js";

const usage = `Usage: npm run mutate -- [--only KIND] [--count N] [--seed N]

  --only KIND  only the mutants of this kind, such as pattern or prose
  --count N    N mutants, chosen by chance
  --seed N     the seed of that choice, to repeat it
`;

const { only, count, seed } = options();
const mutants = chosen(allMutants());
const verdicts: Verdict[] = [];
for await (const verdict of verdictsOn(mutants)) {
  verdicts.push(verdict);
  console.log(line(verdict));
}
console.log(`\n${summary(verdicts)}`);
if (verdicts.some(({ killers }) => killers.length === 0)) process.exitCode = 1;

function chosen(all: Mutant[]): Mutant[] {
  const ofKind = only === undefined ? all : all.filter(({ kind }) => kind === only);
  if (ofKind.length === 0) {
    const kinds = [...new Set(all.map(({ kind }) => kind))].sort();
    stop(`there are no mutants of the kind ${only}. The kinds are ${kinds.join(", ")}.`);
  }
  if (count === undefined) return ofKind;
  console.log(`${count} of ${ofKind.length} mutants, seed ${seed}`);
  return sample(ofKind, count, seed);
}

function options(): { only: string | undefined; count: number | undefined; seed: number } {
  try {
    const text = { type: "string" } as const;
    const { values } = parseArgs({ options: { only: text, count: text, seed: text, help: { type: "boolean" } } });
    if (values.help) {
      console.log(usage);
      process.exit();
    }
    const count = values.count === undefined ? undefined : numberOf("count", values.count);
    return { only: values.only, count, seed: numberOf("seed", values.seed ?? String(Date.now() % 2 ** 31)) };
  } catch (error) {
    return stop((error as Error).message);
  }
}

function numberOf(name: string, text: string): number {
  if (!/^\d+$/.test(text)) stop(`--${name} is "${text}". It must be a whole number.`);
  return Number(text);
}

function stop(reason: string): never {
  console.error(`mutate: ${reason}\n\n${usage}`);
  process.exit(2);
}
