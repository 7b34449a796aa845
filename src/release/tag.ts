import { Problem } from "../project.js";
import { readBaseline } from "./baseline.js";
import type { Manifest } from "./manifest.js";
import { pendingBump } from "./pending.js";

/**
 * @param repository the address of the repository that the workflow runs in
 * @throws {Problem} when the project is not ready to be published under this tag
 */
export async function checkTag(tag: string, manifest: Manifest, repository: string | undefined): Promise<void> {
  const { version, config } = manifest;
  const baseline = await readBaseline();
  const faults: string[] = [];
  if (tag !== `v${version}`) faults.push(`The tag is ${tag}, and the version is ${version}.`);
  if ((await pendingBump()) !== "none") {
    faults.push("There are changesets. Run `npm run release:version` before you tag.");
  }
  if (baseline.version !== version) {
    faults.push(
      `The compatibility checks still know ${baseline.version}. Run \`npm run release:version\` before you tag.`,
    );
  }
  // Provenance ties the package to its repository, so npm refuses another address.
  if (config.repository !== repository) {
    faults.push(
      `config.repository in package.json is "${config.repository}", and the workflow runs in ${repository ?? "none"}.`,
    );
  }
  if (faults.length > 0) throw new Problem(faults.join("\n"));
}
