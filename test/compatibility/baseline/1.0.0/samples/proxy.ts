import { createClient } from "geminidb-backup";
import { ProxyAgent } from "undici"; // npm install undici@7, which fits the fetch of Node 20 to 24

const {
  GEMINIDB_URL,
  GEMINIDB_PROXY = "",
  GEMINIDB_TOKEN,
  GEMINIDB_PROJECT_ID = "",
  GEMINIDB_BACKUP_ID = "",
} = process.env;
const dispatcher = new ProxyAgent(GEMINIDB_PROXY);

const geminidb = createClient({
  baseUrl: GEMINIDB_URL,
  project_id: GEMINIDB_PROJECT_ID,
  auth: GEMINIDB_TOKEN,
  fetch: (request) => fetch(request, { dispatcher } as object),
});
const { job_id } = await geminidb.deleteManualBackup({ backup_id: GEMINIDB_BACKUP_ID });
console.log(`deleting through the proxy, job ${job_id}`);
