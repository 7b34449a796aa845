import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { pendingChangesets } from "./changesets.js";

const file = join(root, "CHANGELOG.md");

/**
 * What the changelog says about a version.
 * @throws {Problem} when it says nothing
 */
export async function releaseNotes(version: string): Promise<string> {
  const lines = (await readFile(file, "utf8")).split("\n");
  return `${lines
    .slice(...sectionOf(version, lines))
    .join("\n")
    .trim()}\n`;
}

/**
 * Moves the lines of the changesets into the section of a version that was never released, and leaves the version as it is:
 * there is none that it could be larger than.
 * @throws {Problem} when there is no such section
 */
export async function noteChangesets(version: string): Promise<void> {
  const changesets = await pendingChangesets();
  const summaries = changesets.map(({ summary }) => summary).filter((summary) => summary !== "");
  await writeFile(file, withNotes(await readFile(file, "utf8"), version, summaries));
  for (const changeset of changesets) await rm(changeset.file);
}

/** A changelog with a list at the end of a section. */
export function withNotes(changelog: string, version: string, notes: readonly string[]): string {
  const lines = changelog.trimEnd().split("\n");
  const [first, end] = sectionOf(version, lines);
  if (notes.length === 0) return changelog;
  const section = lines.slice(first, end).join("\n").trim();
  const list = notes.map((note) => `- ${note.replace(/\n(?=.)/g, "\n  ")}`).join("\n");
  const parts = [lines.slice(0, first).join("\n"), section, list, lines.slice(end).join("\n")];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

/** The lines of a section, without its heading: the number of the first, and that of the one after the last. */
function sectionOf(version: string, lines: readonly string[]): [first: number, end: number] {
  const first = lines.indexOf(`## ${version}`) + 1;
  if (first === 0) {
    throw new Problem(
      `CHANGELOG.md has no section "## ${version}". \`npm run release:version\` writes those of later versions. The first one is written by hand.`,
    );
  }
  const end = lines.findIndex((line, index) => index >= first && line.startsWith("## "));
  return [first, end === -1 ? lines.length : end];
}
