import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { run } from "../tools/run.js";
import type { Manifest } from "./manifest.js";

/** The files that the package ships, in order. */
export async function packedFiles(): Promise<string[]> {
  const output = await run("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"]);
  const [packed] = JSON.parse(output) as { files: { path: string }[] }[];
  return (packed?.files ?? []).map(({ path }) => path).sort();
}

/**
 * Packs these files of what is built.
 * @returns the path of the tarball
 */
export async function pack(manifest: Manifest, files: readonly string[], target: string): Promise<string> {
  const stage = join(target, "package");
  await rm(stage, { recursive: true, force: true });
  for (const file of files) {
    await mkdir(dirname(join(stage, file)), { recursive: true });
    await cp(join(root, file), join(stage, file));
  }
  await writeFile(join(stage, "package.json"), `${JSON.stringify(publishedManifest(manifest), null, 2)}\n`);
  const output = await run("npm", ["pack", stage, "--ignore-scripts", "--json", "--pack-destination", target]);
  await rm(stage, { recursive: true });
  const [packed] = JSON.parse(output) as { filename: string }[];
  return join(target, packed?.filename ?? "");
}

/**
 * The addresses of a published package.
 * @throws {Problem} when the setting is not the address of a repository
 */
export function packageAddresses(repository: string): object {
  if (repository === "") return {};
  if (!URL.canParse(repository) || !repository.startsWith("https://") || repository.endsWith("/")) {
    throw new Problem(
      `config.repository in package.json is "${repository}". It must be empty, or an https address without a slash at its end, such as https://github.com/owner/name.`,
    );
  }
  return {
    repository: { type: "git", url: `git+${repository}.git` },
    homepage: `${repository}#readme`,
    bugs: `${repository}/issues`,
  };
}

/** What a tarball holds beyond the committed list, and what it lacks. A sentence for each. */
export function unexpectedFiles(listed: readonly string[], packed: readonly string[]): string[] {
  const surplus = packed.filter((file) => !listed.includes(file));
  const missing = listed.filter((file) => !packed.includes(file));
  return [
    ...surplus.map((file) => `The tarball ships ${file}, which is not in the list.`),
    ...missing.map((file) => `The tarball lacks ${file}, which is in the list.`),
  ];
}

/** The fields of package.json that are for whoever installs the package. The others are for whoever works on it. */
const publicFields = new Set([
  "name",
  "version",
  "description",
  "keywords",
  "license",
  "type",
  "sideEffects",
  "engines",
  "exports",
  "bin",
  "files",
  "dependencies",
  "peerDependencies",
  "peerDependenciesMeta",
]);

/** The manifest in the tarball: the public fields, and the addresses that follow from the one setting `config.repository`. */
function publishedManifest(manifest: Manifest): object {
  const fields = Object.entries(manifest).filter(([name]) => publicFields.has(name));
  return { ...Object.fromEntries(fields), ...packageAddresses(manifest.config.repository) };
}
