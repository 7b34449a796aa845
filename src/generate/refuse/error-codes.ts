import type { Operation } from "../../description/operations.js";
import { resolve } from "../../description/references.js";
import type { Spec } from "../../description/spec.js";
import { fieldsOf } from "../fields.js";
import { documentedCodes } from "./documented-codes.js";
import type { Use } from "./extension-uses.js";
import { placeName } from "./place-name.js";

/** `x-error-code` must stand at a field of a request, and each operation that has the field must document the code. */
export function errorCodeFaults(spec: Spec, operations: readonly Operation[], uses: Use[]): string[] {
  const faults: string[] = [];
  const read = new Set<object>();
  for (const operation of operations) {
    const codes = documentedCodes(operation);
    for (const [name, schema] of fieldsOf(operation, (one) => resolve(spec, one))) {
      read.add(schema);
      const code = schema["x-error-code"];
      // The failures of a HEAD have no body, and so no code.
      if (code === undefined || codes.length === 0 || codes.includes(String(code))) continue;
      faults.push(
        `operation ${operation.operationId}: x-error-code of ${name} is ${JSON.stringify(code)}, which no failure of the operation documents. Allowed are ${codes.join(", ")}.`,
      );
    }
  }
  const unread = uses.filter(({ name, holder }) => name === "x-error-code" && !read.has(holder));
  return [
    ...faults,
    ...unread.map(
      ({ path }) =>
        `${placeName(spec, path)}: x-error-code has no effect here. It belongs to a parameter or to a property of a request body.`,
    ),
  ];
}
