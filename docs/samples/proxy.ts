import { createClient } from "geminidb-backup";
import { ProxyAgent } from "undici"; // npm install undici

const { BASE_URL, PROXY_URL = "", TOKEN, PROJECT_ID = "", BACKUP_ID = "" } = process.env;
const dispatcher = new ProxyAgent(PROXY_URL);

const geminidb = createClient({
  baseUrl: BASE_URL,
  project_id: PROJECT_ID,
  auth: TOKEN,
  fetch: (request) => fetch(request, { dispatcher } as RequestInit),
});
const { job_id } = await geminidb.deleteManualBackup({ backup_id: BACKUP_ID });
console.log(`deleted through the proxy, job ${job_id}`);
