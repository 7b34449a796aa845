import type { Schema } from "./description.js";

export interface Property {
  /** The name, with the names of the objects around it: `database_tables[].table_names`. */
  name: string;
  required: boolean;
  schema: Schema;
}

/** The properties of a schema and of the objects inside it, in the order in which they are described. */
export function propertiesOf(schema: Schema, prefix = ""): Property[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const name = prefix + key;
    const nested = child.items ? propertiesOf(child.items, `${name}[].`) : propertiesOf(child, `${name}.`);
    return [{ name, required: schema.required?.includes(key) ?? false, schema: child }, ...nested];
  });
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const all = [...own, ...parts.flatMap((part) => propertiesOf(part, prefix))];
  // Alternatives of a schema share properties: each is told once.
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

/** The type and the limits of a value. Markdown. */
export function typeText(schema: Schema): string {
  const types = [schema.type ?? "any"].flat().map((type) => {
    if (type !== "array" || schema.items === undefined) return type;
    return `array of ${[schema.items.type ?? "value"].flat().join(" or ")}s`;
  });
  const length = lengthText(schema);
  return [types.join(" or "), ...(length ? [length] : []), ...(schema.pattern ? [`\`${schema.pattern}\``] : [])].join(
    ", ",
  );
}

function lengthText({ minLength, maxLength }: Schema): string | undefined {
  if (minLength !== undefined && maxLength !== undefined) return `${minLength} to ${maxLength} characters`;
  if (maxLength !== undefined) return `at most ${maxLength} characters`;
  if (minLength === 1) return "not empty";
  if (minLength !== undefined) return `at least ${minLength} characters`;
  return undefined;
}
