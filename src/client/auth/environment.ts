import { accessKey } from "./access-key.js";
import type { Auth } from "./types.js";

/** Options for `createClient`, as the environment has them. */
export interface EnvironmentOptions {
  region: string;
  project_id: string;
  auth: Auth;
}

/** Environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The names of the environment variables, the first that is set being taken: those of the vendor's SDKs, then those of the
 * vendor's Terraform provider, then those of OpenStack's tools.
 */
export const environmentNames = {
  accessKey: ["HUAWEICLOUD_SDK_AK", "HW_ACCESS_KEY"],
  secretKey: ["HUAWEICLOUD_SDK_SK", "HW_SECRET_KEY"],
  securityToken: ["HUAWEICLOUD_SDK_SECURITY_TOKEN", "HW_SECURITY_TOKEN"],
  token: ["OS_TOKEN"],
  project_id: ["HUAWEICLOUD_SDK_PROJECT_ID", "HW_PROJECT_ID", "OS_PROJECT_ID"],
  region: ["HUAWEICLOUD_SDK_REGION", "HW_REGION_NAME", "OS_REGION_NAME"],
} as const;

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
  const find = (names: readonly string[]) =>
    names.map((name) => env[name]).find((value) => value !== undefined && value !== "");
  const ak = find(environmentNames.accessKey);
  const sk = find(environmentNames.secretKey);
  const securityToken = find(environmentNames.securityToken);
  const token = find(environmentNames.token);
  const found: Partial<EnvironmentOptions> = {};
  const missing: string[] = [];
  if (ak !== undefined && sk !== undefined) found.auth = accessKey({ ak, sk, securityToken });
  else if (token !== undefined) found.auth = token;
  else missing.push(missingCredentials(ak, sk));
  const region = find(environmentNames.region);
  if (region === undefined) missing.push(`the region (${environmentNames.region.join(" or ")})`);
  else found.region = region;
  const project_id = find(environmentNames.project_id);
  if (project_id === undefined) missing.push(`the project ID (${environmentNames.project_id.join(" or ")})`);
  else found.project_id = project_id;
  return { ...found, missing };
}

function missingCredentials(ak: string | undefined, sk: string | undefined): string {
  const { accessKey, secretKey, token } = environmentNames;
  if (ak !== undefined) return `the secret access key (${secretKey.join(" or ")}) that belongs to the access key`;
  if (sk !== undefined) return `the access key (${accessKey.join(" or ")}) that belongs to the secret access key`;
  return `credentials (${accessKey.join(" or ")} with ${secretKey.join(" or ")}, or ${token.join(" or ")})`;
}

function processEnvironment(): Environment {
  // Browsers have no process.
  return globalThis.process?.env ?? {};
}
