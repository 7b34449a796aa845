import { resolvePointer } from "../openapi.js";

/** A description in OpenAPI, as far as it is read here. */
interface Description {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * The error codes that an operation documented in the examples of its answers, and documents no more. Callers branch on them.
 * `redocly diff` does not look into the values of examples.
 * @returns a sentence for each
 */
export function removedErrorCodes(before: Description, now: Description): string[] {
  const present = codesByOperation(now);
  return [...codesByOperation(before)].flatMap(([operation, codes]) => {
    // An operation that is gone as a whole is told by `redocly diff`.
    const successors = present.get(operation) ?? codes;
    const gone = [...codes].filter((code) => !successors.has(code));
    return gone.map((code) => `${operation}: the error code ${code} is not documented any more.`);
  });
}

function codesByOperation(description: Description): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [path, item] of Object.entries(description.paths ?? {})) {
    for (const [method, operation] of Object.entries(item)) {
      found.set(`${method.toUpperCase()} ${path}`, new Set(codesIn(operation, description)));
    }
  }
  return found;
}

function* codesIn(node: unknown, description: Description): Generator<string> {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "error_code" && typeof value === "string") yield value;
    // A schema has no example of an answer, and may refer to itself.
    else if (key !== "schema")
      yield* codesIn(key === "$ref" ? resolvePointer(description, String(value)) : value, description);
  }
}
