import { typeWords } from "../type-words.js";
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
  return typeWords(schema, { range: rangeText });
}

function rangeText(unit: string, least: unknown, most: unknown): string | undefined {
  const units = unit && ` ${unit}s`;
  if (least !== undefined && most !== undefined) return `${least} to ${most}${units}`;
  if (most !== undefined) return `at most ${most}${units}`;
  if (least === 1 && unit !== "") return "not empty";
  return least === undefined ? undefined : `at least ${least}${units}`;
}
