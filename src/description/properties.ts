import { isSchema } from "../shared/type-words.js";
import type { Schema } from "./spec.js";

export interface Property {
  /** The name, with the names of the objects around it: `database_tables[].table_names`. In a map, every name is `*`. */
  name: string;
  required: boolean;
  schema: Schema;
}

/** The properties of a schema and of the objects inside it, in the order in which they are described. */
export function propertiesOf(schema: Schema): Property[] {
  const required = requiredIn(schema, "");
  const described = describedIn(schema, "").map(([name, property]) => ({
    name,
    required: required.has(name),
    schema: property,
  }));
  // Several parts of a schema may describe the same property. The first description is shown.
  return described.filter(({ name }, index) => described.findIndex((other) => other.name === name) === index);
}

/**
 * The properties that a schema describes, with a name as often as there are descriptions of it.
 * @param parent the name of the object that the schema describes; empty for the whole body
 */
function describedIn(schema: Schema, parent: string): [name: string, schema: Schema][] {
  const { items, allOf = [], anyOf = [], oneOf = [] } = schema;
  const own = childrenOf(schema).flatMap(([key, child]): [string, Schema][] => {
    const name = nameIn(parent, key);
    return [[name, child], ...describedIn(child, name)];
  });
  const ofItems = items ? describedIn(items, `${parent}[]`) : [];
  const parts = [...allOf, ...objectsAmong([...anyOf, ...oneOf])];
  return [...own, ...ofItems, ...parts.flatMap((part) => describedIn(part, parent))];
}

/**
 * The names of the properties that a schema requires, each with the name of the object around it. What is required is gathered
 * from all parts of the schema, because one part of `allOf` may require what another part describes.
 */
function requiredIn(schema: Schema, parent: string): Map<string, string> {
  const { required = [], items, allOf = [], anyOf = [], oneOf = [] } = schema;
  return new Map([
    ...required.map((key): [string, string] => [nameIn(parent, key), parent]),
    ...childrenOf(schema).flatMap(([key, child]) => [...requiredIn(child, nameIn(parent, key))]),
    ...(items ? requiredIn(items, `${parent}[]`) : []),
    ...allOf.flatMap((part) => [...requiredIn(part, parent)]),
    ...requiredByEach(objectsAmong(anyOf), parent),
    ...requiredByEach(objectsAmong(oneOf), parent),
  ]);
}

/** The properties that every alternative requires which has the object around them. */
function requiredByEach(alternatives: readonly Schema[], parent: string): [name: string, around: string][] {
  const all = alternatives.map((one) => ({
    described: new Set(describedIn(one, parent).map(([name]) => name)),
    required: requiredIn(one, parent),
  }));
  return all
    .flatMap(({ required }) => [...required])
    .filter(([name, around]) =>
      all.every(({ described, required }) => {
        const hasObject = around === parent || described.has(around.replace(/(\[\])+$/, ""));
        return required.has(name) || !hasObject;
      }),
    );
}

/** The properties by their own names. The values of a map have the name `*`. */
function childrenOf({ properties = {}, additionalProperties: values }: Schema): [key: string, child: Schema][] {
  return Object.entries(isSchema(values) ? { ...properties, "*": values as Schema } : properties);
}

function nameIn(parent: string, key: string): string {
  return parent === "" ? key : `${parent}.${key}`;
}

/** The alternatives that can be an object. */
function objectsAmong(alternatives: readonly Schema[]): Schema[] {
  return alternatives.filter(({ type = "object" }) => [type].flat().includes("object"));
}
