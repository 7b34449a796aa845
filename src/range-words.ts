/**
 * How many there may be of something, such as characters, or how large a number may be.
 * @param unit what is counted; empty for a number
 * @returns undefined where there is no limit
 */
export function rangeWords(unit: "character" | "item" | "", least: unknown, most: unknown): string | undefined {
  const units = unit && ` ${unit}s`;
  if (least !== undefined && most !== undefined) return `${least} to ${most}${units}`;
  if (most !== undefined) return `at most ${most}${units}`;
  if (least === 1 && unit !== "") return "not empty";
  return least === undefined ? undefined : `at least ${least}${units}`;
}
