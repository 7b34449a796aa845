/**
 * Refuses an object with a name that is not known, such as a misspelled option.
 * @throws {TypeError} that names it and the nearest name that is allowed, if one is near
 */
export function refuseUnknown(owner: string, given: unknown, allowed: readonly string[]): void {
  if (typeof given !== "object" || given === null) throw new TypeError(`${owner}: the options must be an object`);
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
  const ranked = allowed
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.min(2, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** How many letters must be inserted, deleted or replaced to turn one word into the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      const deleted = (row[column + 1] ?? 0) + 1;
      const inserted = (next[column] ?? 0) + 1;
      next.push(Math.min(replaced, deleted, inserted));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
