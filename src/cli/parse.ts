import { parseArgs } from "node:util";
import { longestTimer } from "../client/deadline.js";
import { UsageError } from "./errors.js";
import { type Flag, filePlaceholder } from "./flag.js";
import { joinedFlag, unknownFlag } from "./unknown-flag.js";

/** The values of the flags that were given, by name. A switch has the value "true" or "false". */
export type Values = ReadonlyMap<string, string>;

/** What every command knows beside its own flags. */
const helpFlags: readonly Flag[] = [
  { name: "help", about: "show this text (-h)" },
  { name: "version", about: "show the version (-v)" },
];

/** The flags of a command, with those that every command has. */
export function withHelpFlags(flags: readonly Flag[]): readonly Flag[] {
  return [...flags, ...helpFlags];
}

/** Whether the arguments ask for help or the version, whatever else they say. */
export function asksFor(wanted: "help" | "version", args: readonly string[], flags: readonly Flag[]): boolean {
  return tokenize(args, withHelpFlags(flags)).some(
    (token) =>
      token.kind === "option" && token.name === wanted && (token.value === undefined || token.value === "true"),
  );
}

/**
 * Reads the flags of a command.
 * @throws {UsageError} in one sentence, which never shows the value of a flag
 */
export function parseFlags(args: readonly string[], own: readonly Flag[]): Values {
  const flags = withHelpFlags(own);
  const tokens = tokenize(args, flags);
  const values = new Map<string, string>();
  // Unknown flags come first: what looks like an argument without a flag may be the value of one.
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const flag = flags.find(({ name }) => name === token.name);
    if (!flag) throw unknownFlag(token.rawName, flags);
    if (values.has(flag.name)) throw new UsageError(`--${flag.name} is given twice. Give it once`);
    values.set(flag.name, valueFor(flag, token.value, token.inlineValue === true));
  }
  const stray = tokens.find(({ kind }) => kind === "positional");
  if (stray) {
    // The argument itself is not shown, because it may be a secret that lost its flag.
    throw new UsageError(
      `argument ${stray.index + 1} after the command belongs to no flag. Values are given as --flag VALUE`,
    );
  }
  return values;
}

/**
 * Checks that the required flags are there.
 * @throws {UsageError} that names each that is missing, or empty
 */
export function requireFlags(values: Values, flags: readonly Flag[]): void {
  const missing = flags.filter(({ name, isRequired }) => isRequired && !values.get(name));
  if (missing.length === 0) return;
  throw new UsageError(`missing: ${missing.map(({ name }) => `--${name}`).join(", ")}. --help explains them`);
}

/** The number that a flag gives, or NaN where it gives none; undefined without the flag. */
export function numberOf(values: Values, name: string): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  return /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
}

/**
 * The milliseconds that a flag gives; undefined without the flag.
 * @throws {UsageError} when no timer can wait for them
 */
export function milliseconds(values: Values, name: string): number | undefined {
  const number = numberOf(values, name);
  if (number === undefined) return undefined;
  if (Number.isInteger(number) && number >= 1 && number <= longestTimer) return number;
  throw new UsageError(`--${name} must be milliseconds, a whole number from 1 to ${longestTimer}`);
}

/**
 * How many of something a flag asks for; undefined without the flag.
 * @throws {UsageError} when it is no whole number
 */
export function count(values: Values, name: string): number | undefined {
  const number = numberOf(values, name);
  if (number === undefined || Number.isInteger(number)) return number;
  throw new UsageError(`--${name} must be a whole number, at least 0`);
}

/** Whether a switch is on. */
export function isOn(values: Values, name: string): boolean {
  return values.get(name) === "true";
}

function tokenize(args: readonly string[], flags: readonly Flag[]) {
  const options = Object.fromEntries(
    flags.map(({ name, placeholder }) => [
      name,
      { type: placeholder === undefined ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  const shorts = { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "v" } } as const;
  // Not strict, because the messages of parseArgs name no flag that is near, and show what was given.
  const { tokens } = parseArgs({ args: [...args], options: { ...options, ...shorts }, strict: false, tokens: true });
  for (const token of tokens) {
    const written = args[token.index] ?? "";
    // To parseArgs, -verbose is -v, -e and so on: a flag with one hyphen too few would ask for the version.
    if (token.kind === "option" && !written.startsWith("--") && written !== token.rawName)
      throw joinedFlag(written, flags);
  }
  return tokens;
}

function valueFor({ name, placeholder }: Flag, value: string | undefined, isInline: boolean): string {
  if (placeholder === undefined) {
    const state = value ?? "true";
    if (state === "true" || state === "false") return state;
    throw new UsageError(`--${name} is a switch: it takes no value but true or false`);
  }
  if (value === undefined) throw new UsageError(`--${name} needs a value: --${name} ${placeholder}`);
  if (!isInline && value.startsWith("-") && value !== "-") {
    throw new UsageError(`--${name} needs a value. Write --${name}=VALUE for one that begins with a hyphen`);
  }
  if (placeholder === filePlaceholder && value.trim() === "")
    throw new UsageError(`--${name} needs the name of a file`);
  return value;
}
