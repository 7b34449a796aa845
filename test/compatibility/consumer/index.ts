/**
 * Uses every export of the package, and every option. It is compiled, and never run. A release keeps it in the baseline, where it
 * holds what the compiler cannot compare by itself: generic functions and types.
 */
import {
  type AbortEvent,
  type AccessKeys,
  type AccessKeysContext,
  type AccessKeysProvider,
  ApiError,
  type Auth,
  AuthenticationError,
  accessKey,
  type CallEvent,
  type CallOptions,
  type Client,
  type ClientOptions,
  ConnectionError,
  type components,
  createClient,
  type Environment,
  type EnvironmentOptions,
  type ErrorCode,
  type ErrorEvent,
  type Fetch,
  fromEnvironment,
  GeminiDBError,
  type Hooks,
  type Input,
  type InstanceCredentialsOptions,
  type Issue,
  ignoreGone,
  instanceCredentials,
  isGone,
  type Method,
  type OperationId,
  type OperationName,
  type Outcome,
  type Output,
  type operations,
  type PasswordTokenOptions,
  type ProjectClient,
  passwordToken,
  type paths,
  type Raw,
  type Region,
  type RequestEvent,
  type ResponseEvent,
  type RetryEvent,
  type Signable,
  type Signer,
  type SignerContext,
  TimeoutError,
  type TokenContext,
  type TokenProvider,
  UnexpectedResponseError,
  ValidationError,
} from "geminidb-backup";

// Credentials.
const region: Region = "ap-southeast-1";
const passwordOptions: PasswordTokenOptions = {
  username: "user",
  password: "password",
  domain: "domain",
  project: { name: region },
  region,
  iamUrl: "https://iam.example.com",
  allowInsecure: false,
};
export const fromPassword: TokenProvider = passwordToken(passwordOptions);
export const forProjectId = passwordToken({ ...passwordOptions, project: { id: "project" } });
export const forProjectName = passwordToken({ ...passwordOptions, project: region });
const keys: AccessKeys = { ak: "ak", sk: "sk", securityToken: "token" };
const keysProvider: AccessKeysProvider = async ({ refused, signal }: AccessKeysContext) => {
  signal.throwIfAborted();
  return refused ? { ak: "other", sk: "other" } : keys;
};
const environment: Environment = { OS_TOKEN: "token" };
const inEnvironment: EnvironmentOptions = fromEnvironment(environment);
const ofInstance: InstanceCredentialsOptions = { endpoint: "http://127.0.0.1" };
const ownSigner: Signer = {
  async sign({ method, url, headers, body, project_id }: Signable, { refused, signal }: SignerContext) {
    signal.throwIfAborted();
    if (refused !== undefined) return undefined;
    return { "x-signed": [method, url, headers.get("host"), body, project_id].join() };
  },
};
const ownToken = async ({ fetch, refused, signal }: TokenContext) => {
  const response = await fetch("https://example.com/token", { method: "POST", signal });
  return refused === undefined ? response.text() : "another token";
};
export const everyAuth: Auth[] = [
  "token",
  fromPassword,
  accessKey(keys),
  accessKey(keysProvider),
  instanceCredentials(),
  instanceCredentials(ofInstance),
  ownSigner,
  ownToken,
  () => "token",
];

// Clients.
const log: unknown[] = [];
const inCall = ({ id, operation, attempt }: CallEvent) => log.push(id, operation satisfies OperationName, attempt);
const hooks: Hooks = {
  onRequest: (event: RequestEvent) => log.push(inCall(event), event.method, event.url, event.headers),
  onResponse: (event: ResponseEvent) => log.push(inCall(event), event.status, event.requestId, event.duration),
  onRetry: (event: RetryEvent) => log.push(inCall(event), event.delay, event.reason),
  onError: (event: ErrorEvent) => log.push(inCall(event), event.error),
  onAbort: (event: AbortEvent) => log.push(inCall(event), event.outcome satisfies Outcome, event.requestId),
};
const fetchOwn: Fetch = async (request) => new Response(request.url);
const options: ClientOptions = {
  ...hooks,
  region,
  baseUrl: "http://127.0.0.1:4010",
  project_id: "project",
  auth: inEnvironment,
  fetch: fetchOwn,
  headers: { "x-trace": "1" },
  timeout: 1000,
  retries: 1,
  maxResponseBytes: 1000,
  allowInsecure: true,
};
export const anyClient = createClient(options);
export const withoutProject: Client = createClient({ region, auth: "token" });
const geminidb: ProjectClient = createClient({ region, auth: undefined, project_id: "project", ...hooks });
export const ofType: Client<"project_id"> = geminidb;
const raw: Raw = geminidb.raw;

// Calls.
const call: CallOptions = {
  signal: new AbortController().signal,
  timeout: 1000,
  retries: 0,
  fetch: fetchOwn,
  headers: new Headers({ "x-trace": "2" }),
  onAbort: hooks.onAbort,
};
const tables: components["schemas"]["DatabaseTableInfo"][] = [{ database_name: "one", table_names: ["two"] }];
const input: Input<"createManualBackup", "project_id"> = {
  instance_id: "instance",
  name: "nightly",
  description: "A description",
  database_tables: tables,
};
const made: Output<"createManualBackup"> = await geminidb.createManualBackup(input, call);
await withoutProject.createManualBackup({ ...input, project_id: "project" }, { signal: AbortSignal.timeout(1000) });
const remove: Method<"deleteManualBackup", "project_id"> = geminidb.deleteManualBackup;
export const job: string = (await remove({ backup_id: made.backup_id }, { timeout: 1000, retries: 3 })).job_id;
await geminidb.deleteManualBackup({ backup_id: made.backup_id, project_id: "another" }).catch(ignoreGone);
const path = { project_id: "project", backup_id: made.backup_id } satisfies DeletePath;
const { data, error, response } = await raw.DELETE("/v3/{project_id}/backups/{backup_id}", { params: { path } });
export const answered: [string | undefined, unknown, number] = [data?.job_id, error, response.status];
type DeletePath = operations["deleteManualBackup"]["parameters"]["path"];
export const operationIds: OperationId[] = ["createManualBackup", "deleteManualBackup"];
export const address: keyof paths = "/v3/{project_id}/backups/{backup_id}";

// Errors.
export function describe(error: unknown): string {
  if (isGone(error)) return `${error.code} is one of the codes that say so`;
  if (ApiError.is(error)) {
    const code: ErrorCode | (string & {}) | undefined = error.code;
    return [error.status, code, error.retryable, error.body, error.response.url].join();
  }
  if (ValidationError.is(error)) return error.issues.map(sentence).join();
  if (UnexpectedResponseError.is(error)) return `${error.status}: ${error.body}`;
  if (ConnectionError.is(error) || TimeoutError.is(error) || AuthenticationError.is(error)) return error.name;
  if (!GeminiDBError.is(error)) throw error;
  const { operation, attempts, requestId, outcome } = error;
  return [operation, attempts, requestId, outcome, JSON.stringify(error.toJSON())].join();
}
const sentence = ({ path, keyword, message }: Issue) => `${path} ${keyword} ${message}`;
export const ownError = new GeminiDBError("A message", { outcome: "unknown", attempts: 1, cause: log });
