import type { ListedBackup, PossibleBackup, Rotation, RotationPlan } from "../rotate/index.js";
import { printable } from "../shared/printable.js";
import { columns } from "./layout.js";
import { type Format, jsonLine } from "./output.js";

/** What was done, or what would be. */
export type Listing = Rotation | RotationPlan;

/** One line for people. */
export function summary({ made, deleted, kept, unknown }: Rotation): string {
  return `made ${namesOf(made)}, deleted ${deleted.length}, kept ${kept.length}, unknown ${unknown.length}`;
}

/** The same line for what would be done. */
export function planSummary({ made, deleted, kept, unknown }: RotationPlan): string {
  return `would make ${namesOf(made)}, delete ${deleted.length} and keep ${kept.length} more; unknown ${unknown.length}`;
}

function namesOf(backups: readonly { readonly name: string }[]): string {
  return backups.map(({ name }) => name).join(", ") || "none";
}

/** What stands for the ID of a backup in a sentence. */
export const idToFillIn = "ITS_ID";

/** What to do about each backup that may exist. */
export function possibilities({ unknown }: Listing): string[] {
  return unknown.map(
    ({ name, since }) =>
      `${name} may have been made at ${since}; if so, it is billed. Look for it in the console, then run again with --found ${name}=${idToFillIn}, or --found ${name}=none`,
  );
}

/** What a rotation did: JSON on one line, or a table. */
export function formattedRotation(rotation: Rotation, format: Format): string {
  return formattedListing(rotation, format, { made: "made", deleted: "deleted", kept: "kept", unknown: "unknown" });
}

/** What a rotation would do. Only the table says so in words: JSON has the same names, so that one program reads both. */
export function formattedPlan(plan: RotationPlan, format: Format): string {
  const words = { made: "would make", deleted: "would delete", kept: "would keep", unknown: "unknown" };
  return formattedListing(plan, format, words);
}

function formattedListing(listing: Listing, format: Format, words: Record<keyof Listing, string>): string {
  const { made, deleted, kept, unknown } = listing;
  if (format === "json") return jsonLine({ made, deleted, kept, unknown });
  const keys = ["made", "deleted", "kept", "unknown"] as const;
  const rows = keys.flatMap((key) => listing[key].map((backup) => cellsOf(words[key], backup)));
  return columns([["status", "name", "backup_id", "since"], ...rows]);
}

function cellsOf(status: string, backup: { name: string } & Partial<ListedBackup & PossibleBackup>): string[] {
  return [status, backup.name, backup.backup_id ?? "-", backup.since ?? "-"].map(printable);
}
