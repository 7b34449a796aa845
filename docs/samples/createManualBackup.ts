import { createClient } from "geminidb-backup";

const { BASE_URL, TOKEN, PROJECT_ID = "", INSTANCE_ID = "" } = process.env;
const geminidb = createClient({ baseUrl: BASE_URL, project_id: PROJECT_ID, auth: TOKEN });

const { job_id, backup_id } = await geminidb.createManualBackup({
  instance_id: INSTANCE_ID,
  name: "nightly",
  description: "Before the release",
});
console.log(JSON.stringify({ job_id, backup_id }));
