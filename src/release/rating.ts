import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { redocly } from "../redocly.js";
import { removedErrorCodes } from "./broken-error-codes.js";

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
    readonly typeName: string;
    readonly kind: "added" | "removed" | "modified";
    readonly property?: string;
    readonly impact: Exclude<Impact, "none">;
    readonly verdicts: readonly { readonly message: string }[];
  }[];
}

/**
 * Every change from one OpenAPI description to another, as `redocly diff` rates it. Both are paths of files. It does not know two
 * things that callers feel. They branch on error codes, so one that is gone breaks them. And what the client does follows from
 * extensions, such as when it repeats a call (`x-transient`): each change of one is minor at least, though it breaks nobody.
 */
export async function descriptionChanges(before: string, now: string): Promise<Change[]> {
  const output = await redocly("diff", before, now, "--format", "json", "--fail-on", "none");
  const { changes } = JSON.parse(output) as Report;
  const rated = changes.flatMap(({ path, typeName, kind, property, impact, verdicts }): Change[] => {
    if (verdicts.length > 0) return verdicts.map(({ message }) => ({ impact, message }));
    const what = property === undefined ? path : `${property} of ${path}`;
    const least = typeName === "SpecExtension" ? "minor" : "patch";
    return [{ impact: largest([impact, least]), message: `${what} was ${kind}.` }];
  });
  const [released, present] = await Promise.all([before, now].map(async (file) => parse(await readFile(file, "utf8"))));
  return [...rated, ...removedErrorCodes(released, present).map((message): Change => ({ impact: "major", message }))];
}

export function largest(list: readonly Impact[]): Impact {
  const most = Math.max(0, ...list.map((impact) => impacts.indexOf(impact)));
  return impacts[most] ?? "none";
}
