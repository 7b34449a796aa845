/** The value that a text of JSON stands for. Undefined where the text is not JSON. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The value that a text of JSON stands for, or the text itself where it is not JSON. */
export function jsonOrText(text: string): unknown {
  const parsed = parseJson(text);
  return parsed ? parsed.value : text;
}
