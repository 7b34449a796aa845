import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createClient } from "geminidb-backup";
import { startMock } from "geminidb-backup/mock";

const mock = await startMock();
after(() => mock.close());

test("what was deleted is gone", async () => {
  const geminidb = createClient({ baseUrl: mock.url, project_id: "my-project", auth: "any-token" });
  const { backup_id } = await geminidb.createManualBackup({
    instance_id: "my-instance",
    name: "nightly",
    description: "For a test",
  });
  await geminidb.deleteManualBackup({ backup_id });
  await assert.rejects(geminidb.deleteManualBackup({ backup_id }), { code: "DBS.201214" });
});
