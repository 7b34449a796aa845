import { accessKey } from "./access-key.js";
import type { Auth, Signer } from "./types.js";

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
  const { auth, project_id, region, missing } = readEnvironment(env);
  if (!auth || !project_id || !region) {
    throw new TypeError(`fromEnvironment: missing in the environment: ${missing.join("; ")}`);
  }
  return { region, project_id, auth };
}

/** What the environment has, and what it misses, in words. */
export function readEnvironment(env: Environment): Partial<EnvironmentOptions> & { missing: string[] } {
  const found: Partial<EnvironmentOptions> = {};
  const missing: string[] = [];
  const auth = readKeys(env) ?? firstOf(env, tokenNames);
  if (auth === undefined) missing.push(missingCredentials(env));
  else found.auth = auth;
  const region = firstOf(env, regionNames);
  if (region === undefined) missing.push(`the region (${regionNames.join(" or ")})`);
  else found.region = region;
  const project_id = firstOf(env, projectNames);
  if (project_id === undefined) missing.push(`the project ID (${projectNames.join(" or ")})`);
  else found.project_id = project_id;
  return { ...found, missing };
}

/** The first pair of keys that is complete. The halves of two pairs do not fit together. */
function readKeys(env: Environment): Signer | undefined {
  for (const names of keyNames) {
    const ak = firstOf(env, [names.ak]);
    const sk = firstOf(env, [names.sk]);
    if (ak !== undefined && sk !== undefined) {
      return accessKey({ ak, sk, securityToken: firstOf(env, [names.securityToken]) });
    }
  }
  return undefined;
}

function firstOf(env: Environment, names: readonly string[]): string | undefined {
  return names.map((name) => env[name]).find((value) => value !== undefined && value !== "");
}

function missingCredentials(env: Environment): string {
  for (const { ak, sk } of keyNames) {
    if (env[ak]) return `the secret access key (${sk}) that belongs to the access key (${ak})`;
    if (env[sk]) return `the access key (${ak}) that belongs to the secret access key (${sk})`;
  }
  const pairs = keyNames.map(({ ak, sk }) => `${ak} and ${sk}`);
  return `credentials (${[...pairs, ...tokenNames].join(", or ")})`;
}

function processEnvironment(): Environment {
  // Browsers have no process.
  return globalThis.process?.env ?? {};
}
