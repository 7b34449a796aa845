/** Makes a backup, keeps the newest few, deletes the rest. For cron: it ends with 1 if anything went wrong. */
import { readFile, writeFile } from "node:fs/promises";

const { BASE_URL, TOKEN, PROJECT_ID, INSTANCE_ID, STATE = "backups.json", KEEP = "12" } = process.env;

async function call(method, path, body) {
  const response = await fetch(`${BASE_URL}/v3/${PROJECT_ID}${path}`, {
    method,
    headers: { "X-Auth-Token": TOKEN, "Content-Type": "application/json" },
    body: JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.timeout(30_000),
  });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error_msg), { code: answer.error_code });
  return answer;
}

const kept = JSON.parse(await readFile(STATE, "utf8").catch(() => "[]"));
const name = `auto-${new Date().toISOString().replace(/\D/g, "")}`;
const { backup_id } = await call("POST", `/instances/${INSTANCE_ID}/backups`, { name, description: "" });
kept.push(backup_id);
await writeFile(STATE, JSON.stringify(kept));
console.log(`made ${backup_id}`);

while (kept.length > Number(KEEP)) {
  const [oldest] = kept;
  try {
    await call("DELETE", `/backups/${oldest}`);
    console.log(`deleted ${oldest}`);
  } catch (error) {
    if (error.code !== "DBS.201214") throw error;
    console.log(`gone already: ${oldest}`);
  }
  kept.shift();
  await writeFile(STATE, JSON.stringify(kept));
}
