import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { slug } from "./html.js";

export interface Guide {
  /** The path from the root of the repository. */
  file: string;
  /** Its address on the page. */
  id: string;
  title: string;
  /** Markdown, without the title. */
  text: string;
}

export interface Guides {
  /** What somebody needs before the reference: the guides whose file names begin with 0. */
  first: Guide[];
  /** The other guides, in the order of their file names. */
  further: Guide[];
  /** Errata, fault table and changelog. */
  records: Guide[];
}

/** @throws {Problem} when a file does not begin with a title */
export async function readGuides(): Promise<Guides> {
  const names = (await readdir(join(root, "docs", "guides"))).filter((name) => name.endsWith(".md")).sort();
  const guides = await Promise.all(names.map((name) => readGuide(`docs/guides/${name}`)));
  const isFirst = ({ file }: Guide) => file.startsWith("docs/guides/0");
  return {
    first: guides.filter(isFirst),
    further: guides.filter((guide) => !isFirst(guide)),
    records: await Promise.all(["docs/errata.md", "docs/faults.md", "CHANGELOG.md"].map(readGuide)),
  };
}

export function allGuides({ first, further, records }: Guides): Guide[] {
  return [...first, ...further, ...records];
}

async function readGuide(file: string): Promise<Guide> {
  const [heading = "", ...rest] = (await readFile(join(root, file), "utf8")).split("\n");
  if (!heading.startsWith("# ")) throw new Problem(`${file}, line 1: a guide starts with "# " and its title.`);
  const title = heading.slice(2).trim();
  return { file, id: slug(title), title, text: rest.join("\n").trim() };
}
