import type { Operation } from "../description/operations.js";
import type { Schema } from "../description/spec.js";

/**
 * What a caller of an operation fills in: the parameters, and the properties of the body, by name.
 * @param follow leads from a reference to its schema. The operations of a dereferenced description need none.
 */
export function fieldsOf(
  { parameters, requestBody }: Operation,
  follow = (schema: Schema) => schema,
): [name: string, schema: Schema][] {
  const { properties = {} } = requestBody ? follow(requestBody.schema) : {};
  return [
    ...parameters.map(({ name, schema }): [string, Schema] => [name, follow(schema)]),
    ...Object.entries(properties).map(([name, schema]): [string, Schema] => [name, follow(schema)]),
  ];
}
