const methods = ["get", "put", "post", "delete", "patch"];

/**
 * The kinds of nodes of the description, each with how to tell it by the keys that lead to it. The first that fits counts.
 * `npm run mutate -- --only KIND` runs the mutations of one kind.
 */
const rules: [kind: string, fits: (path: string[]) => boolean][] = [
  ["workflow", (path) => path.some((key) => ["arazzo", "sourceDescriptions", "workflows", "inputs"].includes(key))],
  ["prose", (path) => isProse(path)],
  ["error code", (path) => path.at(-1) === "error_code"],
  ["extension", (path) => path.some((key) => key.startsWith("x-") && key !== "x-request-id")],
  ["example", (path) => path.includes("value") || path.includes("example") || path.includes("examples")],
  ["link", (path) => path.includes("links")],
  ["server", (path) => path.includes("servers")],
  ["security", (path) => path.includes("security") || path.includes("securitySchemes")],
  ["operationId", (path) => path.at(-1) === "operationId"],
  ["pattern", (path) => path.at(-1) === "pattern"],
  ["limit", (path) => /^(min|max)[A-Z]/.test(path.at(-1) ?? "")],
  ["required", (path) => path.includes("required") || path.includes("dependentRequired")],
  ["type", (path) => path.includes("type")],
  ["property", (path) => path.includes("properties") || path.includes("additionalProperties")],
  ["header", (path) => path.includes("headers")],
  ["media type", (path) => path.at(-2) === "content"],
  ["status", (path) => path.at(-2) === "responses"],
  ["method", (path) => methods.includes(path.at(-1) ?? "")],
  ["path", (path) => path.at(-2) === "paths"],
  ["reference", (path) => path.at(-1) === "$ref"],
  ["parameter", (path) => path.includes("parameters") || ["name", "in"].includes(path.at(-1) ?? "")],
  ["schema", (path) => path.includes("schema") || path.includes("schemas") || path.includes("items")],
];

export function kindOf(path: string[]): string {
  return rules.find(([, fits]) => fits(path))?.[0] ?? "document";
}

const proseKeys = new Set(["description", "summary", "title"]);

/** Whether a text at these keys is for readers. A property of an object may have the name `description` as well. */
export function isProse(path: string[]): boolean {
  return proseKeys.has(path.at(-1) ?? "") && path.at(-2) !== "properties" && !path.includes("value");
}
