import { operationsOf, type Spec } from "../description.js";

/** Keys of OpenAPI that the client, the mock and the pages do not read, by the objects that they belong to. */
const unread = {
  document: ["webhooks"],
  components: ["pathItems"],
  operation: ["callbacks", "deprecated"],
  parameter: ["allowEmptyValue", "deprecated"],
};

/** What is said where nothing here reads it, a sentence each. */
export function unreadFaults(spec: Spec): string[] {
  const faults = [
    ...faultsOf(spec, unread.document, "openapi/openapi.yaml"),
    ...faultsOf(spec.components, unread.components, "openapi/openapi.yaml, components"),
  ];
  for (const { operation, parameters } of operationsOf(spec)) {
    const place = `operation ${operation.operationId}`;
    faults.push(...faultsOf(operation, unread.operation, place));
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
