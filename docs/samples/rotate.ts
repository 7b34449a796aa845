// Makes a backup, then deletes the oldest of those that it made before. It ends with a code other than 0 if anything fails.
import { createClient, fromEnvironment } from "geminidb-backup";
import { fileStore, rotate } from "geminidb-backup/rotate";

const { env } = process;
const geminidb = createClient({
  ...fromEnvironment(),
  baseUrl: env.GEMINIDB_URL,
  retries: 30, // a busy instance is tried again for several minutes
});

// The RotationError that it throws says what failed and, in its `rotation`, what was done nevertheless.
const { made, deleted, unknown } = await rotate(geminidb, {
  instance_id: env.GEMINIDB_INSTANCE_ID ?? "",
  namePrefix: "auto",
  keep: Number(env.GEMINIDB_KEEP || 12),
  store: fileStore(env.GEMINIDB_STATE || "backups.json"),
});
for (const { backup_id } of made) console.log(`created ${backup_id}`);
for (const { backup_id } of deleted) console.log(`deleted ${backup_id}`);
// The answer to their create was lost. The option `found` says what became of them.
for (const { name } of unknown) console.error(`${name} may exist: look for it in the console`);
