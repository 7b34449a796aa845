import { type AjvError, patternWords, type Validator } from "../../generated/validators.js";
import type { Issue } from "./errors.js";

/** The most reasons that are listed. An array of a million wrong items has a million. */
const mostIssues = 100;

/** Every reason why a value does not fit a schema, the first 100 at most. None, if it fits. */
export function issuesOf(validator: Validator, value: unknown): Issue[] {
  if (validator(value)) return [];
  const issues = new Map<string, Issue>();
  for (const error of validator.errors ?? []) {
    const issue = { path: pathOf(error), keyword: error.keyword, message: messageOf(error) };
    issues.set(`${issue.path} ${issue.message}`, issue);
    if (issues.size === mostIssues) break;
  }
  return [...issues.values()];
}

/**
 * All reasons in one line.
 * @param root what the value as a whole is called
 */
export function describeIssues(issues: readonly Issue[], root: string): string {
  return issues.map(({ path, message }) => `${path || root} ${message}`).join("; ");
}

/** The field in the notation of JavaScript, such as `database_tables[0].database_name`. */
function pathOf({ instancePath, params }: AjvError): string {
  const segments = instancePath.split("/").slice(1).map(unescapePointer);
  const key = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  if (typeof key === "string") segments.push(key);
  return segments.reduce((path, segment) => {
    if (/^\d+$/.test(segment)) return `${path}[${segment}]`;
    return path === "" ? segment : `${path}.${segment}`;
  }, "");
}

/** JSON Pointer escapes the two characters that it needs for itself. */
function unescapePointer(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** What a keyword of JSON Schema allows, in words. */
function messageOf({ keyword, params }: AjvError): string {
  const { limit } = params;
  switch (keyword) {
    case "type":
      return `must be ${[params.type].flat().join(" or ")}`;
    case "required":
    case "dependentRequired":
      return "is missing";
    case "additionalProperties":
    case "unevaluatedProperties":
      return "is not known";
    case "minLength":
      return `must have at least ${limit} ${limit === 1 ? "character" : "characters"}`;
    case "maxLength":
      return `must have at most ${limit} characters`;
    case "pattern":
      return `must match ${patternWords[String(params.pattern)] || params.pattern}`;
    case "enum":
      return `must be one of ${JSON.stringify(params.allowedValues)}`;
    case "const":
      return `must be ${JSON.stringify(params.allowedValue)}`;
    case "minimum":
      return `must be at least ${limit}`;
    case "maximum":
      return `must be at most ${limit}`;
    case "exclusiveMinimum":
      return `must be more than ${limit}`;
    case "exclusiveMaximum":
      return `must be less than ${limit}`;
    case "multipleOf":
      return `must be a multiple of ${params.multipleOf}`;
    case "minItems":
      return `must have at least ${limit} items`;
    case "maxItems":
      return `must have at most ${limit} items`;
    case "uniqueItems":
      return "must have no item twice";
    case "minProperties":
      return `must have at least ${limit} properties`;
    case "maxProperties":
      return `must have at most ${limit} properties`;
    case "anyOf":
    case "oneOf":
      return "must fit one of the allowed forms";
    case "not":
    case "false schema":
      return "is not allowed";
    default:
      return `must keep to the rule "${keyword}"`;
  }
}
