/** The shape of a text of JSON, as it can be seen without parsing it. */
import { deepest, mostMarks } from "./limits.js";

/** Why a text of JSON is not parsed; undefined where it is. Whether it is JSON is not asked. */
export function structureFault(json: Uint8Array): string | undefined {
  let depth = 0;
  let marks = 0;
  let isInString = false;
  for (let index = 0; index < json.length; index++) {
    const byte = json[index];
    if (isInString) {
      // The character behind a backslash belongs to it, also a quote.
      if (byte === backslash) index++;
      if (byte === quote) isInString = false;
      continue;
    }
    if (byte === quote) isInString = true;
    if (byte === leftBracket || byte === leftBrace) depth++;
    if (byte === rightBracket || byte === rightBrace) depth--;
    if (depth > deepest) return `is nested more than ${deepest} deep`;
    if (isMark(byte)) marks++;
    if (marks > mostMarks) return `has more than ${mostMarks} brackets, commas and colons`;
  }
  return undefined;
}

const [quote, backslash, comma, colon, leftBracket, rightBracket, leftBrace, rightBrace] = Buffer.from('"\\,:[]{}');

function isMark(byte: number | undefined): boolean {
  return (
    byte === comma ||
    byte === colon ||
    byte === leftBracket ||
    byte === rightBracket ||
    byte === leftBrace ||
    byte === rightBrace
  );
}
