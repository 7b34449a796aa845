import { createClient } from "geminidb-backup";

const { BASE_URL = "", TOKEN = "", PROJECT_ID = "", BACKUP_ID = "", WAIT = "10000" } = process.env;
const geminidb = createClient({ baseUrl: BASE_URL, project_id: PROJECT_ID, auth: TOKEN });
const { job_id } = await geminidb.deleteManualBackup({ backup_id: BACKUP_ID });

// Not part of the description: a neighbouring call of the same API, over the client's own transport.
const get = geminidb.raw.GET as (path: string) => Promise<{ data?: unknown; response: Response }>;
for (let status = ""; status !== "Completed"; ) {
  const { data, response } = await get(`/v3/${PROJECT_ID}/jobs?id=${encodeURIComponent(job_id)}`);
  if (!response.ok) throw new Error(`${response.status}: the job cannot be read`);
  const [job] = (data as { jobs: { status: string; fail_reason?: string }[] }).jobs;
  if (job?.status === "Failed") throw new Error(job.fail_reason);
  status = job?.status ?? "";
  console.log(status);
  if (status !== "Completed") await new Promise((resolve) => setTimeout(resolve, Number(WAIT)));
}
