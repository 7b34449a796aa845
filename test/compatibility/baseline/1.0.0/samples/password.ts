import { createClient, passwordToken } from "geminidb-backup";

const { env } = process;
const geminidb = createClient({
  baseUrl: env.GEMINIDB_URL,
  project_id: env.GEMINIDB_PROJECT_ID ?? "",
  auth: passwordToken({
    iamUrl: env.GEMINIDB_IAM_URL,
    username: env.GEMINIDB_USERNAME ?? "",
    password: env.GEMINIDB_PASSWORD ?? "",
    domain: env.GEMINIDB_DOMAIN ?? "",
    project: env.GEMINIDB_PROJECT ?? "",
  }),
});
const { job_id } = await geminidb.deleteManualBackup({ backup_id: env.GEMINIDB_BACKUP_ID ?? "" });
console.log(`deleting, job ${job_id}`);
