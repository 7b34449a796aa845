import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { redocly } from "../tools/redocly.js";
import { movedFailures, removedErrorCodes } from "./broken-failures.js";
import type { DiffReport, ReportedChange } from "./diff-report.js";
import { breaking, type Change, largest } from "./impact.js";
import { leastImpacts } from "./underrated.js";

/**
 * Every change from one OpenAPI description to another, as `redocly diff` rates it, or higher where callers feel more than it
 * knows. Both are paths of files.
 */
export async function descriptionChanges(before: string, now: string): Promise<Change[]> {
  const output = await redocly("diff", before, now, "--format", "json", "--fail-on", "none");
  const { changes } = JSON.parse(output) as DiffReport;
  const [released, present] = await Promise.all([before, now].map(async (file) => parse(await readFile(file, "utf8"))));
  const broken = [...removedErrorCodes(released, present), ...movedFailures(released, present)];
  return [...changes.flatMap(rated), ...broken.map(breaking)];
}

function rated(change: ReportedChange): Change[] {
  const { path, kind, property, verdicts } = change;
  const impact = largest([change.impact, ...leastImpacts(change)]);
  if (verdicts.length > 0) return verdicts.map(({ message }) => ({ impact, message }));
  const what = property === undefined ? path : `${property} of ${path}`;
  return [{ impact, message: `${what} was ${kind}.` }];
}
