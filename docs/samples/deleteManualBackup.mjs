const { BASE_URL, TOKEN, PROJECT_ID, BACKUP_ID } = process.env;
const response = await fetch(`${BASE_URL}/v3/${PROJECT_ID}/backups/${encodeURIComponent(BACKUP_ID)}`, {
  method: "DELETE",
  headers: { "X-Auth-Token": TOKEN },
  redirect: "error", // a redirect would carry the token away
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
console.log(await response.text());
