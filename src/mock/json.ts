import { deepest } from "./limits.js";

/** Whether a value is data that JSON can hold, so that it can equal something in a request. */
export function isJson(value: unknown): boolean {
  return jsonFault(value) === undefined;
}

/** Why a value cannot equal something in a request; undefined where it can. */
export function jsonFault(value: unknown, within: readonly object[] = []): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : noJson;
  // A value that contains itself cannot be written as JSON.
  if (typeof value !== "object" || within.includes(value)) return noJson;
  if (!Array.isArray(value) && !isPlainObject(value)) return noJson;
  if (within.length === deepest) return `must not be nested more than ${deepest} deep`;
  // Iterating also visits the holes of a sparse array, as undefined.
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    const fault = jsonFault(item, [...within, value]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** A copy of data that JSON can hold, of plain objects and lists, whatever the data is made of. What is undefined is left out. */
export function copyOf<T>(data: T): T {
  return JSON.parse(JSON.stringify(data));
}

const noJson = "must be data that JSON can hold";

/**
 * Whether a value is an object that was written as one, and inherits nothing. Its prototype is not compared, because each
 * realm has its own, and Jest has a realm for each test file.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (Object.prototype.toString.call(value) !== "[object Object]") return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
