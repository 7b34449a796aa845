import { type OperationId, operations } from "../../generated/operations.js";
import { describe, type Issue, ValidationError } from "./errors.js";

const patterns = Object.entries(operations).map(([id, { method, path }]) => ({
  id: id as OperationId,
  method,
  pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/?#]+)")}(\\?|$)`),
}));

/** Which operation of the spec a request is, and its path parameters, still encoded. */
export function match(method: string, path: string) {
  for (const { id, pattern, ...template } of patterns) {
    const found = template.method === method && pattern.exec(path);
    if (found) return { id, parameters: found.groups ?? {} };
  }
  return undefined;
}

/**
 * Fills a path template. A value cannot leave its segment: everything is percent-encoded, and what a URL would
 * resolve away is refused here, because afterwards nobody can tell.
 * @throws {ValidationError} with these reasons, and those that were known before
 */
export function fillPath(
  template: string,
  values: Record<string, unknown>,
  issues: Issue[] = [],
  operation?: OperationId,
): string {
  const url = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    const text =
      /string|number/.test(typeof value) && !/\p{Cs}/u.test(`${value}`) ? encodeURIComponent(`${value}`) : "";
    issues.push(...checkSegment(name, text));
    return text;
  });
  refuse(issues, operation);
  return url;
}

/**
 * Refuses a URL of a caller's own making for another host, or that would be read otherwise than it is written.
 * @throws {TypeError | ValidationError}
 */
export function checkTarget(url: string, baseUrl: string): void {
  if (!url.startsWith(`${baseUrl}/`)) throw new TypeError("the call is for another host");
  const [, ...segments] = url
    .slice(baseUrl.length)
    .replace(/[?#].*/s, "")
    .split("/");
  refuse(segments.flatMap((segment) => checkSegment(segment || "path", segment)));
}

function refuse(issues: Issue[], operation?: OperationId): void {
  if (issues.length) throw new ValidationError(`${describe(issues)}. Nothing was sent`, { operation, issues });
}

/** Why a segment would not arrive as it is written. */
function checkSegment(path: string, segment: string): Issue[] {
  const wrong = /^(\.|%2e){0,2}$|[\\{}\s]/i.test(segment);
  return wrong ? [{ path, keyword: "pattern", message: 'must be text, but not "", "." or ".."' }] : [];
}
