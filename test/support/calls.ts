import { type ClientOptions, createClient, type ProjectClient } from "geminidb-backup";

/** A client of a test server, with a project and a token. */
export function clientOf(baseUrl: string, options: Partial<ClientOptions> = {}): ProjectClient {
  const defaults = { baseUrl, project_id: "p", auth: "a-token-0123456789", retries: 0 };
  return createClient({ ...defaults, ...options, project_id: options.project_id ?? "p" });
}

/** A valid input for a create. */
export const backup = { instance_id: "i", name: "nightly", description: "" };

/** What the service answers to a create. */
export const created = { job_id: "j", backup_id: "b" };

export const rawPath = "/v3/{project_id}/backups/{backup_id}";
/** The parameters of a delete through `raw`. */
export const rawParams = { params: { path: { project_id: "p", backup_id: "b" } } };
