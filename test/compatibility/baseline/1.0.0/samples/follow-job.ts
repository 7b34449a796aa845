import { setTimeout } from "node:timers/promises";
import { createClient } from "geminidb-backup";

const { GEMINIDB_URL, GEMINIDB_TOKEN, GEMINIDB_PROJECT_ID = "", GEMINIDB_BACKUP_ID = "" } = process.env;
const wait = Number(process.env.GEMINIDB_WAIT || 10) * 1000;
const geminidb = createClient({ baseUrl: GEMINIDB_URL, project_id: GEMINIDB_PROJECT_ID, auth: GEMINIDB_TOKEN });
const { job_id } = await geminidb.deleteManualBackup({ backup_id: GEMINIDB_BACKUP_ID });

// A neighbouring call that the description does not contain, sent as the client sends its own.
type Get = (path: string) => Promise<{ data?: unknown; response: Response }>;
const get = geminidb.raw.GET as Get;

await setTimeout(wait / 2);
for (;;) {
  const { data, response } = await get(`/v3/${GEMINIDB_PROJECT_ID}/jobs?id=${encodeURIComponent(job_id)}`);
  if (!response.ok) throw new Error(`The job cannot be read: ${response.status}`);
  const [job] = (data as { jobs: { status: string; fail_reason?: string }[] }).jobs;
  if (!job?.status) throw new Error(`There is no job ${job_id}.`);
  console.log(job.status);
  if (job.status === "Completed") break;
  if (job.status === "Failed") throw new Error(job.fail_reason);
  await setTimeout(wait); // every other status means that it still runs
}
