import { repeatWords } from "../repeat-words.js";
import { type Description, type Example, operationsOf } from "./description.js";

/** A documented failure: one code under one status. */
export interface ErrorEntry {
  /** The address of the row. The first status of a code has the code itself, and that never changes. */
  id: string;
  code: string;
  status: string;
  meaning: string;
  advice: string;
  message: string;
  /** What "Repeat?" says. Markdown. */
  repeat: string;
  /** The operations that know it, or none when all of them do. */
  only: string[];
}

/** The catalogue: each named example of a 4xx or 5xx response once, by status and code. */
export function errorsOf(description: Description): ErrorEntry[] {
  const operations = operationsOf(description);
  const found = new Map<string, { code: string; status: string; example: Example; operations: string[] }>();
  for (const { operationId, responses } of operations) {
    for (const [status, response] of Object.entries(responses)) {
      if (status < "400") continue;
      for (const [name, example] of examplesOf(response)) {
        const key = `${status} ${name}`;
        const entry = found.get(key) ?? { code: name, status, example, operations: [] };
        entry.operations.push(operationId);
        found.set(key, entry);
      }
    }
  }
  const sorted = [...found.entries()].sort(([a], [b]) => a.localeCompare(b)).map(([, entry]) => entry);
  const taken = new Set<string>();
  return sorted.map(({ code, status, example, operations: knownBy }) => {
    const id = taken.has(code) ? `${code}-${status}` : code;
    taken.add(code);
    const { error_msg } = example.value as { error_msg?: string };
    return {
      id,
      code,
      status,
      meaning: example.summary ?? "",
      advice: example.description ?? "",
      message: error_msg ?? JSON.stringify(example.value),
      repeat: repeatWords(
        {
          transient: example["x-transient"],
          newToken: example["x-new-token"] ?? false,
          repeatLater: example["x-repeat-later"] ?? false,
        },
        operations.filter(({ operationId }) => knownBy.includes(operationId)),
      ),
      only: knownBy.length === operations.length ? [] : knownBy,
    };
  });
}

/** The documented bodies of a response, by name. */
export function examplesOf(response: { content?: Record<string, { examples?: Record<string, Example> }> }) {
  return Object.values(response.content ?? {}).flatMap(({ examples }) => Object.entries(examples ?? {}));
}
