import { styleText } from "node:util";
import { printable } from "../shared/printable.js";
import type { Context } from "./context.js";
import { UsageError } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { columns } from "./layout.js";
import type { Values } from "./parse.js";

export type Format = "json" | "text";

/** @throws {UsageError} when the format is not known */
export function formatOf(values: Values): Format {
  const format = values.get("output") ?? "json";
  if (format === "json" || format === "text") return format;
  throw new UsageError("--output must be json or text");
}

/** Standard output cannot be written: nobody reads it any more, or the disk is full. */
export class OutputError extends Error {
  /** The code of the operating system, such as `EPIPE`. */
  readonly code: string;

  constructor(cause: NodeJS.ErrnoException) {
    super(`standard output cannot be written (${cause.code ?? cause.message})`, { cause });
    this.code = cause.code ?? "";
  }
}

/**
 * Writes to standard output and waits until it is written.
 * @throws {OutputError} when that fails
 */
export function print({ stdout }: Context, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(`${text}\n`, (error?: Error | null) => (error ? reject(new OutputError(error)) : resolve()));
  });
}

/**
 * Prints what came of requests that were sent. When that fails, standard error says so, with the result if there is a text.
 * @param format makes the text
 * @param subject what was done, for the message
 */
export async function printResult(context: Context, format: () => string, subject: string): Promise<ExitCode> {
  let text = "";
  try {
    text = format();
    await print(context, text);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof OutputError) await printAsError(context, `${subject}, but ${error.message}`, text);
    else complain(context, `${subject}, but the answer cannot be shown: ${error}`);
    // For whoever reads standard output, the answer is lost like one that was never received.
    return exitCodes.unknown;
  }
}

/** Writes a result to standard error, with the reason in front of it, and waits until it is written, or cannot be. */
function printAsError(context: Context, reason: string, result: string): Promise<void> {
  // What has several lines begins on one of its own.
  const separator = result.includes("\n") ? "\n" : " ";
  const text = `${named(context, "red", reason)}:${separator}${result}\n`;
  return new Promise((resolve) => context.stderr.write(text, () => resolve()));
}

/** Writes a sentence for people to standard error. */
export function tell(context: Context, text: string): void {
  context.stderr.write(`${named(context, "dim", text)}\n`);
}

/** Writes why a command failed to standard error: one line. */
export function complain(context: Context, text: string): void {
  context.stderr.write(`${named(context, "red", text)}\n`);
}

/** A text for people behind the name of the command, by which a log tells it from those of other programs. */
function named(context: Context, style: "red" | "dim", text: string): string {
  return `${styled(context, style, "geminidb-backup:")} ${printable(text)}`;
}

function styled({ env, stderr }: Context, style: "red" | "dim", text: string): string {
  const { NO_COLOR, TERM } = env;
  // By no-color.org, a variable that is empty says nothing.
  const plain = !stderr.isTTY || Boolean(NO_COLOR) || TERM === "dumb";
  // The check of Node would look at standard output, which may be a file while people read here.
  return plain ? text : styleText(style, text, { validateStream: false });
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
  return columns(Object.entries(value).map(([name, item]) => [printable(name), cell(item)]));
}

function cell(value: unknown): string {
  return typeof value === "string" ? printable(value) : jsonLine(value);
}
