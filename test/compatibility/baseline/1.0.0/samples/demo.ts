/**
 * `npm run demo`: the main job on real input. Starts the mock, creates the documented backup and deletes it through the
 * built client, then shows three failures as a user would meet them. Ends with 1 if anything differs from the documents.
 */
import { isDeepStrictEqual } from "node:util";
import { createClient, GeminiDBError } from "geminidb-backup";
import { startMock } from "geminidb-backup/mock";
import spec from "geminidb-backup/openapi.json" with { type: "json" };

const { examples, parameters } = spec.components;
const request = examples["createManualBackup.tables.request"].value;
const project_id = parameters.ProjectId.example;
const instance_id = parameters.InstanceId.example;
let wrong = 0;

function show(label: string, text: string): void {
  console.log(`   ${label.padEnd(9)} ${text}`);
}
function compare(what: string, actual: unknown, documented: unknown): void {
  const same = isDeepStrictEqual(actual, documented);
  if (!same) wrong++;
  if (same) show("ok", `${what}, as documented`);
  else show("WRONG", `${what} is ${JSON.stringify(actual)}, documented is ${JSON.stringify(documented)}`);
}
async function failure(call: Promise<unknown>): Promise<GeminiDBError> {
  try {
    await call;
  } catch (error) {
    if (GeminiDBError.is(error)) {
      show("throws", `${error.name}: ${error.message}`);
      return error;
    }
    throw error;
  }
  throw new Error("the call should have failed");
}

await using mock = await startMock();
const geminidb = createClient({ baseUrl: mock.url, project_id, auth: "a-token-for-the-mock" });
console.log(`${spec.info.title}: the mock is at ${mock.url}\n`);

console.log("1. Create the documented backup");
show("sends", `${request.name}, ${request.database_tables.length} databases`);
const created = await geminidb.createManualBackup({ instance_id, ...request });
show("answers", `job ${created.job_id}`);
show("", `backup ${created.backup_id}`);
compare("the answer", created, examples["createManualBackup.tables.response"].value);

console.log("\n2. Delete the backup that came back");
const deleted = await geminidb.deleteManualBackup({ backup_id: created.backup_id });
show("answers", `job ${deleted.job_id}`);
compare("the answer", deleted, examples["deleteManualBackup.accepted.response"].value);

console.log("\n3. The name as the vendor's page prints it, with spaces");
const before = mock.requests.length;
const refused = await failure(
  geminidb.createManualBackup({ instance_id, ...request, name: request.name.replaceAll("_", " ") }),
);
compare(
  "the reason",
  "issues" in refused &&
    Array.isArray(refused.issues) &&
    refused.issues.map(({ path, keyword }) => `${path} ${keyword}`),
  ["name pattern"],
);
compare("the number of requests sent", mock.requests.length - before, 0);

console.log("\n4. A backup that does not exist any more");
const gone = await failure(geminidb.deleteManualBackup({ backup_id: created.backup_id }));
compare("the body", "body" in gone && gone.body, examples["error.DBS.201214"].value);

console.log("\n5. A missing token");
const tokenless = createClient({ baseUrl: mock.url, project_id, auth: undefined });
await failure(tokenless.deleteManualBackup({ backup_id: created.backup_id }));
const path = `/v3/${project_id}/backups/${created.backup_id}`;
const answer = await fetch(`${mock.url}${path}`, { method: "DELETE" });
show("answers", `${answer.status} to a plain fetch without the header X-Auth-Token`);
// The gateway gives each request an ID of its own.
const documented = examples["error.APIGW.0301"].value;
compare("the body", { ...(await answer.json()), request_id: documented.request_id }, documented);

console.log(wrong ? `\n${wrong} answers differ from the documents.` : "\nEverything is as documented.");
process.exitCode = wrong ? 1 : 0;
