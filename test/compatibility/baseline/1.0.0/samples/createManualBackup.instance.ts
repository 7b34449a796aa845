import { createClient } from "geminidb-backup";

const { GEMINIDB_URL, GEMINIDB_TOKEN, GEMINIDB_PROJECT_ID = "", GEMINIDB_INSTANCE_ID = "" } = process.env;

const geminidb = createClient({
  baseUrl: GEMINIDB_URL,
  project_id: GEMINIDB_PROJECT_ID,
  auth: GEMINIDB_TOKEN,
});

const answer = await geminidb.createManualBackup({
  instance_id: GEMINIDB_INSTANCE_ID,
  name: "nightly",
  description: "Before the release",
});
console.log(JSON.stringify(answer));
