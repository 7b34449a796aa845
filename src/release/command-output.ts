import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CatalogueOperation, catalogue } from "../../generated/catalogue.js";
import { flagName, projectParameter } from "../shared/flag-name.js";
import { run } from "../tools/run.js";
import { inTemporaryFolder } from "../tools/temporary-folder.js";
import { program } from "./command.js";
import { withMock } from "./running-mock.js";

/** What the commands print as JSON: for each command, the type of the value at each place, such as `made[].name`. */
export type Outputs = Readonly<Record<string, Shape>>;
export type Shape = Readonly<Record<string, string>>;

/** The state of a rotation that a consumer has, and what it says of its owner. */
const state = { file: "state.json", url: "http://127.0.0.1:4010", project: "project", instance: "instance" };

/**
 * Runs each command that calls the service against the mock of the built command. The rotation goes on from the state of the consumer,
 * which lists a backup of each kind, so that no list of its output is empty.
 * @param consumer the folder with the state
 * @throws {Problem} in the words of the command, when it fails, as with a state that it does not read
 */
export async function commandOutputs(consumer: string): Promise<Outputs> {
  return withMock(["--stateless"], async (url) => {
    const outputs: Record<string, Shape> = {};
    for (const operation of catalogue.operations) {
      outputs[operation.command] = await outputOf(url, [operation.command, ...argumentsOf(operation)]);
    }
    outputs["rotate --dry-run"] = await rotationOutput(url, consumer, ["--dry-run"]);
    outputs.rotate = await rotationOutput(url, consumer, []);
    return outputs;
  });
}

/** The documented example of an operation as flags. */
function argumentsOf({ parameters, requestBody }: CatalogueOperation): string[] {
  const flags = parameters
    .filter(({ name }) => name !== projectParameter)
    .flatMap(({ name, example }) => [`--${flagName(name)}`, String(example)]);
  return requestBody ? [...flags, "--body", JSON.stringify(requestBody.examples[0]?.value)] : flags;
}

async function rotationOutput(url: string, consumer: string, flags: readonly string[]): Promise<Shape> {
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, state.file);
    // The mock takes any port that is free, and a state belongs to one service.
    await writeFile(file, (await readFile(join(consumer, state.file), "utf8")).replace(state.url, url));
    const { instance } = state;
    const rotation = ["--instance-id", instance, "--name-prefix", "nightly", "--keep", "2", "--state", file];
    return outputOf(url, ["rotate", "--quiet", ...rotation, ...flags]);
  });
}

async function outputOf(url: string, args: readonly string[]): Promise<Shape> {
  const target = ["--base-url", url, "--project-id", state.project];
  return shapeOf(JSON.parse(await run(process.execPath, [program, ...args, ...target], { env: { OS_TOKEN: "any" } })));
}

/** The type of each value in a JSON document, by its place. */
export function shapeOf(value: unknown, place = ""): Record<string, string> {
  if (Array.isArray(value)) return Object.assign({}, ...value.map((item) => shapeOf(item, `${place}[]`)));
  if (typeof value !== "object" || value === null) return { [place]: value === null ? "null" : typeof value };
  const parts = Object.entries(value).map(([key, item]) => shapeOf(item, place === "" ? key : `${place}.${key}`));
  return Object.assign({}, ...parts);
}
