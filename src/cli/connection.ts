import type { Environment, EnvironmentContents } from "../client/auth/environment.js";
import type { Auth } from "../client/auth/types.js";
import { type Client, createClient } from "../client/client.js";
import type { Hooks } from "../client/hooks.js";
import type { Fetch } from "../client/send.js";
import { readCredentials } from "./credentials.js";
import { CredentialsError, UsageError } from "./exit-codes.js";
import type { Format } from "./output.js";
import { type Values, wholeNumber } from "./parse.js";

/** What is called: a project on a host. */
export interface Target {
  region: string | undefined;
  /** Wins over the region. */
  baseUrl: string | undefined;
  project_id: string;
}

/**
 * The host and the project. A flag wins over the environment, and a URL wins over a region.
 * @throws {UsageError} in one sentence that says what is missing
 */
export function targetOf(values: Values, variables: Environment, environment: EnvironmentContents): Target {
  const region = values.get("region") ?? environment.region;
  // A variable that is set to nothing is not set.
  const baseUrl = values.get("base-url") ?? (variables.GEMINIDB_URL || undefined);
  const project_id = values.get("project-id") ?? environment.project_id;
  if (region === undefined && baseUrl === undefined) throw missing(environment, "the region", "--region or --base-url");
  if (project_id === undefined) throw missing(environment, "the project ID", "--project-id");
  return { region, baseUrl, project_id };
}

function missing(environment: EnvironmentContents, what: string, flags: string): UsageError {
  const entry = environment.missing.find((one) => one.startsWith(what)) ?? what;
  return new UsageError(`missing in the environment: ${entry}. Set it, or give ${flags}`);
}

/**
 * The credentials, from wherever the flags say.
 * @throws {UsageError | CredentialsError} in one sentence that says what is missing or wrong
 */
export async function authOf(values: Values, environment: EnvironmentContents): Promise<Auth> {
  const auth = await readCredentials(values, environment);
  if (auth !== undefined) return auth;
  // Credentials are the first thing that the environment is searched for.
  throw new CredentialsError(
    `missing in the environment: ${environment.missing[0]}. Set them, or give --token-file FILE or --auth instance`,
  );
}

/** How a command differs from an ordinary client: it listens to the calls, or sends in its own way. */
export interface Wiring extends Hooks {
  fetch?: Fetch;
}

/**
 * A client for a target.
 * @throws {UsageError} in one sentence that names the flag which is wrong
 */
export function clientFor(target: Target, auth: Auth, values: Values, wiring: Wiring): Client<"project_id"> {
  const timeout = wholeNumber(values, "timeout", { least: 1 });
  const retries = wholeNumber(values, "retries");
  try {
    return createClient({ ...target, auth, timeout, retries, ...wiring });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(withFlagNames(error.message));
    throw error;
  }
}

/** What the client says about its options, in the words of the command. */
const words: readonly (readonly [said: string, instead: string])[] = [
  ["option baseUrl", "--base-url"],
  ["option region", "--region"],
  ["baseUrl takes", "--base-url takes"],
  ["Give credentials as auth", "Credentials come from the environment, --token-file or --auth"],
  [". allowInsecure allows it to any host", ""],
];

function withFlagNames(message: string): string {
  return words.reduce((text, [said, instead]) => text.replace(said, instead), message);
}

/** @throws {UsageError} when the format is not known */
export function formatOf(values: Values): Format {
  const format = values.get("output") ?? "json";
  if (format === "json" || format === "text") return format;
  throw new UsageError("--output must be json or text");
}
