import type { Verdict } from "./verdicts.js";

/** One mutant, and what killed it. */
export function line({ mutant: { kind, file, name }, killers }: Verdict): string {
  const result = killers.length > 0 ? killers.join(", ") : "SURVIVED";
  return `${kind.padEnd(12)}  ${`${file}: ${name}`.padEnd(110)}  ${result}`;
}

/** How many mutants of each kind were killed, and how many each check killed. */
export function summary(verdicts: readonly Verdict[]): string {
  const survivors = verdicts.filter(({ killers }) => killers.length === 0);
  const kinds = countsOf(verdicts.map(({ mutant }) => mutant.kind));
  const checks = countsOf(verdicts.flatMap(({ killers }) => killers));
  const alone = countsOf(verdicts.flatMap(({ killers }) => (killers.length === 1 ? killers : [])));
  const missed = countsOf(survivors.map(({ mutant }) => mutant.kind));
  return [
    "Kind            Mutants  Survived",
    ...[...kinds].map(([kind, count]) => `${kind.padEnd(14)}${cell(count, 9)}${cell(missed.get(kind) ?? 0, 10)}`),
    "",
    "Check                                            Killed  Alone",
    ...[...checks].map(([check, count]) => `${check.padEnd(46)}${cell(count, 9)}${cell(alone.get(check) ?? 0, 7)}`),
    "",
    `${verdicts.length - survivors.length} of ${verdicts.length} mutants were killed.`,
    ...(survivors.length > 0 ? ["", "These survived:", ...survivors.map(line)] : []),
  ].join("\n");
}

function countsOf(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names.sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function cell(value: number, width: number): string {
  return String(value).padStart(width);
}
