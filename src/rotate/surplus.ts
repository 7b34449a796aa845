import type { ListedBackup } from "./listing.js";

/** Divides backups, of which the oldest comes first, into those that are too many and the newest, which are kept. */
export function divide(
  backups: readonly ListedBackup[],
  keep: number,
): { surplus: readonly ListedBackup[]; kept: readonly ListedBackup[] } {
  const count = Math.max(0, backups.length - keep);
  return { surplus: backups.slice(0, count), kept: backups.slice(count) };
}
