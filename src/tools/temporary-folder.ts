import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Does something in a new folder, which is removed afterwards with all that is in it. */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
