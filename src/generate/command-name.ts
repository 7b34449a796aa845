import type { Operation } from "../description/operations.js";

/** The name of the command of an operation: `x-cli-name`, or else the operationId in kebab-case. */
export function commandName({ operationId, raw }: Operation): string {
  return raw["x-cli-name"] ?? kebabCase(operationId);
}

/** `listDBInstances` becomes `list-db-instances`: an acronym is one word. */
function kebabCase(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
