/** Uses every export of `geminidb-backup/mock`, and every option. It is compiled, and never run. */
import {
  type Backup,
  type ChaosOptions,
  connectMock,
  createMock,
  type Fault,
  type Mock,
  type MockFetch,
  type MockOptions,
  type PendingReply,
  type RecordedRequest,
  type Reply,
  type ServerOptions,
  startMock,
  type Violation,
} from "geminidb-backup/mock";

const fault: Fault = "reset";
const chaos: ChaosOptions = { share: 0.1, seed: 1, faults: [fault, "hang"] };
const reply: Reply = {
  delay: [10, 20],
  done: true,
  example: "DBS.200019",
  fault,
  html: true,
  retryAfter: 1,
  status: 502,
  times: 2,
  when: { backup_id: "one" },
};
const backup: Backup = { project_id: "project", backup_id: "one", instance_id: "instance", name: "nightly" };
const options: MockOptions = {
  backups: [backup],
  busyFor: 10,
  chaos,
  har: "traffic.har",
  latency: 10,
  onRequest: (request: RecordedRequest) => request.answer,
  quota: 1,
  scenario: { createManualBackup: [reply, { delay: 10 }] },
  stateless: false,
  verify: true,
};
const serverOptions: ServerOptions = {
  ...options,
  control: true,
  host: "127.0.0.1",
  port: 0,
  tls: { cert: "cert", key: new Uint8Array() },
  unref: true,
};

export const mocks: Mock[] = [
  createMock(),
  createMock({ quota: 1 }),
  createMock(options),
  await startMock(),
  await startMock({ port: 0 }),
  await startMock(serverOptions),
  await connectMock("http://127.0.0.1:4010"),
];
await using mock = createMock();
mock.respond("createManualBackup", reply, { fault: "cut" }, { status: 502, html: true });
mock.respond("deleteManualBackup");
const send: MockFetch = mock.fetch;
await send("http://mock/", { method: "POST", body: "{}" });
await send(new URL("http://mock/"));
await send(new Request("http://mock/"));
const pending: readonly PendingReply[] = mock.pending;
const violations: readonly Violation[] = mock.requests.flatMap((request) => request.violations);
export const seen = [mock.url, mock.seed, mock.backups[0]?.name, pending.length, violations[0]?.path];
mock.verify();
mock.reset();
await mock.close();
