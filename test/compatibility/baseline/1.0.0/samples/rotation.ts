// Deletes the oldest backups that it made before, then makes a new one. It ends with a code other than 0 if anything fails.
import { readFile, writeFile } from "node:fs/promises";
import { createClient, isGone, passwordToken } from "geminidb-backup";

const { env } = process;
const state = env.GEMINIDB_STATE ?? "backups.json";
const keep = Number(env.GEMINIDB_KEEP ?? 12);
const geminidb = createClient({
  baseUrl: env.GEMINIDB_URL,
  project_id: env.GEMINIDB_PROJECT_ID ?? "",
  retries: 30, // a busy instance is tried again for several minutes
  auth: passwordToken({
    iamUrl: env.GEMINIDB_IAM_URL,
    username: env.GEMINIDB_USERNAME ?? "",
    password: env.GEMINIDB_PASSWORD ?? "",
    domain: env.GEMINIDB_DOMAIN ?? "",
    project: env.GEMINIDB_PROJECT ?? "",
  }),
});

// The backups that this script made, the oldest first.
const text = await readFile(state, "utf8").catch(() => "[]");
const made: string[] = JSON.parse(text);

while (made.length >= keep) {
  const [oldest = ""] = made;
  try {
    await geminidb.deleteManualBackup({ backup_id: oldest });
    console.log(`deleted ${oldest}`);
  } catch (error) {
    if (!isGone(error)) throw error;
    console.log(`gone already: ${oldest}`);
  }
  made.shift();
  await writeFile(state, JSON.stringify(made));
}

const { backup_id } = await geminidb.createManualBackup({
  instance_id: env.GEMINIDB_INSTANCE_ID ?? "",
  name: `auto-${new Date().toISOString().replace(/\D/g, "")}`, // a name must be new each time
  description: "",
});
made.push(backup_id);
await writeFile(state, JSON.stringify(made));
console.log(`created ${backup_id}`);
