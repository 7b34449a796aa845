import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/project.js";

/**
 * Installs packages into a temporary folder, for as long as something is measured with them. Where that fails, it says so.
 * @param manifest more of its package.json
 */
export async function withInstalled(
  packages: readonly string[],
  measure: (folder: string) => Promise<void>,
  manifest: object = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-bench-"));
  try {
    await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, ...manifest }));
    const args = ["install", "--no-audit", "--no-fund", ...packages];
    const { code, stderr } = await run("npm", args, { cwd: folder });
    if (code === 0) await measure(folder);
    else console.log(`It cannot be installed here: ${stderr.split("\n").find((line) => line.startsWith("npm error"))}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
