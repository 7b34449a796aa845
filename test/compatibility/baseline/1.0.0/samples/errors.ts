import { ApiError, createClient, GeminiDBError, ValidationError } from "geminidb-backup";

const { GEMINIDB_URL, GEMINIDB_TOKEN, GEMINIDB_PROJECT_ID = "", GEMINIDB_INSTANCE_ID = "" } = process.env;
const geminidb = createClient({ baseUrl: GEMINIDB_URL, project_id: GEMINIDB_PROJECT_ID, auth: GEMINIDB_TOKEN });

async function backUp(name: string): Promise<string> {
  try {
    await geminidb.createManualBackup({ instance_id: GEMINIDB_INSTANCE_ID, name, description: "Before the release" });
    return "accepted";
  } catch (error) {
    if (ValidationError.is(error)) return `not sent, wrong: ${error.issues.map(({ path }) => path).join(", ")}`;
    if (!GeminiDBError.is(error)) throw error;
    if (error.outcome === "unknown") return "it may exist: check";
    if (!ApiError.is(error)) return `not made: ${error.message}`;
    if (error.code === "DBS.201201") return "a backup of this name exists already";
    return error.retryable ? "try again later" : `refused: ${error.code}`;
  }
}

for (const name of ["nightly", "nightly", "not a name"]) console.log(`${name}: ${await backUp(name)}`);
