import { createClient, fromEnvironment } from "geminidb-backup";

const { GEMINIDB_URL, GEMINIDB_INSTANCE_ID = "" } = process.env;
// Reads HUAWEICLOUD_SDK_AK, _SK, _PROJECT_ID and _REGION, or OS_TOKEN, OS_PROJECT_ID and OS_REGION_NAME. None may be missing.
const geminidb = createClient({ ...fromEnvironment(), baseUrl: GEMINIDB_URL });

const backup = { instance_id: GEMINIDB_INSTANCE_ID, name: "nightly", description: "Before the release" };
const { backup_id } = await geminidb.createManualBackup(backup);
console.log(`created ${backup_id}`);
