const { env } = process;
const path = `/v3/${env.GEMINIDB_PROJECT_ID}/instances/${env.GEMINIDB_INSTANCE_ID}/backups`;

async function backUp(name) {
  let response;
  try {
    response = await fetch(env.GEMINIDB_URL + path, {
      method: "POST",
      headers: { "X-Auth-Token": env.GEMINIDB_TOKEN, "Content-Type": "application/json" },
      body: JSON.stringify({ name, description: "Before the release" }),
      redirect: "error",
      signal: AbortSignal.timeout(30_000),
    });
  } catch {
    return "it may exist: check";
  }
  if (response.ok) return "accepted";
  if (response.status >= 500 || response.status === 408) return "it may exist: check";
  // The page of a proxy is not JSON and has no code.
  const { error_code } = await response.json().catch(() => ({}));
  if (error_code === "DBS.201201") return "a backup of this name exists already";
  const busy = ["DBS.200019", "DBS.201015"].includes(error_code);
  return busy || response.status === 429 ? "try again later" : `refused: ${error_code}`;
}

for (const name of ["nightly", "nightly", "not a name"]) console.log(`${name}: ${await backUp(name)}`);
