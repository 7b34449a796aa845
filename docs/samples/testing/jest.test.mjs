// Jest runs ES modules with NODE_OPTIONS=--experimental-vm-modules and transform: {}.
import { afterAll, beforeEach, expect, test } from "@jest/globals";
import { createClient } from "geminidb-backup";
import { createMock, startMock } from "geminidb-backup/mock";

const mock = await startMock();
beforeEach(() => mock.reset());
afterAll(() => mock.close());

test("what was deleted is gone", async () => {
  const geminidb = createClient({ baseUrl: mock.url, project_id: "my-project", auth: "any-token" });
  const backup = { instance_id: "my-instance", name: "nightly", description: "For a test" };
  const { backup_id } = await geminidb.createManualBackup(backup);
  await geminidb.deleteManualBackup({ backup_id });
  await expect(geminidb.deleteManualBackup({ backup_id })).rejects.toMatchObject({ code: "DBS.201214" });
});

test("no port is needed", async () => {
  const unported = createMock();
  const { url, fetch } = unported;
  const geminidb = createClient({ baseUrl: url, fetch, project_id: "my-project", auth: "any-token" });
  await geminidb.createManualBackup({ instance_id: "my-instance", name: "nightly", description: "For a test" });
  expect(unported.requests).toHaveLength(1);
});
