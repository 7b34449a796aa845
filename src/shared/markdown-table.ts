import { Problem } from "./problem.js";
import { withoutLineBreaks } from "./without-line-breaks.js";

/**
 * A table in Markdown with aligned columns. A bar or a line break in a cell does not end it.
 * @throws {Problem} when a cell holds a bar behind a backslash, which nothing can escape in code
 */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(cellOf));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [first = [], ...rest] = cells;
  return [line(first), line(widths.map((width) => "-".repeat(width))), ...rest.map(line)].join("\n");
}

function cellOf(text: string): string {
  if (text.includes("\\|")) {
    throw new Problem(
      `A table cannot show "${text}": in Markdown, a bar behind a backslash ends the cell. Write the bar otherwise, such as [|] in a pattern.`,
    );
  }
  return withoutLineBreaks(text).replaceAll("|", "\\|");
}
