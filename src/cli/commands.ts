import { catalogue } from "../../generated/catalogue.js";
import type { BuiltInCommand } from "../shared/built-in-commands.js";
import type { CommandEntry } from "./command.js";

/** Those that are written by hand, in the order of the help. */
const builtIn: Readonly<Record<BuiltInCommand, Omit<CommandEntry, "name">>> = {
  rotate: {
    summary: "Make a backup, and delete the oldest of those that it made earlier",
    load: async () => (await import("./rotate.js")).rotateCommand,
  },
  mock: {
    summary: "Serve the API on this machine, with the documented examples",
    load: async () => (await import("./mock.js")).mockCommand,
  },
};

/** Every command: one for each operation of the description, and those that are written by hand. */
export const commands: readonly CommandEntry[] = [
  ...catalogue.operations.map((operation) => ({
    name: operation.command,
    summary: operation.summary,
    load: async () => (await import("./operation.js")).operationCommand(operation),
  })),
  ...Object.entries(builtIn).map(([name, command]) => ({ name, ...command })),
];
