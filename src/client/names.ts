/**
 * Refuses an object with a name that is not known, such as a misspelled option.
 * @throws {TypeError} that names it and the nearest name that is allowed, if one is near
 */
export function refuseUnknown(owner: string, given: unknown, allowed: readonly string[]): void {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new TypeError(`${owner}: the options must be an object`);
  }
  for (const name of Object.keys(given)) {
    if (allowed.includes(name)) continue;
    const hint = suggestion(name, allowed) || `. Known are ${allowed.join(", ")}`;
    throw new TypeError(`${owner}: option ${name} is not known${hint}`);
  }
}

/** ": did you mean …?", if one of the allowed names is near; otherwise nothing. */
export function suggestion(name: string, allowed: readonly string[]): string {
  const near = nearest(name, allowed);
  return near === undefined ? "" : `: did you mean ${near}?`;
}

/** The allowed name that differs in the fewest letters, if those are few enough for a slip. */
export function nearest(name: string, allowed: readonly string[]): string | undefined {
  const most = Math.min(2, Math.floor(name.length / 3));
  const ranked = allowed
    // A name of any length may come in. Two that differ much in length are not compared letter by letter.
    .filter((candidate) => Math.abs(candidate.length - name.length) <= most)
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= most ? best.candidate : undefined;
}

/** How many letters must be inserted, deleted, replaced or exchanged with their neighbour to turn one word into the other. */
function editDistance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isExchanged = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const deleted = at(row - 1, column) + 1;
      const inserted = at(row, column - 1) + 1;
      const replaced = at(row - 1, column - 1) + (isSame ? 0 : 1);
      const exchanged = isExchanged ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(deleted, inserted, replaced, exchanged));
    }
  }
  return at(from.length, to.length);
}
