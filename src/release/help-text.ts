/** What a script relies on in the help of one command. */
export interface ReleasedCommand {
  /** The command with its name, such as `geminidb-backup create`. */
  readonly command: string;
  readonly flags: ReadonlyMap<string, FlagHelp>;
  readonly exitCodes: ReadonlyMap<string, string>;
  /** The environment variables that it names. */
  readonly variables: ReadonlySet<string>;
  /** What else it says, each paragraph on one line. */
  readonly paragraphs: ReadonlySet<string>;
}

export interface FlagHelp {
  /** What it does, in words. */
  readonly meaning: string;
  /** What stands for its value, such as `TEXT`. A switch has none. */
  readonly placeholder: string | undefined;
  readonly isRequired: boolean;
  readonly defaultValue: string | undefined;
  /** A short form, such as `-h`. */
  readonly short: string | undefined;
}

/** The headline of a help text among others: the line that prints it. */
export function headline(...args: readonly string[]): string {
  return `$ geminidb-backup ${args.join(" ")}`;
}

/** Takes help texts apart that follow one another, each below its headline. */
function readHelp(texts: string): ReleasedCommand[] {
  return texts
    .split(/^\$ (?=geminidb-backup)/m)
    .slice(1)
    .map(readCommand);
}

/** Each command of one release, and the command of that name in the next, if there is one. Both are all help texts. */
export function comparedCommands(
  before: string,
  now: string,
): [released: ReleasedCommand, successor: ReleasedCommand | undefined][] {
  const present = new Map(readHelp(now).map((help) => [help.command, help]));
  return readHelp(before).map((released) => [released, present.get(released.command)]);
}

function readCommand(text: string): ReleasedCommand {
  const [command = ""] = text.split(" --help\n", 1);
  const flags = [...definitionsBelow("Flags", text), ...definitionsBelow("Common flags", text)];
  return {
    command,
    flags: new Map(flags.map(([term, meaning]) => readFlag(term, meaning, usageOf(text)))),
    exitCodes: new Map(definitionsBelow("Exit codes", text)),
    variables: new Set(text.match(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g)),
    paragraphs: new Set(otherParagraphs(text)),
  };
}

/** The line that shows how a command is called. It names the flags that are required. */
function usageOf(text: string): string {
  return paragraphsIn(text).find((paragraph) => paragraph.startsWith("Usage: ")) ?? "";
}

/** Sections of which each line is compared by itself, or that promise nothing. */
const otherSections = ["Usage: ", "Commands ", "Flags ", "Common flags ", "Exit codes ", "Example "];

function otherParagraphs(text: string): string[] {
  return paragraphsIn(text).filter((paragraph) => !otherSections.some((heading) => paragraph.startsWith(heading)));
}

/** The parts of a help text between its headline and empty lines, each on one line. */
function paragraphsIn(text: string): string[] {
  const [, ...lines] = text.split("\n");
  return lines
    .join("\n")
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, " "));
}

function readFlag(term: string, meaning: string, usage: string): [name: string, flag: FlagHelp] {
  const [name = "", placeholder] = term.split(" ");
  // A default with spaces in it is quoted.
  const [, named, marked] = /default: ("[^"]*"|\S+?)[.,;]?(?:\s|$)|(\S+) \(default\)/.exec(meaning) ?? [];
  const [, short] = /\((-\w)\)/.exec(meaning) ?? [];
  const isRequired = /\bRequired\./.test(meaning) || usage.split(" ").includes(name);
  return [name, { meaning, placeholder, isRequired, defaultValue: named ?? marked, short }];
}

/**
 * The terms below a heading, and what each means. A term is indented by two spaces. What goes on in a further line is
 * indented by more, and belongs to the meaning.
 */
export function definitionsBelow(heading: string, text: string): [term: string, meaning: string][] {
  const lines = text.split("\n");
  const first = lines.indexOf(heading) + 1;
  if (first === 0) return [];
  const end = lines.indexOf("", first);
  const found: [term: string, meaning: string][] = [];
  for (const line of lines.slice(first, end === -1 ? undefined : end)) {
    const last = found.at(-1);
    if (last && line.startsWith("   ")) last[1] = `${last[1]} ${line.trim()}`.trim();
    else found.push(termOf(line));
  }
  return found;
}

/** The meaning begins two spaces or more after the term, or in the next line. */
function termOf(line: string): [term: string, meaning: string] {
  const [term = "", meaning = ""] = line.trim().split(/ {2,}(.*)/);
  return [term, meaning];
}
