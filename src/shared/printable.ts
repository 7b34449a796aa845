/**
 * A text from outside as a terminal may show it: without control characters, those that turn the direction of writing,
 * other invisible ones, and line and paragraph separators.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "?");
}
