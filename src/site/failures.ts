import type { Failure } from "../description/failures.js";
import type { Operation } from "../description/operations.js";
import { componentName } from "../description/references.js";
import type { Schema } from "../description/spec.js";

/** What the page calls a failure: its error code, or the service that answers without one. */
export function labelOf({ code, name }: Failure): string {
  // An example whose body has no error code is named after the service: `iam.401`.
  const [service = ""] = name.split(".");
  return code ?? `none (${service.toUpperCase()})`;
}

/** What the service says: its message, or the whole body where there is none. */
export function messageOf({ message, body }: Failure): string {
  return message ?? JSON.stringify(body);
}

/** The bodies of failures, each schema once: its name → the schema. */
export function failureBodies(operations: readonly Operation[]): ReadonlyMap<string, Schema> {
  const bodies = operations.flatMap(({ failures }) => failures.flatMap(({ body }) => body ?? []));
  return new Map(
    bodies.flatMap(({ schema }) => {
      const name = componentName(schema);
      return name === undefined ? [] : [[name, schema]];
    }),
  );
}
