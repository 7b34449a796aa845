/** Makes a backup, keeps the newest few, deletes the rest. For cron: it ends with 1 if anything went wrong. */
import { readFile, writeFile } from "node:fs/promises";
import { ApiError, createClient } from "geminidb-backup";

const { BASE_URL, REGION, TOKEN, PROJECT_ID = "", INSTANCE_ID = "", STATE = "backups.json", KEEP = "12" } = process.env;
const geminidb = createClient({ region: REGION, baseUrl: BASE_URL, project_id: PROJECT_ID, auth: TOKEN });

/** The backups that this script made, oldest first: the API of this package has no list. */
const kept: string[] = JSON.parse(await readFile(STATE, "utf8").catch(() => "[]"));
const name = `auto-${new Date().toISOString().replace(/\D/g, "")}`;
const { backup_id } = await geminidb.createManualBackup({ instance_id: INSTANCE_ID, name, description: "" });
kept.push(backup_id);
await writeFile(STATE, JSON.stringify(kept));
console.log(`made ${backup_id}`);

while (kept.length > Number(KEEP)) {
  const [oldest = ""] = kept;
  try {
    await geminidb.deleteManualBackup({ backup_id: oldest });
    console.log(`deleted ${oldest}`);
  } catch (error) {
    if (!ApiError.is(error) || error.code !== "DBS.201214") throw error;
    console.log(`gone already: ${oldest}`);
  }
  kept.shift();
  await writeFile(STATE, JSON.stringify(kept));
}
