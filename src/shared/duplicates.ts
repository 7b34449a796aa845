/** What occurs several times in a list, each once. */
export function duplicatesIn(list: readonly string[]): string[] {
  return [...new Set(list.filter((one, index) => list.indexOf(one) !== index))];
}
