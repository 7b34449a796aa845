import { createClient } from "geminidb-backup";

const {
  GEMINIDB_URL = "http://127.0.0.1:4010",
  GEMINIDB_TOKEN = "any-token",
  GEMINIDB_PROJECT_ID = "my-project",
  GEMINIDB_INSTANCE_ID = "my-instance",
} = process.env;

const geminidb = createClient({
  baseUrl: GEMINIDB_URL,
  project_id: GEMINIDB_PROJECT_ID,
  auth: GEMINIDB_TOKEN,
  // The instance is busy while the backup is made.
  retries: 30,
});

const backup = await geminidb.createManualBackup({
  instance_id: GEMINIDB_INSTANCE_ID,
  name: "first-call",
  description: "Before the release",
});
const { backup_id } = backup;
console.log(`created ${backup_id}`);

await geminidb.deleteManualBackup({ backup_id });
console.log(`deleted ${backup_id}`);
