import { type AjvError, messages, patternWords, type Validator } from "../../generated/validators.js";
import type { Issue } from "./errors.js";
import { oneLine } from "./one-line.js";

/** The most reasons that are listed. An array of a million wrong items has a million. */
export const mostIssues = 100;

/** Every reason why a value does not fit a schema, the first 100 at most. None, if it fits. */
export function issuesOf(validator: Validator, value: unknown): Issue[] {
  if (fits(validator, value)) return [];
  const issues = new Map<string, Issue>();
  for (const error of validator.errors ?? []) {
    const issue = { path: pathOf(error), keyword: error.keyword, message: messageOf(error) };
    issues.set(`${issue.path} ${issue.message}`, issue);
    if (issues.size === mostIssues) break;
  }
  return [...issues.values()];
}

/** Whether a value fits. `errors` of the validator says why not. */
function fits(validator: Validator, value: unknown): boolean {
  try {
    return validator(value);
  } catch {
    // Regular expressions run out of memory on texts of many megabytes. Ajv has no error of its own for that.
    const instancePath = longestText(value).path;
    validator.errors = [{ instancePath, keyword: "maxLength", params: { limit: "a few million" } }];
    return false;
  }
}

/** Where the longest text within a value stands, as a JSON Pointer: most likely, it is the one that was too long. */
function longestText(value: unknown, path = ""): { path: string; length: number } {
  if (typeof value === "string") return { path, length: value.length };
  let longest = { path, length: -1 };
  for (const [name, item] of Object.entries(Object(value))) {
    const found = longestText(item, `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    if (found.length > longest.length) longest = found;
  }
  return longest;
}

/**
 * All reasons in one line.
 * @param root what the value as a whole is called
 */
export function describeIssues(issues: readonly Issue[], root: string): string {
  return issues.map(({ path, message }) => `${oneLine(path || root)} ${message}`).join("; ");
}

/** The field in the notation of JavaScript, such as `database_tables[0].database_name`. */
function pathOf({ instancePath, params }: AjvError): string {
  const segments = instancePath.split("/").slice(1).map(unescapePointer);
  const key = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  if (typeof key === "string") segments.push(key === "" ? '""' : key);
  return segments.reduce((path, segment) => {
    if (/^\d+$/.test(segment)) return `${path}[${segment}]`;
    return path === "" ? segment : `${path}.${segment}`;
  }, "");
}

/** JSON Pointer escapes the two characters that it needs for itself. */
function unescapePointer(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** What the keyword allows, in the words of the generator's table. */
function messageOf({ keyword, params }: AjvError): string {
  const template = messages[`${keyword} ${params.limit}`] ?? messages[keyword] ?? `must keep to the rule "${keyword}"`;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => wordsFor(name, params[name]));
}

function wordsFor(name: string, value: unknown): string {
  if (name === "type") return [value].flat().join(" or ");
  if (name === "pattern") return patternWords[String(value)] ?? String(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}
