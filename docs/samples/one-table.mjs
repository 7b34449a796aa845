const { env } = process;
const path = `/v3/${env.GEMINIDB_PROJECT_ID}/instances/${env.GEMINIDB_INSTANCE_ID}/backups`;

const response = await fetch(env.GEMINIDB_URL + path, {
  method: "POST",
  headers: {
    "X-Auth-Token": env.GEMINIDB_TOKEN,
    "Content-Type": "application/json",
  },
  body: JSON.stringify({
    name: "orders-only",
    description: "Before the import",
    database_tables: [{ database_name: "shop", table_names: ["orders"] }],
  }),
  redirect: "error", // a redirect would carry the token away
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
console.log(await response.text());
