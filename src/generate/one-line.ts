/** A text as one line, whatever line breaks the source has. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
