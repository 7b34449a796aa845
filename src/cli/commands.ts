import { catalogue } from "../../generated/catalogue.js";
import type { CommandEntry } from "./command.js";

/** Every command: one for each operation of the description, and those that are written by hand. */
export const commands: readonly CommandEntry[] = [
  ...catalogue.operations.map((operation) => ({
    name: operation.command,
    summary: operation.summary,
    load: async () => (await import("./operation.js")).operationCommand(operation),
  })),
  {
    name: "rotate",
    summary: "Make a backup, and delete the oldest of those that it made earlier",
    load: async () => (await import("./rotate.js")).rotateCommand,
  },
  {
    name: "mock",
    summary: "Serve the API on this machine, with the documented examples",
    load: async () => (await import("./mock.js")).mockCommand,
  },
];
