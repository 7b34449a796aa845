/** A text in one line, whatever line breaks its source has. */
export function withoutLineBreaks(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
