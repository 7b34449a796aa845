import { repeatWords } from "../repeat-words.js";
import { type Description, type Example, type Operation, operationsWithPaths, type Schema } from "./description.js";

/** A row of the catalogue: one documented failure under one status. */
export interface ErrorRow {
  /** The address of the row. The first status of a code has the code itself, and that never changes. */
  id: string;
  /** The name of the example: the error code, where the body has one. */
  name: string;
  /** The error code of the body. Undefined where it has none. */
  code: string | undefined;
  /** What "Code" says. */
  label: string;
  status: string;
  meaning: string;
  advice: string;
  message: string;
  /** What "Repeat?" says. Markdown. */
  repeat: string;
  /** The operations that know it, or none when all of them do. */
  only: string[];
}

interface Failure {
  name: string;
  status: string;
  example: Example;
  /** The IDs of the operations that document it. */
  knownBy: string[];
}

/** The catalogue: each named example of a 4xx or 5xx response once, by status and name. */
export function errorRows(description: Description): ErrorRow[] {
  const operations = operationsWithPaths(description);
  const taken = new Set<string>();
  return failuresOf(operations).map((failure) => {
    const { name, status } = failure;
    const id = taken.has(name) ? `${name}-${status}` : name;
    taken.add(name);
    return rowOf(id, failure, operations);
  });
}

/** The bodies of failures, each schema once: its name → the schema. */
export function failureBodies(description: Description): ReadonlyMap<string, Schema> {
  const responses = operationsWithPaths(description).flatMap(({ responses: all }) => Object.entries(all));
  const failures = responses.filter(([status]) => status >= "400").map(([, response]) => response);
  const schemas = failures.flatMap(({ content }) => Object.values(content ?? {}).map(({ schema }) => schema));
  return new Map(schemas.flatMap((schema) => (schema.component === undefined ? [] : [[schema.component, schema]])));
}

function failuresOf(operations: Operation[]): Failure[] {
  const found = new Map<string, Failure>();
  for (const { operationId, responses } of operations) {
    for (const [status, response] of Object.entries(responses)) {
      if (status < "400") continue;
      for (const [name, example] of examplesOf(response)) {
        const key = `${status} ${name}`;
        const failure = found.get(key) ?? { name, status, example, knownBy: [] };
        failure.knownBy.push(operationId);
        found.set(key, failure);
      }
    }
  }
  return [...found.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, failure]) => failure);
}

function rowOf(id: string, { name, status, example, knownBy }: Failure, operations: Operation[]): ErrorRow {
  const { error_code, error_msg } = Object(example.value) as { error_code?: string; error_msg?: string };
  const rule = {
    transient: example["x-transient"],
    newToken: example["x-new-token"] ?? false,
    repeatLater: example["x-repeat-later"] ?? false,
  };
  return {
    id,
    name,
    code: error_code,
    label: error_code ?? withoutCode(name),
    status,
    meaning: example.summary ?? "",
    advice: example.description ?? "",
    message: error_msg ?? JSON.stringify(example.value),
    repeat: repeatWords(
      rule,
      operations.filter(({ operationId }) => knownBy.includes(operationId)),
    ),
    only: knownBy.length === operations.length ? [] : knownBy,
  };
}

/** An example whose body has no error code is named after the service that answers: `iam.401`. */
function withoutCode(name: string): string {
  const [service = ""] = name.split(".");
  return `none (${service.toUpperCase()})`;
}

/** The documented bodies of a response, by name. */
export function examplesOf(response: { content?: Record<string, { examples?: Record<string, Example> }> }) {
  return Object.values(response.content ?? {}).flatMap(({ examples }) => Object.entries(examples ?? {}));
}
