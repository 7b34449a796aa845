import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../tools/run.js";
import { inTemporaryFolder } from "../tools/temporary-folder.js";
import type { Manifest } from "./manifest.js";

const imported =
  'import { createClient } from "geminidb-backup"; createClient({ region: "ap-southeast-1", auth: "any" });';

/**
 * Installs a tarball in an empty folder, starts its command there, and imports its client.
 * @throws {Problem} when one of these fails
 */
export async function tryTarball(tarball: string, { name }: Manifest): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    await writeFile(join(folder, "package.json"), '{ "private": true }');
    await run("npm", ["install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", tarball], {
      cwd: folder,
    });
    await run(join(folder, "node_modules/.bin", name), ["--help"], { cwd: folder });
    await run(process.execPath, ["--input-type=module", "--eval", imported], { cwd: folder });
  });
}
