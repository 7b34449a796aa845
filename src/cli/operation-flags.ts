import type { CatalogueOperation, RequestBody, Schema } from "../../generated/catalogue.js";
import { operations } from "../../generated/operations.js";
import { flagName, projectParameter } from "../shared/flag-name.js";
import { limitWords, typesOf } from "../shared/type-words.js";
import type { Flag } from "./flag.js";
import { capitalized } from "./layout.js";

/** A flag of an operation. */
export interface OperationFlag extends Flag {
  /** The parameter, or the property of the request body, that it sets. Undefined for the body as a whole. */
  readonly wireName?: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
  readonly kind: FlagKind;
}

/** How the value of a flag is written: JSON stands in place or in a file, and a switch has no value. */
export type FlagKind = "text" | "number" | "switch" | "json";

/** What stands for a value in help. */
const placeholders: Readonly<Record<FlagKind, string | undefined>> = {
  text: "TEXT",
  number: "N",
  switch: undefined,
  json: "JSON",
};

/** The flags of an operation: one for each parameter and each property of the request body, and `--body`. */
export function flagsOf(operation: CatalogueOperation): readonly OperationFlag[] {
  const { parameters, requestBody } = operation;
  const flags = parameters
    .filter(({ name }) => name !== projectParameter)
    .map(({ name, required, description, schema }) => flagOf(name, required, description, schema));
  return requestBody ? [...flags, ...propertyFlags(operation), bodyFlag(operation, requestBody)] : flags;
}

function propertyFlags({ operationId, requestBody }: CatalogueOperation): OperationFlag[] {
  if (!requestBody || operations[operationId].body !== "properties") return [];
  const { properties = {}, required = [] } = requestBody.schema;
  return (
    Object.entries(properties)
      // Everybody who lists the processes of the machine would see a password.
      .filter(([, schema]) => schema.format !== "password")
      .map(([name, schema]) =>
        flagOf(name, requestBody.required && required.includes(name), schema.description ?? "", schema),
      )
  );
}

function flagOf(wireName: string, isRequired: boolean, description: string, schema: Schema): OperationFlag {
  const kind = kindOf(schema);
  const placeholder = placeholders[kind];
  const about = [description.trim(), limitsOf(schema)].filter(Boolean).join(" ");
  const flag = { name: flagName(wireName), about, wireName, schema, isRequired, kind };
  return placeholder === undefined ? flag : { ...flag, placeholder };
}

function bodyFlag({ operationId }: CatalogueOperation, { schema, required }: RequestBody): OperationFlag {
  const isWhole = operations[operationId].body === "whole";
  const about = isWhole ? "The request body." : "The whole request body. Other flags win over its properties.";
  const isRequired = isWhole && required;
  return { name: "body", placeholder: placeholders.json ?? "", about, schema, isRequired, kind: "json" };
}

function kindOf(schema: Schema): FlagKind {
  const [type, ...others] = typesOf(schema).filter((name) => name !== "null");
  // Of several types, only JSON tells which is meant.
  if (others.length > 0) return "json";
  if (type === "string") return "text";
  if (type === "integer" || type === "number") return "number";
  return type === "boolean" ? "switch" : "json";
}

/** What a schema allows, in words. The words for a pattern stand in the description. */
function limitsOf(schema: Schema): string {
  const found = limitWords({ ...schema, pattern: undefined }).join("; ");
  return found === "" ? "" : `${capitalized(found)}.`;
}
