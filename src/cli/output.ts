import { styleText } from "node:util";
import { printable } from "./printable.js";

export type Format = "json" | "text";

/**
 * Writes to standard output and waits until it is written.
 * @throws {Error} when nobody reads it any more, or the disk is full
 */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve()));
  });
}

/** Writes a sentence for people to standard error. */
export function tell(text: string): void {
  process.stderr.write(`${styled("dim", "geminidb-backup:")} ${printable(text)}\n`);
}

/** Writes why a command failed to standard error: one line. */
export function complain(text: string): void {
  process.stderr.write(`${styled("red", "geminidb-backup:")} ${printable(text)}\n`);
}

function styled(style: "red" | "dim", text: string): string {
  const { NO_COLOR, TERM } = process.env;
  const plain = !process.stderr.isTTY || NO_COLOR !== undefined || TERM === "dumb";
  return plain ? text : styleText(style, text);
}

/** A value in the format that was asked for. */
export function formatted(value: unknown, format: Format): string {
  return format === "json" ? jsonLine(value) : aligned(value);
}

/** JSON on one line. Characters that would steer a terminal are escaped, which changes nothing for a program. */
export function jsonLine(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  // A character beyond 16 bits is two code units, each with an escape of its own.
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

/** One line for each property, with the values in one column. */
function aligned(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return cell(value);
  const entries = Object.entries(value);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.map(([name, item]) => `${printable(name).padEnd(width)}  ${cell(item)}`.trimEnd()).join("\n");
}

function cell(value: unknown): string {
  return typeof value === "string" ? printable(value) : jsonLine(value);
}
