/** Prints the tables of the benchmarks. */
export const quick = process.argv.includes("--quick");

export function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN;
}

export function row(what: string, value: string, must = "", note = ""): void {
  console.log(`${what.padEnd(48)}  ${value.padStart(12)}  ${must.padEnd(12)}  ${note}`.trimEnd());
}

export function heading(text: string): void {
  console.log(`\n${text}\n${"-".repeat(text.length)}`);
}
