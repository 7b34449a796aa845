import type { Schema } from "../description/spec.js";

export interface Property {
  /** The name, with the names of the objects around it: `database_tables[].table_names`. */
  name: string;
  /** The name of the object around it, such as `database_tables[]`; empty for the whole body. */
  parent: string;
  required: boolean;
  schema: Schema;
}

/**
 * The properties of a schema and of the objects inside it, in the order in which they are described.
 * @param parent the name of the object that the schema describes
 */
export function propertiesOf(schema: Schema, parent = ""): Property[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const name = parent === "" ? key : `${parent}.${key}`;
    const nested = child.items ? propertiesOf(child.items, `${name}[]`) : propertiesOf(child, name);
    return [{ name, parent, required: schema.required?.includes(key) ?? false, schema: child }, ...nested];
  });
  const parts = (schema.allOf ?? []).flatMap((part) => propertiesOf(part, parent));
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((one) => propertiesOf(one, parent));
  return uniqueByName([...own, ...parts, ...united(alternatives, parent)]);
}

/** The properties of all alternatives. One is required where every alternative that has the object around it requires it. */
function united(alternatives: Property[][], parent: string): Property[] {
  return alternatives.flat().map((property) => {
    const around = property.parent.replace(/\[\]$/, "");
    const holders = alternatives.filter((one) => property.parent === parent || one.some(({ name }) => name === around));
    const required = holders.every((one) => one.some(({ name, required }) => name === property.name && required));
    return { ...property, required };
  });
}

/** The first property of each name. */
function uniqueByName(all: Property[]): Property[] {
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}
