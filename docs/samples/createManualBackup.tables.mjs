const { env } = process;
const path = `/v3/${env.GEMINIDB_PROJECT_ID}/instances/${env.GEMINIDB_INSTANCE_ID}/backups`;

const response = await fetch(env.GEMINIDB_URL + path, {
  method: "POST",
  headers: {
    "X-Auth-Token": env.GEMINIDB_TOKEN,
    "Content-Type": "application/json",
  },
  body: JSON.stringify({
    name: "Creating_a_manual_database-_and_table-level_backup",
    description: "Create a manual database- and table-level manual backup.",
    database_tables: [
      { database_name: "databaseNameA", table_names: ["table_A", "table_B"] },
      { database_name: "databaseNameB", table_names: null },
    ],
  }),
  redirect: "error", // a redirect would carry the token away
  signal: AbortSignal.timeout(30_000),
});
if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
console.log(await response.text());
