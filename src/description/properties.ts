import { isSchema } from "../type-words.js";
import type { Schema } from "./spec.js";

export interface Property {
  /** The name, with the names of the objects around it: `database_tables[].table_names`. In a map, every name is `*`. */
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
  const { items, properties = {}, additionalProperties: values, required = [], allOf = [] } = schema;
  const named = isSchema(values) ? { ...properties, "*": values as Schema } : properties;
  const own = Object.entries(named).flatMap(([key, child]) => {
    const name = parent === "" ? key : `${parent}.${key}`;
    return [{ name, parent, required: required.includes(key), schema: child }, ...propertiesOf(child, name)];
  });
  const ofItems = items ? propertiesOf(items, `${parent}[]`) : [];
  const parts = allOf.flatMap((part) => propertiesOf(part, parent));
  return uniqueByName([...own, ...ofItems, ...parts, ...united(alternativesOf(schema, parent), parent)]);
}

/** The properties of each alternative that can be an object. */
function alternativesOf({ anyOf = [], oneOf = [] }: Schema, parent: string): Property[][] {
  const objects = [...anyOf, ...oneOf].filter(({ type = "object" }) => [type].flat().includes("object"));
  return objects.map((one) => propertiesOf(one, parent));
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
