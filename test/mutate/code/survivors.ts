import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";

/** What is read of a report of Stryker. Its format is shared by several tools: https://github.com/stryker-mutator/mutation-testing-elements */
export interface Report {
  files: Record<string, { source: string; mutants: { status: string; location: Location; replacement?: string }[] }>;
}
interface Location {
  start: Position;
  end: Position;
}
/** Counted from 1. */
interface Position {
  line: number;
  column: number;
}

/** Mutants that no test kills, and why they may live. */
interface Group {
  reason: string;
  mutants: string[];
}

/** How many characters of a piece of code are shown. */
const longest = 90;

/** The mutants of a report that survived, one line each: the file, the code as it was, and what it became. */
export function survivorsOf(report: Report): string[] {
  return Object.entries(report.files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === "Survived" || status === "NoCoverage")
      .map(({ location, replacement = "" }) => `${file}: ${short(codeAt(source, location))} → ${short(replacement)}`),
  );
}

/** What differs between the survivors of a run and those that are listed with a reason. */
export function compareSurvivors(survivors: readonly string[], listed: readonly Group[]) {
  const known = new Set(listed.flatMap(({ mutants }) => mutants));
  return {
    withoutReason: survivors.filter((one) => !known.has(one)),
    noLongerThere: [...known].filter((one) => !survivors.includes(one)),
  };
}

/**
 * The listed survivors whose code is not in its file any more: it has changed, so nobody knows whether they still survive.
 * @param sourceOf gives the text of a file; undefined where there is none
 */
export function outdatedIn(listed: readonly Group[], sourceOf: (file: string) => string | undefined): string[] {
  return listed
    .flatMap(({ mutants }) => mutants)
    .filter((mutant) => {
      const [, file = "", code = ""] = /^(\S+): (.*?)…? → /.exec(mutant) ?? [];
      return sourceOf(file)?.replace(/\s+/g, " ").includes(code) !== true;
    });
}

/** The survivors that are listed with a reason. */
export function readSurvivors(path: string): Group[] {
  return existsSync(path) ? parse(readFileSync(path, "utf8")) : [];
}

function codeAt(source: string, { start, end }: Location): string {
  const lines = source.split("\n").slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join(" ");
}

function short(code: string): string {
  const line = code.replace(/\s+/g, " ");
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}
