/** Holds what goes over the control interface against docs/mock-control.openapi.yaml. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { parse } from "yaml";
import { dereference, type Json, type Node } from "../support/facts.js";
import { root } from "../support/project.js";

interface Response {
  content?: Record<string, { schema: Node }>;
}
interface Operation {
  requestBody?: Response;
  responses: Record<string, Response>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: { Refused: Response }; schemas: Record<string, { properties: Node }> };
}

/** The document, in which each object has only the properties that are described. Those who use it may not rely on that. */
export const document = closed(
  dereference(parse(readFileSync(join(root, "docs/mock-control.openapi.yaml"), "utf8"))),
) as unknown as Document;

function closed(value: Json): Json {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, closed(inner)]);
  const isObject = value.type === "object" && value.properties !== undefined;
  return { ...(isObject && { additionalProperties: false }), ...Object.fromEntries(entries) };
}

const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: { uri: URL.canParse, "date-time": (text: string) => new Date(text).toISOString() === text },
});

/** A request to the control interface. Its answer, and the body that it took, must be as the document has them. */
export async function fetchControl(url: string, name: string, init: RequestInit = {}): Promise<globalThis.Response> {
  const { method = "GET", body } = init;
  const answer = await fetch(`${url}/__mock/${name}`, init);
  // Whatever takes GET takes HEAD as well.
  const operation = document.paths[`/__mock/${name}`]?.[method === "HEAD" ? "get" : method.toLowerCase()];
  const text = await answer.clone().text();
  const what = `${method} ${name}: ${answer.status} ${text.slice(0, 1000)}`;
  expectContent(
    what,
    responseOf(operation, answer.status),
    answer.headers.get("content-type"),
    text,
    method === "HEAD",
  );
  if (typeof body === "string" && answer.ok) expectContent(what, operation?.requestBody, "application/json", body);
  return answer;
}

/** The described response of a status. What the document does not know is refused. */
function responseOf(operation: Operation | undefined, status: number): Response | undefined {
  if (operation === undefined) return status >= 400 && status < 500 ? document.components.responses.Refused : undefined;
  return operation.responses[status] ?? operation.responses[`${Math.floor(status / 100)}XX`];
}

function expectContent(what: string, described: Response | undefined, type: string | null, text: string, head = false) {
  expect(described, what).toBeDefined();
  const media = described?.content?.[type ?? ""];
  expect(media === undefined, what).toBe(type === null);
  if (media === undefined || head) return expect(text, what).toBe("");
  ajv.validate(media.schema, JSON.parse(text));
  expect(ajv.errors ?? [], what).toEqual([]);
}
