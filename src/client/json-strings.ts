/** The strings of a text that is JSON, or has JSON in it. */

/** What becomes of a part of a text. */
export type Replace = (part: string) => string;
export const asItIs: Replace = (part) => part;

/**
 * Replaces each string of JSON, quotes included, or what stands between them. A regular expression would take minutes for a
 * hostile text.
 */
export function replaceParts(text: string, replaceString: Replace, replaceOther = asItIs): string {
  let result = "";
  let copied = 0;
  for (let start = text.indexOf('"'); start !== -1; start = text.indexOf('"', copied)) {
    const end = endOfString(text, start);
    if (end === -1) break;
    result += replaceOther(text.slice(copied, start)) + replaceString(text.slice(start, end));
    copied = end;
  }
  return result + replaceOther(text.slice(copied));
}

/** Where the string of JSON that begins there ends; -1 where it does not end. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '"') return index + 1;
    // The character behind a backslash belongs to it.
    if (text[index] === "\\") index++;
  }
  return -1;
}
