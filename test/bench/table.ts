/** Prints the tables of the benchmarks, and keeps them for docs/benchmarks.md. */
import { cpus, release, totalmem, type } from "node:os";

export const quick = process.argv.includes("--quick");

export interface Row {
  readonly what: string;
  readonly value: string;
  /** The least and the most of all rounds. */
  readonly spread: string;
  readonly must: string;
  readonly note: string;
}
interface Table {
  readonly title: string;
  readonly rows: Row[];
}
const tables: Table[] = [];

export function heading(title: string): void {
  tables.push({ title, rows: [] });
  console.log(`\n${title}\n${"-".repeat(title.length)}`);
}

export function row(what: string, value: string, must = "", note = "", spread = ""): void {
  tables.at(-1)?.rows.push({ what: what.trim(), value, spread, must, note });
  console.log(`${what.padEnd(50)}  ${value.padStart(12)}  ${spread.padEnd(14)}  ${must.padEnd(12)}  ${note}`.trimEnd());
}

/** The rows whose number is not what it must be. */
export function missedRows(): Row[] {
  return tables.flatMap(({ rows }) => rows).filter(isMissed);
}

/** Whether a number is not what it must be, such as "1.19 ×" where "≤ 1.15 ×" is written. */
function isMissed({ value, must }: Row): boolean {
  const [, comparison, limit] = /^([<≤≥]) ([\d,.]+)/.exec(must) ?? [];
  if (comparison === undefined || limit === undefined) return false;
  const measured = Number.parseFloat(value.replaceAll(",", ""));
  const bound = Number.parseFloat(limit.replaceAll(",", ""));
  if (comparison === "≥") return measured < bound;
  return comparison === "<" ? measured >= bound : measured > bound;
}

/** A ratio of two measures that were taken in turn: the median of the rounds, and how far they lie apart. */
export function ratio(what: string, ours: readonly number[], theirs: readonly number[], must = "", note = ""): void {
  const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN));
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  row(what, `${median(ratios).toFixed(2)} ×`, must, note, spread);
}

export function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN;
}

export function milliseconds(times: readonly number[]): string {
  return `${median(times).toFixed(3)} ms`;
}

/** What was measured as Markdown: for each table the ratios first, since they hold on other machines as well. */
export function markdown(): string {
  const [processor] = cpus();
  const machine = `${cpus().length} × ${processor?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}`;
  const parts = tables.map(({ title, rows }) => {
    const isRatio = ({ value }: Row) => value.endsWith("×");
    const sorted = [...rows.filter(isRatio), ...rows.filter((one) => !isRatio(one))];
    const lines = sorted.map((one) =>
      line([one.what, isMissed(one) ? `**${one.value}** (missed)` : one.value, one.spread, one.must, one.note]),
    );
    const head = line(["what", "measured", "spread", "must", "beside"]);
    return `## ${title}\n\n${head}\n${line(Array(5).fill("---"))}\n${lines.join("\n")}\n`;
  });
  return `# Benchmarks

Made by \`npm run bench -- --write${quick ? " --quick" : ""}\`. Whatever is compared was measured in turn, in one run. The spread is that of the rounds.
What is marked as missed could only be met by code that is harder to read: see [decisions](decisions.md).

- Machine: ${machine}
- Node ${process.versions.node}
- Day: ${new Date().toISOString().slice(0, 10)}

${parts.join("\n")}`;
}

function line(cells: string[]): string {
  return `| ${cells.map((cell) => cell || "-").join(" | ")} |`;
}
