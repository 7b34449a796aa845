import type { CatalogueOperation } from "../../generated/catalogue.js";
import { operations } from "../../generated/operations.js";
import { flagName } from "../shared/flag-name.js";
import type { Context } from "./context.js";
import { UsageError } from "./errors.js";
import { readText, readTextFile } from "./file.js";
import type { OperationFlag } from "./operation-flags.js";
import type { Values } from "./parse.js";

type Fields = Record<string, unknown>;
type Stdin = Context["stdin"];

/**
 * The input of an operation, from its flags: the value of each flag in the type of its schema, above the properties of `--body`.
 * The client checks it.
 * @throws {UsageError} that names the flag which cannot be read, and shows no value
 */
export async function readInput(
  { operationId, parameters }: CatalogueOperation,
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
  for (const { name } of parameters) {
    if (Object.hasOwn(body, name)) {
      throw new UsageError(
        `${name} in --body is not known: it is not part of the request body. Give --${flagName(name)}`,
      );
    }
  }
  return { ...body, ...fields };
}

/** Standard input can be read once only. */
function checkStandardInput(flags: readonly OperationFlag[], values: Values): void {
  const readers = flags.filter(({ name, kind }) => kind === "json" && values.get(name) === "-");
  if (readers.length < 2) return;
  const names = readers.map(({ name }) => `--${name}`).join(" and ");
  throw new UsageError(`${names} take standard input, which can be read once only`);
}

async function readValue({ name, kind }: OperationFlag, text: string, stdin: Stdin): Promise<unknown> {
  if (kind === "json") return readJson(name, text, stdin);
  if (kind === "number") return readNumber(name, text);
  return kind === "switch" ? text === "true" : text;
}

/** A text that is not a number stays one, and the client says which type is wanted. */
function readNumber(name: string, text: string): number | string {
  if (/^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)))
    throw new UsageError(`--${name}: the number has too many digits, and would be rounded`);
  return isNumber(text) ? Number(text) : text;
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
  if (text === "@") throw new UsageError(`--${name} needs the name of a file after @`);
  const isFile = text.startsWith("@");
  if (text !== "-" && !isFile) return { source: "the value", json: text };
  const source = isFile ? `the file ${text.slice(1)}` : "standard input";
  const fault = (reason: string) => new UsageError(`--${name}: ${source} ${reason}`);
  return { source, json: await (isFile ? readTextFile(text.slice(1), fault) : readText(stdin, fault)) };
}
