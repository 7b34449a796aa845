import { accessKey, createClient, passwordToken } from "geminidb-backup";

const { BASE_URL, IAM_URL, PASSWORD = "", AK = "", SK = "", PROJECT_ID = "", BACKUP_ID = "" } = process.env;

// A token from IAM. It is kept for its 24 hours, and replaced when it is refused.
const withPassword = createClient({
  baseUrl: BASE_URL,
  project_id: PROJECT_ID,
  auth: passwordToken({
    username: "backup-robot",
    password: PASSWORD,
    domain: "my-account",
    project: "ap-southeast-1",
    iamUrl: IAM_URL, // or region: "ap-southeast-1"
  }),
});

// A signature with an access key pair. No token is sent.
const withKeys = createClient({ baseUrl: BASE_URL, project_id: PROJECT_ID, auth: accessKey({ ak: AK, sk: SK }) });

for (const geminidb of [withPassword, withKeys]) {
  const { job_id } = await geminidb.deleteManualBackup({ backup_id: BACKUP_ID });
  console.log(`deleted, job ${job_id}`);
}
