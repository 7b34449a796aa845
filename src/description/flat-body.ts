import type { Operation } from "./operations.js";
import type { Schema } from "./spec.js";

/** Keywords that a flat body may have. All others would be lost when its properties stand beside the parameters. */
const harmless = [
  "type",
  "required",
  "properties",
  "additionalProperties",
  "title",
  "description",
  "example",
  "examples",
];

/**
 * The schema of a request body whose properties stand beside the parameters, in one object. The client takes any other body
 * as a whole, under the key `body`.
 */
export function flatBody({ requestBody }: Operation): Schema | undefined {
  const schema: Schema | undefined = requestBody?.schema;
  // OpenAPI lets a media type leave out its schema. It is refused, but other checks look at the body as well.
  if (requestBody === undefined || schema === undefined) return undefined;
  const keepsItsMeaning =
    schema.type === "object" &&
    Object.keys(schema).every((keyword) => harmless.includes(keyword) || keyword.startsWith("x-")) &&
    // If an optional body has required properties, leaving it out would be reported as missing properties.
    (requestBody.required || !schema.required?.length) &&
    // A body that allows unknown keys cannot be flat: the client would refuse such a key as a misspelled parameter.
    (schema.additionalProperties ?? false) === false;
  return keepsItsMeaning ? schema : undefined;
}

/** Whether the client takes the body of an operation as a whole, and not its properties beside the parameters. */
export function takesWholeBody(operation: Operation): boolean {
  return operation.requestBody !== undefined && flatBody(operation) === undefined;
}
