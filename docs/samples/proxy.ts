import { createClient } from "geminidb-backup";
import { fetch, ProxyAgent } from "undici"; // npm install undici

const { GEMINIDB_URL, GEMINIDB_PROXY = "", GEMINIDB_TOKEN, GEMINIDB_PROJECT_ID, GEMINIDB_BACKUP_ID = "" } = process.env;
const dispatcher = new ProxyAgent(GEMINIDB_PROXY);
// The types of undici are its own.
const proxied = fetch as unknown as (url: string, init: object) => Promise<Response>;

const geminidb = createClient({
  baseUrl: GEMINIDB_URL,
  project_id: GEMINIDB_PROJECT_ID,
  auth: GEMINIDB_TOKEN,
  fetch: (url, init) => proxied(url, { ...init, headers: [...new Headers(init.headers)], dispatcher }),
});
const { job_id } = await geminidb.deleteManualBackup({ backup_id: GEMINIDB_BACKUP_ID });
console.log(`deleted through the proxy, job ${job_id}`);
