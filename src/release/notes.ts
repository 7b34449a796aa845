import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem, root } from "../project.js";

/**
 * What the changelog says about a version.
 * @throws {Problem} when it says nothing
 */
export async function releaseNotes(version: string): Promise<string> {
  const lines = (await readFile(join(root, "CHANGELOG.md"), "utf8")).split("\n");
  const first = lines.indexOf(`## ${version}`) + 1;
  if (first === 0) throw new Problem(`CHANGELOG.md has no section "## ${version}". Run \`npm run release:version\`.`);
  const behind = lines.findIndex((line, index) => index >= first && line.startsWith("## "));
  return `${lines
    .slice(first, behind === -1 ? undefined : behind)
    .join("\n")
    .trim()}\n`;
}
