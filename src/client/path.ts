import { invalid, segmentIssue } from "./input.js";
import { encodeSegment, isSafePath } from "./route.js";

/** A path as messages may show it: a query or a fragment may hold a credential. */
export function withoutQuery(path: string): string {
  return path.split(/[?#]/, 1)[0] ?? "";
}

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
  // A parameter that nobody gave is named as it stands in the template.
  const issues = wrong.map((name) => segmentIssue(name in values ? name : `{${name}}`));
  if (!template.startsWith("/")) issues.push({ path: "the path", keyword: "pattern", message: 'must begin with "/"' });
  if (issues.length === 0 && !isSafePath(fillPath(template, values))) issues.push(segmentIssue("each segment"));
  if (issues.length > 0) throw invalid(operation, issues);
}
