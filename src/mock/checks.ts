/** What options and replies are checked with. */
import { inspect } from "node:util";
import { longestTimer } from "../client/deadline.js";
import { isJson } from "./json.js";

export function booleanFault(value: unknown): string | undefined {
  return typeof value === "boolean" ? undefined : "must be true or false";
}

export const durationRule = `must be milliseconds, from 0 to ${longestTimer}`;

/** Milliseconds that a timer can wait. */
export function isDuration(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= longestTimer;
}

/** The end of a sentence that says what was given. */
export function shown(value: unknown): string {
  return `, not ${beginningOf(value)}`;
}

/** The beginning of a value, as a message shows it. */
export function beginningOf(value: unknown): string {
  const text = isJson(value) ? JSON.stringify(value) : inspect(value, { breakLength: Number.POSITIVE_INFINITY });
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

export function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && typeof value === "number" && value >= least && value <= most;
}

/** Whether a value is a text of more than spaces. */
export function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
