/** Joins sentences, and leaves out those that are not there. The last has no full stop, as messages of errors usually have none. */
export function sentences(...parts: (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) => part?.replace(/\.$/, ""))
    .join(". ");
}
