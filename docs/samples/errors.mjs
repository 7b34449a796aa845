const { BASE_URL, TOKEN, PROJECT_ID, INSTANCE_ID } = process.env;

async function backUp(name) {
  const response = await fetch(`${BASE_URL}/v3/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`, {
    method: "POST",
    headers: { "X-Auth-Token": TOKEN, "Content-Type": "application/json" },
    body: JSON.stringify({ name, description: "" }),
    redirect: "error",
    signal: AbortSignal.timeout(30_000),
  }).catch(() => undefined);
  if (!response) return "no answer: look before you repeat it";
  if (response.ok) return "made";
  // A proxy's page is no JSON.
  const { error_code } = await response.json().catch(() => ({}));
  if (error_code === "DBS.201201") return "there is one of this name already";
  const busy = ["DBS.200019", "DBS.201015", "APIGW.0308"].includes(error_code);
  return busy || response.status === 429 ? "later" : `refused: ${error_code}`;
}
for (const name of ["nightly", "nightly", "not a name"]) console.log(`${name}: ${await backUp(name)}`);
