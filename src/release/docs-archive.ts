import { existsSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { compare } from "semver";
import { root } from "../tools/project.js";
import { run, runScript } from "../tools/run.js";
import type { Manifest } from "./manifest.js";

const prefix = "docs-";
const suffix = ".tgz";

/** Builds the page for its place under its version, and packs it: `docs-1.2.3.tgz`. SITE_URL is the address of the site. */
export async function archiveDocs({ version }: Manifest, target: string): Promise<void> {
  const { SITE_URL } = process.env;
  const address = SITE_URL ? { SITE_URL: `${SITE_URL}${version}/` } : {};
  await runScript("site/build.ts", [], { env: address });
  await run("tar", ["-czf", join(target, prefix + version + suffix), "-C", join(root, "dist", "docs"), "."]);
}

/**
 * Makes one site of the archives of all versions: each under its version, and the newest also at the root.
 * @returns the versions, the newest last; none where there is no archive, or not even their folder
 */
export async function assembleDocs(archives: string, site: string): Promise<string[]> {
  const names = (await filesIn(archives)).filter((name) => name.startsWith(prefix) && name.endsWith(suffix));
  const versions = names.map((name) => name.slice(prefix.length, -suffix.length)).sort(compare);
  for (const version of versions) {
    const archive = join(archives, prefix + version + suffix);
    await unpack(archive, join(site, version));
    if (version === versions.at(-1)) await unpack(archive, site);
  }
  return versions;
}

async function filesIn(folder: string): Promise<string[]> {
  return existsSync(folder) ? readdir(folder) : [];
}

async function unpack(archive: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await run("tar", ["-xzf", archive, "-C", folder]);
}
