import { ApiError, createClient } from "geminidb-backup";

const { BASE_URL, TOKEN, PROJECT_ID = "", BACKUP_ID = "" } = process.env;
const geminidb = createClient({ baseUrl: BASE_URL, project_id: PROJECT_ID, auth: TOKEN });

try {
  const { job_id } = await geminidb.deleteManualBackup({ backup_id: BACKUP_ID });
  console.log(JSON.stringify({ job_id }));
} catch (error) {
  // The backup is gone already: that is what was wanted.
  if (!ApiError.is(error) || error.code !== "DBS.201214") throw error;
}
