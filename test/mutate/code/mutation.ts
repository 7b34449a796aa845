/** How often each mutant was reached, by its ID. */
export type Hits = Record<string, number>;

/** What Stryker keeps in a global variable while it runs tests. */
export interface Mutation {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: { static: Hits; perTest: Record<string, Hits> } | undefined;
}

/** The variable of a process that names the active mutant. Instrumented code reads it, so its name is Stryker's. */
export const activeVariable = "__STRYKER_ACTIVE_MUTANT__";
/** The variable that names the folder in which processes note the mutants which they reached. */
export const folderVariable = "MUTANTS_REACHED";

export function mutation(): Mutation {
  const global = globalThis as { __stryker__?: Mutation };
  global.__stryker__ ??= {};
  return global.__stryker__;
}
