import { accessKey, createClient } from "geminidb-backup";

const { env } = process;
const geminidb = createClient({
  baseUrl: env.GEMINIDB_URL,
  project_id: env.GEMINIDB_PROJECT_ID ?? "",
  auth: accessKey({ ak: env.GEMINIDB_ACCESS_KEY ?? "", sk: env.GEMINIDB_SECRET_KEY ?? "" }),
});
const { job_id } = await geminidb.deleteManualBackup({ backup_id: env.GEMINIDB_BACKUP_ID ?? "" });
console.log(`deleting, job ${job_id}`);
