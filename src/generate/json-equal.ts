/**
 * Whether two values of JSON are equal. It stands in for Ajv's own comparison in `generated/validators.js`, which takes the keys
 * `constructor`, `valueOf` and `toString` of a value for members of its class.
 */
export default function equal(one: unknown, other: unknown): boolean {
  if (!isCollection(one) || !isCollection(other)) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every((key) => Object.hasOwn(other, key) && equal(one[key], other[key]));
}

/** An array has its positions as keys. */
function isCollection(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
