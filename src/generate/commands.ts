import { type Operation, operationsOf, type Spec } from "./description.js";

/** The commands that are written by hand. No operation may have the name of one, because it would hide the other. */
const builtInCommands = ["rotate", "mock", "help"];

/** The name of the command of an operation: `x-cli-name`, or else the operationId in kebab-case. */
export function commandName({ operationId, "x-cli-name": name }: Operation): string {
  return name ?? kebabCase(operationId);
}

/** What is wrong with the names of the commands: each must be unique. */
export function commandFaults(spec: Spec): string[] {
  const owners = new Map(builtInCommands.map((name) => [name, "a command that is built in"]));
  return operationsOf(spec).flatMap(({ operation }) => {
    const name = commandName(operation);
    const owner = owners.get(name);
    owners.set(name, operation.operationId);
    if (owner === undefined) return [];
    const source = operation["x-cli-name"] === undefined ? "the command by its operationId" : "x-cli-name";
    return [
      `operation ${operation.operationId}: ${source} is ${JSON.stringify(name)}, which ${owner} has already. Give it another x-cli-name.`,
    ];
  });
}

/** `listDBInstances` becomes `list-db-instances`: an acronym is one word. */
function kebabCase(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}
