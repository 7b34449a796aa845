/** What a change asks of the version, by semantic versioning, from the least to the most. */
export const impacts = ["none", "patch", "minor", "major"] as const;
export type Impact = (typeof impacts)[number];

export interface Change {
  readonly impact: Impact;
  /** What changed, in a sentence. */
  readonly message: string;
}

/** A change that breaks callers. */
export function breaking(message: string): Change {
  return { impact: "major", message };
}

/** A change that callers notice, and that does not break them, or that only a person can judge. */
export function notable(message: string): Change {
  return { impact: "minor", message };
}

export function largest(list: readonly Impact[]): Impact {
  const most = Math.max(0, ...list.map((impact) => impacts.indexOf(impact)));
  return impacts[most] ?? "none";
}

/** Whether a change asks for more than a bump of the version. */
export function isMoreThan(impact: Impact, bump: Impact): boolean {
  return impacts.indexOf(impact) > impacts.indexOf(bump);
}
