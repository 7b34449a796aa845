import type { Operation } from "../../description/operations.js";
import type { Spec } from "../../description/spec.js";

/** Keys of OpenAPI that the client, the mock and the pages do not read, by the objects that they belong to. */
const unread = {
  document: ["webhooks"],
  components: ["pathItems"],
  operation: ["callbacks", "deprecated", "externalDocs"],
  parameter: ["allowEmptyValue", "deprecated"],
};

/** The keywords that no part of this project reads, a sentence each. */
export function unreadFaults(spec: Spec, operations: readonly Operation[]): string[] {
  const faults = [
    ...faultsOf(spec, unread.document, "openapi/openapi.yaml"),
    ...faultsOf(spec.components, unread.components, "openapi/openapi.yaml, components"),
  ];
  for (const { operationId, parameters, raw } of operations) {
    const place = `operation ${operationId}`;
    faults.push(...faultsOf(raw, unread.operation, place));
    for (const parameter of parameters)
      faults.push(...faultsOf(parameter, unread.parameter, `${place}, parameter ${parameter.name}`));
  }
  return faults;
}

function faultsOf(holder: object, keys: readonly string[], place: string): string[] {
  return keys
    .filter((key) => key in holder)
    .map((key) => `${place}: ${key} is not supported. Leave it out, or say it in a description.`);
}
