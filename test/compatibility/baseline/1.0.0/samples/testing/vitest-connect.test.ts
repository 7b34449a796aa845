import { createClient } from "geminidb-backup";
import { connectMock, type Mock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";

let mock: Mock;
beforeAll(async () => {
  mock = await connectMock(inject("mockUrl"));
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

test("the mock of another process is used like one's own", async () => {
  const geminidb = createClient({ baseUrl: mock.url, project_id: "my-project", auth: "any-token", retries: 0 });
  const backup = { instance_id: "my-instance", name: "nightly", description: "For a test" };
  mock.respond("createManualBackup", { example: "DBS.200019" });
  await expect(geminidb.createManualBackup(backup)).rejects.toMatchObject({ code: "DBS.200019" });
  await geminidb.createManualBackup(backup);
  expect(mock.backups).toContainEqual(expect.objectContaining({ name: "nightly" }));
  mock.verify();
});
