import { createClient } from "geminidb-backup";

const { GEMINIDB_URL, GEMINIDB_TOKEN, GEMINIDB_PROJECT_ID = "", GEMINIDB_INSTANCE_ID = "" } = process.env;

const geminidb = createClient({
  baseUrl: GEMINIDB_URL,
  project_id: GEMINIDB_PROJECT_ID,
  auth: GEMINIDB_TOKEN,
});

const answer = await geminidb.createManualBackup({
  instance_id: GEMINIDB_INSTANCE_ID,
  name: "Creating_a_manual_database-_and_table-level_backup",
  description: "Create a manual database- and table-level manual backup.",
  database_tables: [
    { database_name: "databaseNameA", table_names: ["table_A", "table_B"] },
    { database_name: "databaseNameB", table_names: null },
  ],
});
console.log(JSON.stringify(answer));
