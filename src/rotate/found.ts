import type { Ledger } from "./ledger.js";
import { isBackupName } from "./name.js";
import { notFound, type RotateOptions, wrong } from "./options.js";

/**
 * Writes to the state what the caller found of backups that may exist.
 * @throws {TypeError} when one of them cannot be meant; nothing was written
 */
export async function applyFound(
  ledger: Ledger,
  found: NonNullable<RotateOptions["found"]>,
  namePrefix: string,
): Promise<void> {
  // A run that failed after it wrote them may be repeated as it is.
  const news = Object.entries(found).filter(([name, id]) => !isApplied(ledger, name, id, namePrefix));
  // All of them are checked before the first is written.
  for (const [name, id] of news) checkFound(ledger, name, id);
  for (const [name, id] of news) {
    if (id === notFound) await ledger.remove(name);
    else await ledger.confirm(name, id);
  }
}

/** Whether the state says already what was found. It says so no more when a run has deleted that backup since. */
function isApplied(ledger: Ledger, name: string, id: string, namePrefix: string): boolean {
  // A backup that is not listed needs no forgetting. If its name was mistyped, the run still reports the one that was meant.
  if (id === notFound) return !ledger.names.includes(name) && isBackupName(name, namePrefix);
  return ledger.existing.some((backup) => backup.name === name && backup.backup_id === id);
}

function checkFound({ storeName, unknown, existing }: Ledger, name: string, id: string): void {
  if (!unknown.some((backup) => backup.name === name)) {
    throw wrong("found", `names ${JSON.stringify(name)}, which ${storeName} does not list as unknown`);
  }
  if (existing.some((backup) => backup.backup_id === id)) {
    throw wrong("found", `gives ${name} the ID of another backup that ${storeName} lists`);
  }
}
