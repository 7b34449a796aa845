import { createClient, ignoreGone } from "geminidb-backup";

const { GEMINIDB_URL, GEMINIDB_TOKEN, GEMINIDB_PROJECT_ID = "", GEMINIDB_BACKUP_ID = "" } = process.env;

const geminidb = createClient({
  baseUrl: GEMINIDB_URL,
  project_id: GEMINIDB_PROJECT_ID,
  auth: GEMINIDB_TOKEN,
});

// A backup that is gone already is what was wanted.
const answer = await geminidb.deleteManualBackup({ backup_id: GEMINIDB_BACKUP_ID }).catch(ignoreGone);
console.log(JSON.stringify(answer));
