import type { Issue } from "./errors.js";
import { invalid, segmentIssue } from "./input.js";
import { encodeSegment, isSafePath } from "./route.js";

const placeholder = /\{([^{}]+)\}/g;

/** Fills a path template. Each value stays within its segment. */
export function fillPath(template: string, values: Record<string, unknown>): string {
  return template.replace(placeholder, (_, name: string) => encodeSegment(values[name]) ?? "");
}

/**
 * Checks a path template and its values before they become a URL, which would resolve some of them away.
 * @throws {ValidationError} when a value, or a segment of the template itself, would not arrive as it is written
 */
export function checkPath(operation: string, template: string, values: Record<string, unknown>): void {
  const names = [...template.matchAll(placeholder)].map(([, name = ""]) => name);
  const wrong = names.filter((name) => encodeSegment(values[name]) === undefined);
  const issues = wrong.map((name) => (name in values ? segmentIssue(name) : missingIssue(name)));
  if (!template.startsWith("/")) issues.push({ path: "the path", keyword: "pattern", message: 'must begin with "/"' });
  if (issues.length === 0 && !isSafePath(fillPath(template, values))) issues.push(segmentIssue("each segment"));
  if (issues.length > 0) throw invalid(operation, issues);
}

/** A parameter that nobody gave is named as it stands in the template. */
function missingIssue(name: string): Issue {
  return { path: `{${name}}`, keyword: "required", message: "is missing: give it in params.path" };
}
