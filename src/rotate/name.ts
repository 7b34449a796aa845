import { randomInt } from "node:crypto";

/**
 * A name that no other backup has: the prefix, the date and time in UTC, and six random digits. Several rotations of a project may
 * have the same prefix, and begin at the same moment.
 * @param taken the names that exist in the state
 */
export function backupName(prefix: string, now: Date, taken: readonly string[]): string {
  // The sources disagree on whether names are case-sensitive (docs/errata.md, E16), so there are no letters behind the prefix.
  const [date, time] = now.toISOString().slice(0, 19).replace(/[-:]/g, "").split("T");
  const name = `${prefix}-${date}-${time}-${randomInt(1_000_000).toString().padStart(6, "0")}`;
  return taken.includes(name) ? backupName(prefix, now, taken) : name;
}

/** Whether `backupName` can have made a name. */
export function isBackupName(name: string, prefix: string): boolean {
  return name.startsWith(`${prefix}-`) && /^\d{8}-\d{6}-\d{6}$/.test(name.slice(prefix.length + 1));
}
