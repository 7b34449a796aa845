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
  const parts = (schema.allOf ?? []).flatMap((part) => propertiesOf(part, prefix));
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((one) => propertiesOf(one, prefix));
  return uniqueByName([...own, ...parts, ...united(alternatives)]);
}

/** The properties of all alternatives. One is required where every alternative that has the object around it requires it. */
function united(alternatives: Property[][]): Property[] {
  return alternatives.flat().map((property) => {
    const around = property.name.replace(/(\[\])?\.?[^.]*$/, "");
    const holders = alternatives.filter((one) => around === "" || one.some(({ name }) => name === around));
    const required = holders.every((one) => one.some((other) => other.name === property.name && other.required));
    return { ...property, required };
  });
}

/** The first property of each name. */
function uniqueByName(all: Property[]): Property[] {
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
