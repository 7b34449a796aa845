import type { Operation } from "../description/operations.js";
import { resolve } from "../description/references.js";
import type { Schema, Spec } from "../description/spec.js";

/** What a caller of an operation fills in: the parameters, and the properties of the body, by name. */
export function fieldsOf(spec: Spec, { parameters, requestBody }: Operation): [name: string, schema: Schema][] {
  const body = requestBody && resolve<Schema>(spec, requestBody.schema);
  const fields: [string, Schema][] = [
    ...parameters.map(({ name, schema }): [string, Schema] => [name, schema]),
    ...Object.entries(body?.properties ?? {}),
  ];
  return fields.map(([name, schema]) => [name, resolve<Schema>(spec, schema)]);
}
