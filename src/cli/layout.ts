/** The width of a terminal that every text fits. */
const width = 80;
/** The widest first column. What is longer gets a line of its own. */
const widestTerm = 26;

/** A text in lines of at most 80 characters. A word that is longer stays whole. */
export function wrap(text: string, indent = 0): string {
  return wrapTerms(
    text.split(/\s+/).filter((part) => part !== ""),
    indent,
  );
}

/** The same for terms that stay whole although they have spaces, such as a flag with its value. */
export function wrapTerms(terms: readonly string[], indent = 0): string {
  const lines: string[] = [];
  let line = "";
  for (const word of terms) {
    if (line !== "" && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((one) => " ".repeat(indent) + one).join("\n");
}

/** Terms, and what each means beside it in an aligned column. */
export function definitions(entries: readonly (readonly [term: string, meaning: string])[]): string {
  const shown = entries.map(([term]) => term.length).filter((length) => length <= widestTerm);
  const column = 2 + Math.max(0, ...shown) + 2;
  return entries
    .map(([term, meaning]) => {
      const text = wrap(meaning, column);
      // The first line of the meaning begins behind the term, where there is room.
      return term.length <= widestTerm ? `  ${term}${text.slice(2 + term.length)}` : `  ${term}\n${text}`;
    })
    .join("\n");
}

/**
 * Rows of cells in straight columns.
 * @param widths the least width of each column; by default, that of its widest cell
 */
export function columns(rows: readonly (readonly string[])[], widths = widestCells(rows)): string {
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return lines.map((line) => line.trimEnd()).join("\n");
}

function widestCells(rows: readonly (readonly string[])[]): readonly number[] {
  const [first = []] = rows;
  return first.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
}

/** Markdown as a terminal shows it: without the marks for bold, italic and code, and with its paragraphs wrapped. */
export function plainText(markdown: string): string {
  return markdown
    .split(/\n{2,}/)
    .map((paragraph) => wrap(withoutMarks(paragraph)))
    .join("\n\n");
}

/** A text without the marks of Markdown. */
export function withoutMarks(markdown: string): string {
  return markdown
    .replaceAll("**", "")
    .replaceAll("`", "")
    .replace(/(^|\s)\*(\S[^*]*)\*/g, "$1$2");
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
