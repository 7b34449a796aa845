const { env } = process;
const backup_id = encodeURIComponent(env.GEMINIDB_BACKUP_ID);
const path = `/v3/${env.GEMINIDB_PROJECT_ID}/backups/${backup_id}`;

const response = await fetch(env.GEMINIDB_URL + path, {
  method: "DELETE",
  headers: { "X-Auth-Token": env.GEMINIDB_TOKEN },
  redirect: "error", // a redirect would carry the token away
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
console.log(await response.text());
