import { setTimeout } from "node:timers/promises";

const {
  GEMINIDB_URL = "http://127.0.0.1:4010",
  GEMINIDB_TOKEN = "any-token",
  GEMINIDB_PROJECT_ID = "my-project",
  GEMINIDB_INSTANCE_ID = "my-instance",
  GEMINIDB_WAIT,
} = process.env;

async function call(method, path, body, retries = 30) {
  const response = await fetch(`${GEMINIDB_URL}/v3/${GEMINIDB_PROJECT_ID}${path}`, {
    method,
    headers: { "X-Auth-Token": GEMINIDB_TOKEN, "Content-Type": "application/json" },
    body: JSON.stringify(body),
    redirect: "error", // a redirect would carry the token away
    signal: AbortSignal.timeout(30_000),
  });
  const answer = await response.json();
  if (response.ok) return answer;
  if (!retries || !["DBS.200019", "DBS.201015"].includes(answer.error_code)) {
    throw new Error(`${response.status}: ${JSON.stringify(answer)}`);
  }
  // The instance is busy while the backup is made. Nothing was started: try again.
  await setTimeout(Number(GEMINIDB_WAIT || 10) * 1000);
  return call(method, path, body, retries - 1);
}

const { backup_id } = await call("POST", `/instances/${GEMINIDB_INSTANCE_ID}/backups`, {
  name: "first-call",
  description: "Before the release",
});
console.log(`created ${backup_id}`);
await call("DELETE", `/backups/${encodeURIComponent(backup_id)}`);
console.log(`deleted ${backup_id}`);
