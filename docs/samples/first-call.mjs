const { BASE_URL, TOKEN, PROJECT_ID, INSTANCE_ID } = process.env;

async function call(method, path, body) {
  const response = await fetch(`${BASE_URL}/v3/${PROJECT_ID}${path}`, {
    method,
    headers: { "X-Auth-Token": TOKEN, "Content-Type": "application/json" },
    body: JSON.stringify(body),
    redirect: "error", // a redirect would carry the token away
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}
const backup = { name: "nightly", description: "Before the release" };
const { backup_id } = await call("POST", `/instances/${INSTANCE_ID}/backups`, backup);
console.log(`made ${backup_id}`);
await call("DELETE", `/backups/${encodeURIComponent(backup_id)}`);
console.log(`deleted ${backup_id}`);
