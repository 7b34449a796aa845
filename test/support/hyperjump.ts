import { registerSchema, type SchemaObject, unregisterSchema, validate } from "@hyperjump/json-schema/draft-2020-12";

/** A validator of JSON Schema that has no code in common with Ajv. @returns whether a value fits the schema */
export async function hyperjumpOf(schema: unknown): Promise<(value: unknown) => boolean> {
  const id = "https://schema.test/one";
  registerSchema(schema as SchemaObject, id, "https://json-schema.org/draft/2020-12/schema");
  const validator = await validate(id);
  unregisterSchema(id);
  return (value) => validator(value as Parameters<typeof validator>[0]).valid;
}
