import { createClient } from "geminidb-backup";
import { fetch, ProxyAgent } from "undici"; // npm install undici

const { BASE_URL, PROXY_URL = "", TOKEN, PROJECT_ID = "", BACKUP_ID = "" } = process.env;
const dispatcher = new ProxyAgent(PROXY_URL);
// The types of undici are its own.
const proxied = fetch as unknown as (url: string, init: object) => Promise<Response>;

const geminidb = createClient({
  baseUrl: BASE_URL,
  project_id: PROJECT_ID,
  auth: TOKEN,
  fetch: (url, init) => proxied(url, { ...init, headers: [...new Headers(init.headers)], dispatcher }),
});
const { job_id } = await geminidb.deleteManualBackup({ backup_id: BACKUP_ID });
console.log(`deleted through the proxy, job ${job_id}`);
