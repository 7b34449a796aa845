import { prerelease } from "semver";
import { Problem } from "../shared/problem.js";
import { readBaseline } from "./baseline.js";
import { pendingBump } from "./changesets.js";
import type { Manifest } from "./manifest.js";

/**
 * @param repository the address of the repository that the workflow runs in
 * @throws {Problem} when the project is not ready to be published under this tag
 */
export async function checkTag(tag: string, manifest: Manifest, repository: string | undefined): Promise<void> {
  const faults = await gitTagFaults(tag, manifest);
  // Provenance ties the package to its repository, so npm refuses another address.
  if (manifest.config.repository !== repository) {
    faults.push(
      `config.repository in package.json is "${manifest.config.repository}", and the workflow runs in ${repository ?? "none"}.`,
    );
  }
  if (faults.length > 0) throw new Problem(faults.join("\n"));
}

/** Why this tag would be refused in any repository. A sentence for each fault. */
export async function gitTagFaults(tag: string, { version, config }: Manifest): Promise<string[]> {
  const baseline = await readBaseline();
  const faults: string[] = [];
  if (tag !== `v${version}`) faults.push(`The tag is ${tag}, and the version is ${version}.`);
  // npm would give it to everybody who asks for the package without a version.
  if (prerelease(version) !== null) {
    faults.push(
      `${version} is a pre-release, and only full versions such as 1.2.3 are published. Run \`npx changeset pre exit\`.`,
    );
  }
  if ((await pendingBump()) !== "none") {
    faults.push("There are changesets. Run `npm run release:version` before you tag.");
  }
  if (baseline.version !== version) {
    faults.push(
      `The compatibility checks still know ${baseline.version}. Run \`npm run release:version\` before you tag.`,
    );
  }
  if (config.repository === "") {
    faults.push("config.repository in package.json is empty. Set it to the address of the repository before you tag.");
  }
  return faults;
}
