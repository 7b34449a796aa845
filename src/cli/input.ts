import type { CatalogueOperation } from "../../generated/catalogue.js";
import { operations } from "../../generated/operations.js";
import type { Context } from "./context.js";
import { UsageError } from "./exit-codes.js";
import { openRegularFile, readAtMost } from "./file.js";
import { type OperationFlag, typesOf } from "./flags.js";
import type { Values } from "./parse.js";
import { printable } from "./printable.js";

/** The most that is read from a file or from standard input, in bytes. */
const largest = 2 ** 20;

type Fields = Record<string, unknown>;
type Stdin = Context["stdin"];

/**
 * The input of an operation, from its flags: the value of each flag in the type of its schema, above the properties of `--body`.
 * The client checks it.
 * @throws {UsageError} that names the flag which cannot be read, and shows no value
 */
export async function readInput(
  { operationId }: CatalogueOperation,
  flags: readonly OperationFlag[],
  values: Values,
  stdin: Stdin,
): Promise<Fields> {
  checkStandardInput(flags, values);
  const fields: Fields = {};
  for (const flag of flags) {
    const text = values.get(flag.name);
    if (text !== undefined && flag.wireName !== undefined) fields[flag.wireName] = await readValue(flag, text, stdin);
  }
  const text = values.get("body");
  if (text === undefined) return fields;
  const body = await readJson("body", text, stdin);
  if (operations[operationId].body === "whole") return { ...fields, body };
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new UsageError("--body must be a JSON object");
  }
  return { ...body, ...fields };
}

/** Standard input can be read once only. */
function checkStandardInput(flags: readonly OperationFlag[], values: Values): void {
  const readers = flags.filter(({ name, isJson }) => isJson && values.get(name) === "-");
  if (readers.length < 2) return;
  const names = readers.map(({ name }) => `--${name}`).join(" and ");
  throw new UsageError(`${names} both take standard input, which can be read once only`);
}

async function readValue({ name, schema, isJson }: OperationFlag, text: string, stdin: Stdin): Promise<unknown> {
  if (isJson) return readJson(name, text, stdin);
  const types = typesOf(schema);
  // A text that is no number stays one, and the client says which type is wanted.
  if (types.includes("number") || types.includes("integer")) return isNumber(text) ? Number(text) : text;
  return types.includes("boolean") ? text === "true" : text;
}

function isNumber(text: string): boolean {
  return text.trim() === text && text !== "" && Number.isFinite(Number(text));
}

async function readJson(name: string, text: string, stdin: Stdin): Promise<unknown> {
  const { source, json } = await readSource(name, text, stdin);
  try {
    return JSON.parse(json);
  } catch (error) {
    // The message of the runtime shows the text, which may hold a secret. Only the position is taken from it.
    const [position = ""] = / at position \d+/.exec(error instanceof Error ? error.message : "") ?? [];
    throw new UsageError(
      `--${name}: ${source} is not valid JSON${position}. Give JSON, @FILE, or - for standard input`,
    );
  }
}

async function readSource(name: string, text: string, stdin: Stdin): Promise<{ source: string; json: string }> {
  if (text === "-") return { source: "standard input", json: await readText(name, "standard input", stdin) };
  if (!text.startsWith("@")) return { source: "the value", json: text };
  const source = `the file ${printable(text.slice(1))}`;
  const file = await openRegularFile(text.slice(1), (reason) => new UsageError(`--${name}: ${source} ${reason}`));
  return { source, json: await readText(name, source, file.createReadStream()) };
}

async function readText(name: string, source: string, stream: AsyncIterable<Uint8Array>): Promise<string> {
  const bytes = await readAtMost(largest, stream, (reason) => new UsageError(`--${name}: ${source} ${reason}`));
  if (!bytes) throw new UsageError(`--${name}: ${source} is larger than 1 MB`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`--${name}: ${source} is not UTF-8`);
  }
}
