const { env } = process;

async function tokenFromIam() {
  const user = {
    name: env.GEMINIDB_USERNAME,
    password: env.GEMINIDB_PASSWORD,
    domain: { name: env.GEMINIDB_DOMAIN },
  };
  const auth = {
    identity: { methods: ["password"], password: { user } },
    scope: { project: { name: env.GEMINIDB_PROJECT } },
  };
  const response = await fetch(`${env.GEMINIDB_IAM_URL}/v3/auth/tokens?nocatalog=true`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ auth }),
    redirect: "error",
    signal: AbortSignal.timeout(30_000),
  });
  if (response.status !== 201) throw new Error(`IAM gave no token: ${response.status}`);
  return response.headers.get("X-Subject-Token");
}

const path = `/v3/${env.GEMINIDB_PROJECT_ID}/backups/${encodeURIComponent(env.GEMINIDB_BACKUP_ID)}`;
const response = await fetch(env.GEMINIDB_URL + path, {
  method: "DELETE",
  headers: { "X-Auth-Token": await tokenFromIam() },
  redirect: "error", // a redirect would carry the token away
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
console.log(`deleting, job ${(await response.json()).job_id}`);
