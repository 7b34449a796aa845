/**
 * A name that no backup of the list has: the prefix, then the date and time in UTC, to the millisecond. Names sort by age.
 * @param taken the names that exist
 */
export function backupName(prefix: string, now: Date, taken: readonly string[]): string {
  // The sources disagree on whether names are case-sensitive (docs/errata.md, E16), so the stamp has no letters.
  const [date, time] = now.toISOString().replace(/[-:Z]/g, "").replace(".", "-").split("T");
  const name = `${prefix}-${date}-${time}`;
  return taken.includes(name) ? backupName(prefix, new Date(now.getTime() + 1), taken) : name;
}

/** Whether `backupName` can have made a name. */
export function isBackupName(name: string, prefix: string): boolean {
  return name.startsWith(`${prefix}-`) && /^\d{8}-\d{6}-\d{3}$/.test(name.slice(prefix.length + 1));
}
