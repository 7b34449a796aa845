import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { Problem, root } from "../project.js";
import { type Impact, impacts, largest } from "./rating.js";

const folder = join(root, ".changeset");

/** The largest bump that the changesets ask for, of those that have not been released. */
export async function pendingBump(): Promise<Impact> {
  const bumps: Impact[] = [];
  for (const name of await readdir(folder)) {
    if (name.endsWith(".md") && name !== "README.md")
      bumps.push(bumpOf(name, await readFile(join(folder, name), "utf8")));
  }
  return largest(bumps);
}

/** A changeset begins with YAML between two lines of dashes: the package and the bump. */
function bumpOf(name: string, text: string): Impact {
  const [, front = ""] = text.split(/^---$/m);
  const bumps = Object.values(parse(front) ?? {});
  const bump = impacts.find((impact) => bumps.includes(impact));
  if (bump === undefined) throw new Problem(`.changeset/${name} names no bump: it must be patch, minor or major.`);
  return bump;
}
