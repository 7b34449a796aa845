import { reasonOf } from "../untrusted.js";
import { accessKey } from "./access-key.js";
import { isVisibleAscii, visibleAsciiRule } from "./credential.js";
import type { Auth } from "./types.js";

/** Options for `createClient`, as the environment has them. */
export interface EnvironmentOptions {
  region: string;
  project_id: string;
  auth: Auth;
}

/** Environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The names of the variables of access keys: those of the vendor's SDKs, then those of its Terraform provider. */
const keyNames = [
  { ak: "HUAWEICLOUD_SDK_AK", sk: "HUAWEICLOUD_SDK_SK", securityToken: "HUAWEICLOUD_SDK_SECURITY_TOKEN" },
  { ak: "HW_ACCESS_KEY", sk: "HW_SECRET_KEY", securityToken: "HW_SECURITY_TOKEN" },
] as const;
/** The names of the other variables, with those of OpenStack's tools at the end. The first that is set is taken. */
const tokenNames = ["OS_TOKEN"];
const projectNames = ["HUAWEICLOUD_SDK_PROJECT_ID", "HW_PROJECT_ID", "OS_PROJECT_ID"];
const regionNames = ["HUAWEICLOUD_SDK_REGION", "HW_REGION_NAME", "OS_REGION_NAME"];

/**
 * Reads the credentials, the project and the region from environment variables: an access key pair or a token, by the names
 * that the vendor's SDKs and Terraform provider use.
 * @param env the variables; those of this process by default
 * @returns options for `createClient`, so that others can be added: `createClient({ ...fromEnvironment(), timeout: 5000 })`
 * @throws {TypeError} that names every variable which is missing
 */
export function fromEnvironment(env: Environment = processEnvironment()): EnvironmentOptions {
  const { credentials, project_id, region, missing } = readEnvironment(env);
  if (!credentials || !project_id || !region) {
    throw new TypeError(`fromEnvironment: missing in the environment: ${Object.values(missing).join("; ")}`);
  }
  return { region: region.value, project_id: project_id.value, auth: credentials() };
}

/** A variable that is set. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** What the environment has, and what it misses. */
export interface EnvironmentContents {
  region: Variable | undefined;
  project_id: Variable | undefined;
  /**
   * Makes the credentials, which are checked only then: whoever uses others need not hear of them.
   * @throws {TypeError} that names the variables, when they cannot be credentials
   */
  credentials: (() => Auth) | undefined;
  /** What is missing, in words. */
  missing: { credentials?: string; region?: string; project_id?: string };
}

export function readEnvironment(env: Environment): EnvironmentContents {
  const credentials = findKeys(env) ?? findToken(env);
  const region = firstOf(env, regionNames);
  const project_id = firstOf(env, projectNames);
  const missing: EnvironmentContents["missing"] = {};
  if (credentials === undefined) missing.credentials = missingCredentials(env);
  if (region === undefined) missing.region = `the region (${regionNames.join(" or ")})`;
  if (project_id === undefined) missing.project_id = `the project ID (${projectNames.join(" or ")})`;
  return { region, project_id, credentials, missing };
}

function findToken(env: Environment): (() => Auth) | undefined {
  const token = firstOf(env, tokenNames);
  if (token === undefined) return undefined;
  return () => {
    if (isVisibleAscii(token.value)) return token.value;
    throw new TypeError(`${token.name} ${visibleAsciiRule}`);
  };
}

/** The first pair of keys that is complete. The halves of two pairs do not fit together. */
function findKeys(env: Environment): (() => Auth) | undefined {
  for (const names of keyNames) {
    // A variable that is set to nothing is not set.
    const ak = env[names.ak];
    const sk = env[names.sk];
    const securityToken = env[names.securityToken] || undefined;
    if (!ak || !sk) continue;
    return () => {
      try {
        return accessKey({ ak, sk, securityToken });
      } catch (error) {
        const reason = reasonOf(error);
        const used = [names.ak, names.sk, ...(securityToken ? [names.securityToken] : [])];
        throw new TypeError(`${used.join(" and ")}: ${reason}`, { cause: error });
      }
    };
  }
  return undefined;
}

function firstOf(env: Environment, names: readonly string[]): Variable | undefined {
  return names.map((name) => ({ name, value: env[name] ?? "" })).find(({ value }) => value !== "");
}

function missingCredentials(env: Environment): string {
  for (const { ak, sk } of keyNames) {
    if (env[ak]) return `the secret access key (${sk}) that belongs to the access key (${ak})`;
    if (env[sk]) return `the access key (${ak}) that belongs to the secret access key (${sk})`;
  }
  const pairs = keyNames.map(({ ak, sk }) => `${ak} and ${sk}`);
  return `credentials (${[...pairs, ...tokenNames].join(", or ")})`;
}

export function processEnvironment(): Environment {
  // Browsers have no process.
  return globalThis.process?.env ?? {};
}
