/** Whether a value is data that JSON can hold, so that it can equal something in a request. */
export function isJson(value: unknown, within: readonly object[] = []): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  // What is within itself has no end.
  if (typeof value !== "object" || within.includes(value)) return false;
  if (!Array.isArray(value) && !isPlainObject(value)) return false;
  return Object.values(value).every((item) => isJson(item, [...within, value]));
}

/**
 * Whether a value is an object that was written as one, and inherits nothing. Not by its prototype, which is another in each
 * realm: Jest has a realm for each test file.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (Object.prototype.toString.call(value) !== "[object Object]") return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
