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
    const lines = sorted.map((one) => line([one.what, one.value, one.spread, one.must, one.note]));
    const head = line(["what", "measured", "spread", "must", "beside"]);
    return `## ${title}\n\n${head}\n${line(Array(5).fill("---"))}\n${lines.join("\n")}\n`;
  });
  return `# Benchmarks

Made by \`npm run bench -- --write${quick ? " --quick" : ""}\`. Whatever is compared was measured in turn, in one run. The spread is that of the rounds.

- Machine: ${machine}
- Node ${process.versions.node}
- Day: ${new Date().toISOString().slice(0, 10)}

${parts.join("\n")}`;
}

function line(cells: string[]): string {
  return `| ${cells.map((cell) => cell || "-").join(" | ")} |`;
}
