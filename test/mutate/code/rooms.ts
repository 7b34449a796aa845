/** A room whose code is mutated. */
export interface Room {
  /** The tests that hold it. */
  readonly tests: readonly string[];
  /** The mutation score, in per cent, that they must reach. */
  readonly threshold: number;
  /**
   * Whether code is left alone that runs only while a module is loaded, or before the tests of a file. Which test reaches it is
   * unknown, so that each of its mutants would have to meet all of them.
   */
  readonly ignoreStatic?: boolean;
}

export const rooms: Readonly<Record<string, Room>> = {
  client: { tests: ["test/client/!(editor|secrets|size|types).test.ts"], threshold: 85 },
  cli: { tests: ["test/cli/*.test.ts"], threshold: 75, ignoreStatic: true },
  mock: { tests: ["test/mock/!(bounds|contract|judge|packages|samples).test.ts"], threshold: 75, ignoreStatic: true },
};

/** Tests of the command and of the mock that start processes. Nearly every mutant would start all of them, and others hold the same lines. */
const withProcesses = [
  "a process ends with them",
  "standard output is full: the answer is on standard error instead",
  "by SIGINT, with what is known",
  "by SIGTERM, with what is known",
  "while it waits, after the service has refused",
  "3, and no stack, when something breaks that nobody waits for",
  "the keys of the cloud server sign, when they are asked for",
  "stand neither in the arguments nor in what the process shows while it runs",
  "are in no output, also when the server repeats them and everything is logged",
  "has colours on a terminal only, and never under NO_COLOR",
  "whose reader is gone causes no stack",
  "of create has an example that works",
  "of delete has an example that works",
  "is no success of a dry run, which sends nothing",
  "is no success of the help, which sends nothing",
  "is no success of the help of a command, which sends nothing",
  "a dry run refuses a folder that cannot be written, as a run does",
  "goes on serving when nobody reads what it prints any more",
  "3 when standard output is full: the result is on standard error instead",
  "that of the failure when standard output is full as well",
  "SIGINT ends it at once with 130, and the backup that may exist is listed",
  "SIGTERM ends it at once with 143, and the backup that may exist is listed",
  "SIGINT ends it also while it waits for standard input",
  "75 while another run holds the state, which is named",
  "prints the address, and a curl line for each operation that works by copy and paste",
  "gives the bodies that the stock command gives: prism mock generated/openapi.json",
  "prints curl lines that trust its certificate, whatever the name of the file is",
  "does not run with the flags of the process",
  "that fails says why, at once: planted",
  "that fails says why, at once: it ended with code 3",
  "such as a named pipe, which nobody reads, and which would hold up the whole process",
];

/**
 * Tests that take long because they wait or do much, and would do so for each mutant that they reach: others hold the same
 * lines. One compares costs, which the mutants' own counters change. The last one looks at the modules of the process, where
 * Stryker's are.
 */
export const skipped: readonly string[] = [
  ...withProcesses,
  "leaves no listener and no timer behind after ten thousand calls",
  "a body of quotes and backslashes costs about as much as one of letters",
  "takes no longer than a multiple of the length for a text that looks encoded everywhere",
  "an error body of 250,000 wrong bytes holds up the process no longer than one of letters, within a factor",
  "takes a 429 for a 429, also when its body is cut, never ends or is too long",
  "after a hang: a create exactly once, a delete again",
  "elsewhere, where the address does not answer, is one clear error",
  "elsewhere, where the address drips, is one clear error",
  "keeps any other text inside its segment",
  "a text that is too long for a regular expression is a ValidationError",
  "refuses a description of 50 MB without showing it",
  "that unpacks to far more than was sent",
  "keeps a connection for a client that thinks for six seconds",
  "is survived by a client that repeats",
  "is whole after every entry, also when the process is killed",
  "answers thousands of hostile requests and stays healthy",
  "keeps no large bodies",
  "is refused when it is larger without saying so, and taken up to that size",
  "The last 1,000 requests, the oldest first.",
  "lets an answer go on that fetch does not show, also a slow one",
  "are so few that thousands of words in a cookie hold nobody up",
  "is described by an OpenAPI document that Redocly takes, and that names every path",
  "loads no module of Prism that invents values",
];
