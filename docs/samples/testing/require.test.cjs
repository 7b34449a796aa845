// A CommonJS test. Node 20.19 and later load ES modules with require().
const assert = require("node:assert/strict");
const { after, beforeEach, test } = require("node:test");
const { createClient } = require("geminidb-backup");
const { createMock } = require("geminidb-backup/mock");

const mock = createMock();
beforeEach(() => mock.reset());
after(() => mock.close());

test("what was deleted is gone", async () => {
  const { url, fetch } = mock;
  const geminidb = createClient({ baseUrl: url, fetch, project_id: "my-project", auth: "any-token" });
  const backup = { instance_id: "my-instance", name: "nightly", description: "For a test" };
  const { backup_id } = await geminidb.createManualBackup(backup);
  await geminidb.deleteManualBackup({ backup_id });
  await assert.rejects(geminidb.deleteManualBackup({ backup_id }), { code: "DBS.201214" });
});
