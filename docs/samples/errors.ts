import { ApiError, AuthenticationError, createClient, ValidationError } from "geminidb-backup";

const { BASE_URL, TOKEN, PROJECT_ID = "", INSTANCE_ID = "" } = process.env;
const geminidb = createClient({ baseUrl: BASE_URL, project_id: PROJECT_ID, auth: TOKEN });

async function backUp(name: string): Promise<string> {
  try {
    await geminidb.createManualBackup({ instance_id: INSTANCE_ID, name, description: "" });
    return "made";
  } catch (error) {
    if (ValidationError.is(error)) return `not sent: ${error.issues.map(({ path }) => path).join(", ")}`;
    if (AuthenticationError.is(error)) return "no token";
    if (!ApiError.is(error)) throw error;
    if (error.code === "DBS.201201") return "there is one of this name already";
    return error.retryable ? "later" : `refused: ${error.code}`;
  }
}
for (const name of ["nightly", "nightly", "not a name"]) console.log(`${name}: ${await backUp(name)}`);
