const { BASE_URL, TOKEN, PROJECT_ID, INSTANCE_ID } = process.env;
const response = await fetch(`${BASE_URL}/v3/${PROJECT_ID}/instances/${INSTANCE_ID}/backups`, {
  method: "POST",
  headers: { "X-Auth-Token": TOKEN, "Content-Type": "application/json" },
  body: JSON.stringify({ name: "nightly", description: "Before the release" }),
  redirect: "error", // a redirect would carry the token away
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
console.log(await response.text());
