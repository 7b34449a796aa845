import type { Environment, EnvironmentContents, Variable } from "../client/auth/environment.js";
import type { Auth } from "../client/auth/types.js";
import { checkUrl, regionalUrl } from "../client/base-url.js";
import { type Client, createClient } from "../client/client.js";
import type { Hooks } from "../client/hooks.js";
import { projectFault } from "../client/input.js";
import type { Fetch } from "../client/send.js";
import { sentences } from "../client/sentences.js";
import { UsageError } from "./errors.js";
import { count, milliseconds, type Values } from "./parse.js";

/** What is called: a project on a host. Both have been checked. */
export interface Target {
  baseUrl: string;
  project_id: string;
}

/**
 * The host and the project, from the flags or else from the environment.
 * @throws {UsageError} in one sentence that says what is missing, or which flag or variable is wrong
 */
export function targetOf(values: Values, variables: Environment, environment: EnvironmentContents): Target {
  const baseUrl = baseUrlOf(values, variables, environment);
  const project = flagOf(values, "project-id") ?? environment.project_id;
  if (baseUrl === undefined || project === undefined) {
    throw missing([
      ...(baseUrl === undefined ? [{ what: environment.missing.region, flags: "--region or --base-url" }] : []),
      ...(project === undefined ? [{ what: environment.missing.project_id, flags: "--project-id" }] : []),
    ]);
  }
  const fault = projectFault(project.value);
  if (fault !== undefined) throw new UsageError(sentences(`${project.name} ${fault}`, "Nothing was sent"));
  return { baseUrl, project_id: project.value };
}

/** A flag wins over the environment. Of two flags, or two variables, a URL wins over a region. Undefined without any of them. */
function baseUrlOf(values: Values, variables: Environment, environment: EnvironmentContents): string | undefined {
  const url = flagOf(values, "base-url");
  if (url !== undefined) return urlFrom(url);
  const region = flagOf(values, "region");
  if (region !== undefined) return urlOfRegion(region);
  // A variable that is set to nothing is not set.
  if (variables.GEMINIDB_URL) return urlFrom({ name: "GEMINIDB_URL", value: variables.GEMINIDB_URL });
  return environment.region === undefined ? undefined : urlOfRegion(environment.region);
}

function flagOf(values: Values, flag: string): Variable | undefined {
  const value = values.get(flag);
  return value === undefined ? undefined : { name: `--${flag}`, value };
}

function urlFrom({ name, value }: Variable): string {
  const advice = { credentials: "Credentials come from the environment, --token-file or --auth", plainHttp: "" };
  return asUsage(() => checkUrl(name, value, false, advice));
}

function urlOfRegion({ name, value }: Variable): string {
  return asUsage(() => regionalUrl(value, "api", { region: name, url: "--base-url" }));
}

function asUsage<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

function missing(things: readonly { what: string | undefined; flags: string }[]): UsageError {
  const names = things.map(({ what }) => what).join("; ");
  const flags = things.map((thing) => thing.flags).join(", and ");
  return new UsageError(
    `missing in the environment: ${names}. Set ${things.length > 1 ? "them" : "it"}, or give ${flags}`,
  );
}

/** How a command differs from an ordinary client: it listens to the calls, sends in its own way, or has its own timeout. */
export interface Wiring extends Hooks {
  fetch?: Fetch;
  timeout?: number | undefined;
}

/**
 * A client for a target.
 * @throws {UsageError} in one sentence that names the flag or the option of the client which is wrong
 */
export function clientFor(target: Target, auth: Auth, values: Values, wiring: Wiring): Client<"project_id"> {
  const timeout = milliseconds(values, "timeout");
  const retries = count(values, "retries");
  return asUsage(() => createClient({ ...target, auth, timeout, retries, ...wiring }));
}
