// Makes a backup, then deletes the oldest of those that it made before. It ends with a code other than 0 if anything fails.
import { createClient, fromEnvironment } from "geminidb-backup";
import { fileStore, rotate } from "geminidb-backup/rotate";

const { env } = process;
const service = { ...fromEnvironment(), baseUrl: env.GEMINIDB_URL };
const geminidb = createClient({
  ...service,
  retries: 30, // a busy instance is tried again for several minutes
});
const rotation = await rotate(geminidb, {
  service,
  instance_id: env.GEMINIDB_INSTANCE_ID ?? "",
  namePrefix: "auto",
  keep: Number(env.GEMINIDB_KEEP || 12),
  store: fileStore(env.GEMINIDB_STATE || "backups.json"),
});
console.log(JSON.stringify(rotation));
