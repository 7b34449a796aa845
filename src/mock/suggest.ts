import { nearest } from "../client/names.js";

/** A sentence about a name that is not known: what was meant, where that is near, and what there is. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const question = near === undefined ? "" : ` Did you mean ${near}?`;
  return `${what} ${name.slice(0, 100)}.${question} There are ${known.join(", ")}`;
}
