/**
 * `npm run release:version`: turns the changesets into the next version, in package.json, its lock file, CHANGELOG.md and
 * `generated/`, and makes the reports of the surface and the baseline of the compatibility checks anew. It commits and
 * publishes nothing.
 */
import { join } from "node:path";
import { main, Problem, root, run } from "../project.js";
import { readBaseline, renewBaseline } from "./baseline.js";
import { changesSince, unannounced } from "./compatibility.js";
import { readManifest } from "./manifest.js";
import { pendingBump } from "./pending.js";
import { writeSurface } from "./surface.js";
import { type EntryTypes, publicTypes } from "./types.js";

await main(async () => {
  const manifest = await readManifest();
  // Without an address of its repository, the package has never been published. Its first version may still change.
  const isPublished = manifest.config.repository !== "";
  if (isPublished && (await pendingBump()) === "none") {
    throw new Problem("There is no changeset, so nothing is to be released. `npx changeset` adds one.");
  }
  await run("npm", ["run", "--silent", "build"]);
  const types = await publicTypes(manifest);
  if (isPublished) await raiseVersion(types);
  await writeSurface(types);
  await renewBaseline(types);
  const { version } = await readManifest();
  console.log(`${version} is ready. Review what changed, commit it, and tag the commit: git tag v${version}`);
});

/** @throws {Problem} when callers break, and no changeset says so */
async function raiseVersion(types: readonly EntryTypes[]): Promise<void> {
  const breaks = unannounced(await changesSince(await readBaseline(), types), await pendingBump());
  if (breaks.length > 0) {
    throw new Problem(`These changes break callers, so a changeset must say "major":\n${breaks.join("\n")}`);
  }
  await run(process.execPath, [join(root, "node_modules", "@changesets", "cli", "bin.js"), "version"]);
  // Changesets leaves the lock file alone.
  const { version } = await readManifest();
  await run("npm", ["version", version, "--no-git-tag-version", "--allow-same-version", "--ignore-scripts"]);
  await run(process.execPath, ["--import", "tsx", join("src", "generate", "index.ts")]);
}
