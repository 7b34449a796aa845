import type { Impact } from "./impact.js";

/** The parts of the report of `redocly diff` that are used. */
export interface DiffReport {
  readonly changes: readonly ReportedChange[];
}

export interface ReportedChange {
  /** Where it is in the description, as a JSON pointer that goes through references. */
  readonly path: string;
  /** What it is part of, such as `Schema` or `Header`. */
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  /** The key that was modified. */
  readonly property?: string;
  readonly impact: Exclude<Impact, "none">;
  /** What Redocly knows of the change beyond its place. Mostly nothing. */
  readonly verdicts: readonly { readonly message: string }[];
  /** What was there, and what is there now. */
  readonly base?: { readonly value?: unknown };
  readonly revision?: { readonly value?: unknown };
}
