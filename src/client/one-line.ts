/** The longest text that a message of ours repeats, in characters. */
const longest = 500;

/** What a message of ours shows as one space. */
export const spaces = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/u;

/** A foreign text as a message of ours may repeat it: one line without control characters, cut at 500 characters. */
export function oneLine(text: string): string {
  const line = text.split(spaces).join(" ").trim();
  if (line.length <= longest) return line;
  // Twice as many code units hold enough code points, and none of them is cut in half.
  return `${[...line.slice(0, 2 * longest)].slice(0, longest - 1).join("")}…`;
}
