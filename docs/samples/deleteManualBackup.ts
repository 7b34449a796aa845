import { ApiError, createClient } from "geminidb-backup";

const {
  GEMINIDB_URL,
  GEMINIDB_TOKEN,
  GEMINIDB_PROJECT_ID,
  GEMINIDB_BACKUP_ID = "",
} = process.env;

const geminidb = createClient({
  baseUrl: GEMINIDB_URL,
  project_id: GEMINIDB_PROJECT_ID,
  auth: GEMINIDB_TOKEN,
});

try {
  const answer = await geminidb.deleteManualBackup({ backup_id: GEMINIDB_BACKUP_ID });
  console.log(JSON.stringify(answer));
} catch (error) {
  // DBS.201214: the backup is already gone, which is what was wanted.
  if (!ApiError.is(error) || error.code !== "DBS.201214") throw error;
}
