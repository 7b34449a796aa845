/**
 * `npm run release:version`: turns the changesets into the next version, in package.json, its lock file, CHANGELOG.md, the
 * description and `generated/`, and makes the reports of the surface and the baseline of the compatibility checks anew. Before the first
 * release, the version stays, and its section of the changelog takes them up. It commits and publishes nothing.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { run, runScript } from "../tools/run.js";
import { main } from "../tools/script.js";
import { type EntryTypes, publicTypes } from "./api-extractor.js";
import { readBaseline, renewBaseline } from "./baseline.js";
import { noteChangesets } from "./changelog.js";
import { pendingBump } from "./changesets.js";
import { changesSince, unannounced } from "./compatibility.js";
import { readManifest } from "./manifest.js";
import { packageAddresses } from "./pack.js";
import { hasRelease } from "./release-tags.js";
import { writeSurface } from "./surface.js";
import { gitTagFaults } from "./tag.js";

await main(async () => {
  const manifest = await readManifest();
  // Refuses a wrong address here, where it can be corrected, and not in the workflow.
  packageAddresses(manifest.config.repository);
  const isFirst = !(await hasRelease());
  if (!isFirst && (await pendingBump()) === "none") {
    throw new Problem("No changeset asks for a release, so there is none to make. `npx changeset` adds one.");
  }
  await build();
  const types = await publicTypes(manifest);
  if (isFirst) await noteChangesets(manifest.version);
  else await raiseVersion(types);
  await writeSurface(types);
  await renewBaseline(types);
  console.log(await whatIsNext());
});

/** @throws {Problem} when the changes since the last release ask for more than the changesets say */
async function raiseVersion(types: readonly EntryTypes[]): Promise<void> {
  const surprises = unannounced(await changesSince(await readBaseline(), types), await pendingBump());
  if (surprises.length > 0) {
    throw new Problem(
      `A changeset must say at least what stands before each of these changes:\n${surprises.join("\n")}`,
    );
  }
  await run(process.execPath, [join(root, "node_modules", "@changesets", "cli", "bin.js"), "version"]);
  // Changesets leaves the lock file alone.
  const { version } = await readManifest();
  await run("npm", ["version", version, "--no-git-tag-version", "--allow-same-version", "--ignore-scripts"]);
  await versionDescription(version);
  await runScript("generate/index.ts");
  // What ships holds the version, too.
  await build();
}

/** The description has the version of the package, under which its page is published. */
async function versionDescription(version: string): Promise<void> {
  const path = join(root, "openapi", "openapi.yaml");
  const line = /^ {2}version: .*$/m;
  const text = await readFile(path, "utf8");
  if (!line.test(text)) throw new Problem(`${path} has no line "  version: ${version}" in its info.`);
  await writeFile(path, text.replace(line, `  version: ${version}`));
}

function build(): Promise<string> {
  return run("npm", ["run", "--silent", "build"]);
}

async function whatIsNext(): Promise<string> {
  const manifest = await readManifest();
  const tag = `v${manifest.version}`;
  const faults = await gitTagFaults(tag, manifest);
  const review = `${manifest.version} is ${faults.length > 0 ? "up to date" : "ready"}. Review what changed, and commit it.`;
  if (faults.length === 0) return `${review} Then tag the commit: git tag ${tag}`;
  return `${review} It cannot be tagged yet:\n${faults.join("\n")}`;
}
