import { fetch, ProxyAgent } from "undici"; // npm install undici

const { BASE_URL, PROXY_URL, TOKEN, PROJECT_ID, BACKUP_ID } = process.env;
const response = await fetch(`${BASE_URL}/v3/${PROJECT_ID}/backups/${BACKUP_ID}`, {
  method: "DELETE",
  headers: { "X-Auth-Token": TOKEN },
  dispatcher: new ProxyAgent(PROXY_URL),
  redirect: "error",
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
console.log(await response.text());
