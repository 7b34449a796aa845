const { BASE_URL, IAM_URL, PASSWORD, AK, SK, PROJECT_ID, BACKUP_ID } = process.env;
const url = new URL(`${BASE_URL}/v3/${PROJECT_ID}/backups/${BACKUP_ID}`);

/** A token from IAM: it comes in a header of the answer. */
async function token() {
  const user = { name: "backup-robot", password: PASSWORD, domain: { name: "my-account" } };
  const identity = { methods: ["password"], password: { user } };
  const response = await fetch(`${IAM_URL}/v3/auth/tokens?nocatalog=true`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ auth: { identity, scope: { project: { name: "ap-southeast-1" } } } }),
    redirect: "error",
  });
  if (response.status !== 201) throw new Error(`no token: ${response.status}`);
  return { "X-Auth-Token": response.headers.get("X-Subject-Token") };
}

/** A signature with an access key pair, for a request without query and body. */
async function signature() {
  const bytes = (text) => new TextEncoder().encode(text);
  const hex = (buffer) => Buffer.from(buffer).toString("hex");
  const sha256 = async (text) => hex(await crypto.subtle.digest("SHA-256", bytes(text)));
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const signed = `host:${url.host}\nx-sdk-date:${date}\n`;
  const request = ["DELETE", `${url.pathname}/`, "", signed, "host;x-sdk-date", await sha256("")].join("\n");
  const key = await crypto.subtle.importKey("raw", bytes(SK), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const text = ["SDK-HMAC-SHA256", date, await sha256(request)].join("\n");
  const value = hex(await crypto.subtle.sign("HMAC", key, bytes(text)));
  const Authorization = `SDK-HMAC-SHA256 Access=${AK}, SignedHeaders=host;x-sdk-date, Signature=${value}`;
  return { "X-Sdk-Date": date, Authorization };
}

for (const headers of [await token(), await signature()]) {
  const response = await fetch(url, { method: "DELETE", headers, redirect: "error" });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  console.log(`deleted, job ${(await response.json()).job_id}`);
}
