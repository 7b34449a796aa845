import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { type Impact, impacts, largest } from "./impact.js";

const folder = join(root, ".changeset");

/** A note of what changed, that waits for the next release. */
export interface Changeset {
  /** The path of its file. */
  readonly file: string;
  /** `none` where it says that no release is needed. */
  readonly bump: Impact;
  /** The line for the changelog. */
  readonly summary: string;
}

/** The changesets that have not been released. */
export async function pendingChangesets(): Promise<Changeset[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md") && name !== "README.md");
  const texts = names.map(async (name) => readChangeset(name, await readFile(join(folder, name), "utf8")));
  return Promise.all(texts);
}

/** The largest bump that the changesets ask for, of those that have not been released. */
export async function pendingBump(): Promise<Impact> {
  return largest((await pendingChangesets()).map(({ bump }) => bump));
}

/**
 * A changeset begins with YAML between two lines of dashes: packages, and the bump of each. There is none in what
 * `npx changeset --empty` writes.
 * @throws {Problem} when a bump is unknown
 */
export function readChangeset(name: string, text: string): Changeset {
  const [, front = "", ...rest] = text.split(/^---$/m);
  const bumps = Object.values<unknown>(parse(front) ?? {}).map((value) => bumpOf(name, value));
  return { file: join(folder, name), bump: largest(bumps), summary: rest.join("---").trim() };
}

function bumpOf(name: string, value: unknown): Impact {
  const bump = impacts.find((impact) => impact === value);
  if (bump !== undefined) return bump;
  throw new Problem(`.changeset/${name} has the bump ${JSON.stringify(value)}: it must be ${impacts.join(", ")}.`);
}
