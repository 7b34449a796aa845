import { type Operation, type OperationId, operations } from "../../generated/operations.js";

/** The operation of the description that a request is for. */
export interface Route {
  operationId: OperationId;
  /** The path parameters, still percent-encoded. */
  parameters: Readonly<Record<string, string>>;
}

/** The operations, with their path templates as lists of segments. One without parameters comes before one that has some. */
const templates = (Object.entries(operations) as [OperationId, Operation][])
  .map(([operationId, { method, path }]) => ({ operationId, method, segments: path.split("/") }))
  .sort((a, b) => a.segments.filter(parameterName).length - b.segments.filter(parameterName).length);

/**
 * Finds the operation that a request is for.
 * @param path the path behind the base URL; a query and a fragment are ignored
 */
export function findRoute(method: string, path: string): Route | undefined {
  const segments = withoutQuery(path).split("/");
  for (const template of templates) {
    if (template.method !== method) continue;
    const parameters = matchSegments(template.segments, segments);
    if (parameters) return { operationId: template.operationId, parameters };
  }
  return undefined;
}

function matchSegments(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const segment = segments[index] ?? "";
    const name = parameterName(expected);
    if (name === undefined && segment !== expected) return undefined;
    if (name !== undefined && segment === "") return undefined;
    if (name !== undefined) parameters[name] = segment;
  }
  return parameters;
}

function parameterName(segment: string): string | undefined {
  return segment.startsWith("{") && segment.endsWith("}") ? segment.slice(1, -1) : undefined;
}

/** The part of a path before the query and the fragment. Messages show no more of it, because those may hold a credential. */
export function withoutQuery(path: string): string {
  return path.split(/[?#]/, 1)[0] ?? "";
}

/** What a URL resolves away between two slashes: afterwards nobody can tell what was meant. */
const dotSegments = new Set([".", "..", "%2e", ".%2e", "%2e.", "%2e%2e"]);
/** Some gateways decode these before they resolve a path. */
const encodedSlash = /%2f|%5c/;

/** Whether a segment of a path arrives as it is written. */
function isSafeSegment(segment: string): boolean {
  if (segment === "" || /[\\{}\s\p{Cc}]/u.test(segment)) return false;
  return !segment
    .toLowerCase()
    .split(encodedSlash)
    .some((part) => dotSegments.has(part));
}

/** Whether a path arrives as it is written. A query and a fragment are not looked at. */
export function isSafePath(path: string): boolean {
  const [beforeFirstSlash, ...segments] = withoutQuery(path).split("/");
  return beforeFirstSlash === "" && segments.length > 0 && segments.every(isSafeSegment);
}

/**
 * Percent-encodes a path parameter, so that it stays within its segment.
 * @returns undefined when the value cannot be a segment: no text and no number, empty, with half of a surrogate pair, or with `.` or `..`
 * for itself or between slashes
 */
export function encodeSegment(value: unknown): string | undefined {
  if (typeof value !== "string" && !Number.isFinite(value)) return undefined;
  const text = String(value);
  if (/\p{Surrogate}/u.test(text)) return undefined;
  const segment = encodeURIComponent(text);
  return isSafeSegment(segment) ? segment : undefined;
}
