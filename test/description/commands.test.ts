/** The names of the commands and of their flags that the description makes. */
import { expect, it } from "vitest";
import { catalogue } from "../../generated/catalogue.js";
import { commands } from "../../src/cli/commands.js";
import { commonFlags } from "../../src/cli/common-flags.js";
import { type Operation, operationsOf } from "../../src/description/operations.js";
import type { RawOperation, Spec } from "../../src/description/spec.js";
import { commandName } from "../../src/generate/command-name.js";
import { commandFaults } from "../../src/generate/refuse/commands.js";
import { flagName } from "../../src/shared/flag-name.js";

/** A description with one operation, of which only the names matter. */
function described(operation: Partial<RawOperation>): Operation[] {
  const spec = { paths: { "/": { get: { operationId: "list", responses: {}, ...operation } } } };
  return operationsOf(spec as Partial<Spec> as Spec);
}

it.each([
  ["createManualBackup", "create-manual-backup"],
  ["listDBInstances", "list-db-instances"],
  ["getURL", "get-url"],
  ["showV3Job", "show-v3-job"],
])("%s without x-cli-name is %s", (operationId, name) => {
  expect(described({ operationId }).map(commandName)).toEqual([name]);
});

it("no operation hides a command that is built in, neither by x-cli-name nor by its operationId", () => {
  const ofOperations = catalogue.operations.map((operation) => operation.command);
  const builtIn = commands.map(({ name }) => name).filter((name) => !ofOperations.includes(name));
  expect(builtIn).toEqual(["rotate", "mock"]);
  // It is no command of its own, but shows the help of one.
  for (const name of [...builtIn, "help"]) {
    expect(commandFaults(described({ "x-cli-name": name }))).toEqual([
      `operation list: x-cli-name is "${name}", which a command that is built in has already. Give it another x-cli-name.`,
    ]);
    expect(commandFaults(described({ operationId: name }))).toEqual([
      expect.stringContaining(`the command by its operationId is "${name}"`),
    ]);
  }
  expect(commandFaults(described({}))).toEqual([]);
});

it("an input whose flag a command has by itself gets a prefix, but for the project", () => {
  const own = [...commonFlags.map(({ name }) => name), "body", "help", "version"];
  for (const name of own.filter((one) => one !== "project-id")) {
    expect(flagName(name)).toBe(`input-${name}`);
    expect(flagName(name.replaceAll("-", "_"))).toBe(`input-${name}`);
  }
  expect(flagName("project-id")).toBe("input-project-id");
  expect(flagName("project_id")).toBe("project-id");
  const others = ["instance_id", "X-Language", "Timeout"];
  expect(others.map(flagName)).toEqual(["instance-id", "x-language", "Timeout"]);
});
