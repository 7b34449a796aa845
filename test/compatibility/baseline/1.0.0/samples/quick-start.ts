import { createClient, fromEnvironment } from "geminidb-backup";

const { GEMINIDB_URL, GEMINIDB_INSTANCE_ID = "" } = process.env;
// The keys, the project and the region, by the names that the vendor's SDKs use.
const geminidb = createClient({ ...fromEnvironment(), baseUrl: GEMINIDB_URL });

const backup = { instance_id: GEMINIDB_INSTANCE_ID, name: "nightly", description: "Before the release" };
const { backup_id } = await geminidb.createManualBackup(backup);
console.log(`created ${backup_id}`);
