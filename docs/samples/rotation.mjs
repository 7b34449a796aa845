// Deletes the oldest backups that it made before, then makes a new one. It ends with a code other than 0 if anything fails.
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

const { env } = process;
// A variable that is empty counts as one that is not set.
const state = env.GEMINIDB_STATE || "backups.json";
const keep = Number(env.GEMINIDB_KEEP || 12);
const wait = Number(env.GEMINIDB_WAIT || 10) * 1000;
if (!Number.isInteger(keep) || keep < 1) throw new Error("GEMINIDB_KEEP must be a whole number, 1 or more");

// The backups that this script made, the oldest first. Before its first run there is no list.
const made = JSON.parse(
  await readFile(state, "utf8").catch((error) => {
    if (error.code === "ENOENT") return "[]";
    throw error;
  }),
);
if (!Array.isArray(made)) throw new Error(`${state} is not a list of backups`);

async function tokenFromIam() {
  const user = { name: env.GEMINIDB_USERNAME, password: env.GEMINIDB_PASSWORD, domain: { name: env.GEMINIDB_DOMAIN } };
  const identity = { methods: ["password"], password: { user } };
  const response = await fetch(`${env.GEMINIDB_IAM_URL}/v3/auth/tokens?nocatalog=true`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ auth: { identity, scope: { project: { name: env.GEMINIDB_PROJECT } } } }),
    redirect: "error",
    signal: AbortSignal.timeout(30_000),
  });
  if (response.status !== 201) throw new Error(`IAM gave no token: ${response.status}`);
  return response.headers.get("X-Subject-Token");
}

const token = await tokenFromIam();

/** A call, again and again while the instance is busy. */
async function call(method, path, body) {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${env.GEMINIDB_URL}/v3/${env.GEMINIDB_PROJECT_ID}${path}`, {
      method,
      headers: { "X-Auth-Token": token, "Content-Type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error", // a redirect would carry the token away
      signal: AbortSignal.timeout(30_000),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    const busy = ["DBS.200019", "DBS.201015"].includes(answer.error_code);
    if (!busy || attempt === 30) throw Object.assign(new Error(answer.error_msg), { code: answer.error_code });
    await setTimeout(wait);
  }
}

while (made.length >= keep) {
  const [oldest] = made;
  try {
    await call("DELETE", `/backups/${oldest}`);
    console.log(`deleted ${oldest}`);
  } catch (error) {
    if (error.code !== "DBS.201214") throw error;
    console.log(`gone already: ${oldest}`);
  }
  made.shift();
  await writeFile(state, JSON.stringify(made));
}

const name = `auto-${new Date().toISOString().replace(/\D/g, "")}`; // a name must be new each time
const { backup_id } = await call("POST", `/instances/${env.GEMINIDB_INSTANCE_ID}/backups`, { name, description: "" });
console.log(`created ${backup_id}`);
made.push(backup_id);
await writeFile(state, JSON.stringify(made));
