import { createClient } from "geminidb-backup";

const { REGION, BASE_URL, PROJECT_ID = "", INSTANCE_ID = "", TOKEN } = process.env;
const geminidb = createClient({ region: REGION, baseUrl: BASE_URL, project_id: PROJECT_ID, auth: TOKEN });

const backup = { instance_id: INSTANCE_ID, name: "nightly", description: "Before the release" };
const { backup_id } = await geminidb.createManualBackup(backup);
console.log(`made ${backup_id}`);
await geminidb.deleteManualBackup({ backup_id });
console.log(`deleted ${backup_id}`);
