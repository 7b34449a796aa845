import type { Operation } from "../../description/operations.js";
import { builtInCommands } from "../../shared/built-in-commands.js";
import { commandName } from "../command-name.js";

/** What is wrong with the names of the commands: each must be unique. */
export function commandFaults(operations: readonly Operation[]): string[] {
  const owners = new Map<string, string>(builtInCommands.map((name) => [name, "a command that is built in"]));
  return operations.flatMap((operation) => {
    const name = commandName(operation);
    const owner = owners.get(name);
    owners.set(name, operation.operationId);
    if (owner === undefined) return [];
    const source = operation.raw["x-cli-name"] === undefined ? "the command by its operationId" : "x-cli-name";
    return [
      `operation ${operation.operationId}: ${source} is ${JSON.stringify(name)}, which ${owner} has already. Give it another x-cli-name.`,
    ];
  });
}
