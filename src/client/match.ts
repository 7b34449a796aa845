import { type OperationId, operations } from "../../generated/operations.js";
import { type Issue, ValidationError } from "./errors.js";

const templates = Object.entries(operations).map(([id, { method, path }]) => ({
  id: id as OperationId,
  method,
  names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name),
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "([^/?#]+)")}(?:\\?|$)`),
}));

/** Which operation of the spec a request is, and its path parameters, still encoded. */
export function match(
  method: string,
  path: string,
): { id: OperationId; parameters: Record<string, string> } | undefined {
  for (const { id, names, pattern, ...template } of templates) {
    const found = template.method === method && pattern.exec(path);
    if (found)
      return { id, parameters: Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""])) };
  }
  return undefined;
}

/**
 * Fills a path template. A value cannot leave its segment: everything is percent-encoded, and what a URL would
 * resolve away is refused here, because afterwards nobody can tell.
 * @throws {ValidationError}
 */
export function fillPath(url: string, values: Record<string, unknown>): string {
  return url.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    const issue = segmentIssue(name, value);
    if (issue) throw new ValidationError([issue]);
    return encodeURIComponent(String(value));
  });
}

/** Why a value cannot be one segment of a path. */
export function segmentIssue(path: string, value: unknown): Issue | undefined {
  if (typeof value !== "string" && typeof value !== "number") {
    return { path, keyword: "type", message: "must be a string" };
  }
  if (value === "") return { path, keyword: "minLength", message: "must not be empty" };
  if (value === "." || value === "..") return { path, keyword: "pattern", message: 'must not be "." or ".."' };
  try {
    encodeURIComponent(value);
  } catch {
    return { path, keyword: "pattern", message: "must be well-formed text" };
  }
  return undefined;
}

/**
 * Refuses a path that a URL would read otherwise than it is written.
 * @throws {ValidationError}
 */
export function checkPath(path: string): void {
  for (const segment of (path.split(/[?#]/)[0] ?? "").slice(1).split("/")) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name || segment === "" || /^(\.|%2e){1,2}$/i.test(segment) || /[\\{}\s]/.test(segment)) {
      throw new ValidationError(
        [
          {
            path: name ?? "path",
            keyword: name ? "required" : "pattern",
            message: name ? "is missing" : "must hold no empty, . or .. segment",
          },
        ],
        { operation: undefined },
      );
    }
  }
}
