import { redocly } from "../redocly.js";

/** What a change asks of the version, by semantic versioning, from the least to the most. */
export const impacts = ["none", "patch", "minor", "major"] as const;
export type Impact = (typeof impacts)[number];

export interface Change {
  readonly impact: Impact;
  /** What changed, in a sentence. */
  readonly message: string;
}

/** The parts of the report of `redocly diff` that are used. */
interface Report {
  readonly changes: readonly {
    readonly path: string;
    readonly kind: "added" | "removed" | "modified";
    readonly property?: string;
    readonly impact: Exclude<Impact, "none">;
    readonly verdicts: readonly { readonly message: string }[];
  }[];
}

/** Every change from one OpenAPI description to another, as `redocly diff` rates it. Both are paths of files. */
export async function descriptionChanges(before: string, now: string): Promise<Change[]> {
  const output = await redocly("diff", before, now, "--format", "json", "--fail-on", "none");
  const { changes } = JSON.parse(output) as Report;
  return changes.flatMap(({ path, kind, property, impact, verdicts }) => {
    if (verdicts.length > 0) return verdicts.map(({ message }) => ({ impact, message }));
    const what = property === undefined ? path : `${property} of ${path}`;
    return [{ impact, message: `${what} was ${kind}.` }];
  });
}

export function largest(list: readonly Impact[]): Impact {
  const most = Math.max(0, ...list.map((impact) => impacts.indexOf(impact)));
  return impacts[most] ?? "none";
}
