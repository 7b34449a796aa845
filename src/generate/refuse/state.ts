import type { Operation } from "../../description/operations.js";
import { resolve } from "../../description/references.js";
import type { Schema, Spec } from "../../description/spec.js";
import { documentedCodes } from "./documented-codes.js";

/** `x-state` must name parameters, properties and error codes that its operation has. */
export function stateFaults(spec: Spec, operations: readonly Operation[]): string[] {
  return [...kindFaults(operations), ...operations.flatMap((operation) => nameFaults(spec, operation))];
}

/** The mock remembers resources of one kind. */
function kindFaults(operations: readonly Operation[]): string[] {
  const creating = operations.filter(({ raw }) => raw["x-state"]?.effect === "create");
  const operationIds = creating.map(({ operationId }) => operationId).join(" and ");
  const keys = ["within", "id", "unique", "occupies"] as const;
  return keys.flatMap((key) => {
    // An operation may leave out what another one says.
    const values = new Set(creating.flatMap(({ raw }) => raw["x-state"]?.[key] ?? []));
    if (values.size < 2) return [];
    const rule = "Operations that create must create the same kind of resource.";
    return [`operations ${operationIds}: x-state has different values of ${key}. ${rule}`];
  });
}

function nameFaults(spec: Spec, operation: Operation): string[] {
  const state = operation.raw["x-state"];
  if (!state) return [];
  const inPath = operation.parameters.filter(({ in: where }) => where === "path").map(({ name }) => name);
  const inBody = propertiesOf(spec, operation.requestBody?.schema);
  const codes = documentedCodes(operation);
  const allowed = {
    id: state.effect === "create" ? propertiesOf(spec, operation.success?.body?.schema) : inPath,
    within: inPath,
    occupies: inPath,
    unique: inBody,
    conflict: codes,
    full: codes,
    missing: codes,
    busy: codes,
  };
  return Object.entries(allowed).flatMap(([key, names]) => {
    const name = state[key as keyof typeof allowed];
    if (name === undefined || names.includes(name)) return [];
    return [
      `operation ${operation.operationId}: x-state.${key} is ${JSON.stringify(name)}. Allowed are ${names.join(", ")}.`,
    ];
  });
}

function propertiesOf(spec: Spec, schema: Schema | undefined): string[] {
  return Object.keys((schema && resolve<Schema>(spec, schema).properties) ?? {});
}
