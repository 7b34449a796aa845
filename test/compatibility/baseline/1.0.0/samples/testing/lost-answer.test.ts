import { createClient } from "geminidb-backup";
import { startMock } from "geminidb-backup/mock";
import { expect, test } from "vitest";

const backup = { instance_id: "my-instance", name: "nightly", description: "For a test" };

test("a create whose answer is lost makes one backup, and the client says that it may have been made", async () => {
  await using mock = await startMock({ backups: [] });
  const geminidb = createClient({ baseUrl: mock.url, project_id: "my-project", auth: "any-token" });
  // The service makes the backup. Then the connection breaks.
  mock.respond("createManualBackup", { fault: "reset" });

  const error = await geminidb.createManualBackup(backup).catch((reason) => reason);

  expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
  expect(mock.requests).toHaveLength(1);
  expect(mock.backups).toMatchObject([{ name: "nightly" }]);
  mock.verify();
});

test("a create that a proxy answers with its own page is not sent again either", async () => {
  await using mock = await startMock({ backups: [] });
  const geminidb = createClient({ baseUrl: mock.url, project_id: "my-project", auth: "any-token" });
  mock.respond("createManualBackup", { status: 502, html: true, done: true });

  const error = await geminidb.createManualBackup(backup).catch((reason) => reason);

  expect(error).toMatchObject({ status: 502, outcome: "unknown" });
  expect(mock.backups).toHaveLength(1);
  mock.verify();
});

test("a delete whose answer is lost is sent again, and finds the backup gone", async () => {
  await using mock = await startMock();
  const [existing] = mock.backups;
  if (!existing) throw new Error("the mock starts with one backup");
  const geminidb = createClient({ baseUrl: mock.url, auth: "any-token" });
  mock.respond("deleteManualBackup", { fault: "reset" });

  const { project_id, backup_id } = existing;
  const error = await geminidb.deleteManualBackup({ project_id, backup_id }).catch((reason) => reason);

  expect(error).toMatchObject({ code: "DBS.201214" });
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["reset", "400"]);
  expect(mock.backups).toEqual([]);
  mock.verify();
});
