import { createHash, createHmac } from "node:crypto";

const { env } = process;
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** The headers that sign a request without query and body. */
function signature(method, { host, pathname }) {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const names = "host;x-sdk-date";
  const headers = `host:${host}\nx-sdk-date:${date}\n`;
  const request = [method, `${pathname}/`, "", headers, names, sha256("")].join("\n");
  const text = ["SDK-HMAC-SHA256", date, sha256(request)].join("\n");
  const value = createHmac("sha256", env.GEMINIDB_SECRET_KEY).update(text).digest("hex");
  return {
    "X-Sdk-Date": date,
    Authorization: `SDK-HMAC-SHA256 Access=${env.GEMINIDB_ACCESS_KEY}, SignedHeaders=${names}, Signature=${value}`,
  };
}

const path = `/v3/${env.GEMINIDB_PROJECT_ID}/backups/${encodeURIComponent(env.GEMINIDB_BACKUP_ID)}`;
const url = new URL(env.GEMINIDB_URL + path);
const response = await fetch(url, {
  method: "DELETE",
  headers: signature("DELETE", url),
  redirect: "error",
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
console.log(`deleting, job ${(await response.json()).job_id}`);
