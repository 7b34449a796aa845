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
  cli: { tests: ["test/cli/*.test.ts"], threshold: 75 },
  mock: { tests: ["test/mock/!(bounds|contract|judge|packages|samples).test.ts"], threshold: 75, ignoreStatic: true },
};

/**
 * Tests that take long because they wait or do much, and would do so for each mutant that they reach: others hold the same
 * lines. The last one looks at the modules of the process, where Stryker's are.
 */
export const skipped: readonly string[] = [
  "leaves no listener and no timer behind after ten thousand calls",
  "takes a 429 for a 429, also when its body is cut or never ends",
  "after a hang: a create exactly once, a delete again",
  "elsewhere, where the address does not answer, is one clear error",
  "elsewhere, where the address drips, is one clear error",
  "keeps any other text inside its segment",
  "a text that is too long for a regular expression is a ValidationError",
  "refuses a description of 50 MB without showing it",
  "that unpacks to a gigabyte",
  "keeps a connection for a client that thinks for six seconds",
  "is survived by a client that repeats",
  "is whole after every entry, also when the process is killed",
  "answers thousands of hostile requests and stays healthy",
  "keeps no large bodies",
  "is described by an OpenAPI document that Redocly takes, and that names every path",
  "leaves the modules of Prism as they are, and loads none that invents values",
];
