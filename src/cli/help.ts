import type { CatalogueOperation } from "../../generated/catalogue.js";
import { readEnvironment } from "../client/auth/environment.js";
import { shellQuoted } from "../shared/shell.js";
import type { CommandEntry } from "./command.js";
import { commonFlags } from "./common-flags.js";
import { exitCodeWords } from "./exit-codes.js";
import type { Flag } from "./flag.js";
import { definitions, plainText, withoutMarks, wrap, wrapTerms } from "./layout.js";
import type { OperationFlag } from "./operation-flags.js";
import { withHelpFlags } from "./parse.js";

/** The text of `geminidb-backup --help`. */
export function overview(summary: string, commands: readonly CommandEntry[]): string {
  return sections(
    "Usage: geminidb-backup <command> [flags]",
    wrap(summary),
    `Commands\n${definitions(commands.map((command) => [command.name, command.summary]))}`,
    wrap(
      "geminidb-backup <command> --help explains a command, and so does geminidb-backup help <command>. --version shows the version. -h and -v are short for them.",
    ),
    exitCodeSection,
  );
}

/** The text of `--help` of the command of an operation, in the words of the description. */
export function operationHelp(operation: CatalogueOperation, flags: readonly OperationFlag[]): string {
  const { command, summary, description } = operation;
  return sections(
    usageLine(command, flags),
    `${withoutMarks(summary)}.`,
    plainText(description),
    flags.length > 0 ? `Flags\n${flagList(flags)}` : undefined,
    flags.some(({ kind }) => kind === "json") ? jsonSection : undefined,
    commonFlagSections,
    exitCodeSection,
    `Example\n${exampleOf(operation, flags)}`,
  );
}

/** How a command is called, with the flags that it requires. */
export function usageLine(command: string, flags: readonly Flag[]): string {
  const required = flags.filter(({ isRequired }) => isRequired).map(usageOf);
  return `Usage: ${wrapTerms(["geminidb-backup", command, ...required, "[flags]"], "Usage: ".length).trimStart()}`;
}

/** What each command that calls the service says about the flags that they share. */
export const commonFlagSections = `Common flags
${flagList(withHelpFlags(commonFlags))}

Environment
${wrap(`Values that are not given as flags are read from the environment: ${Object.values(readEnvironment({}).missing).join("; ")}. The host comes from --base-url, else --region, else GEMINIDB_URL, else the region of the environment. No flag takes a credential, because everybody on the machine can read the arguments of a program.`, 2)}`;

/** The exit codes, as every help shows them. */
export const exitCodeSection = `Exit codes\n${definitions(exitCodeWords.map(([code, meaning]) => [String(code), meaning]))}`;

export const jsonSection = `JSON\n${wrap("The value of a flag that takes JSON may be the JSON itself, @FILE, or - for standard input.", 2)}`;

/** Sections with an empty line between them. */
export function sections(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join("\n\n");
}

/** Flags, and what they mean. */
export function flagList(flags: readonly Flag[]): string {
  return definitions(flags.map((flag) => [usageOf(flag), meaningOf(flag)]));
}

function usageOf({ name, placeholder }: Flag): string {
  return placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
}

function meaningOf({ about, isRequired }: Flag): string {
  return withoutMarks(isRequired ? `${about} Required.` : about);
}

/** A line for a shell that makes the simplest documented request. */
function exampleOf({ command, parameters, requestBody }: CatalogueOperation, flags: readonly OperationFlag[]): string {
  const body: unknown = requestBody?.examples[0]?.value;
  const values = new Map<string, unknown>([
    ...Object.entries(Object(body)),
    // A property of a whole body may have the name of a parameter, whose flag this is.
    ...parameters.map(({ name, example }): [string, unknown] => [name, example]),
  ]);
  const isParameter = (wireName: string) => parameters.some(({ name }) => name === wireName);
  // The whole body is shown only where no flag sets a part of it.
  const hasPropertyFlags = flags.some(({ wireName }) => wireName !== undefined && !isParameter(wireName));
  const wholeBody = hasPropertyFlags ? undefined : body;
  const given: string[] = [];
  for (const flag of flags) {
    const value = flag.wireName === undefined ? wholeBody : values.get(flag.wireName);
    if (value !== undefined) given.push(argumentFor(flag, value));
  }
  return [`  geminidb-backup ${command}`, ...given.map((argument) => `    ${argument}`)].join(" \\\n");
}

function argumentFor({ name, kind }: OperationFlag, value: unknown): string {
  if (kind === "switch") return value === true ? `--${name}` : `--${name}=${value}`;
  return `--${name} ${shellQuoted(kind === "json" ? JSON.stringify(value) : String(value))}`;
}
