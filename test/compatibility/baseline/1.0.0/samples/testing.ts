import { createClient } from "geminidb-backup";
import { type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

test("a busy instance is told apart", async () => {
  const geminidb = createClient({ baseUrl: mock.url, project_id: "my-project", auth: "any-token", retries: 0 });
  const backup = { instance_id: "my-instance", name: "nightly", description: "For a test" };
  mock.respond("createManualBackup", { example: "DBS.200019" });

  await expect(geminidb.createManualBackup(backup)).rejects.toMatchObject({ code: "DBS.200019", outcome: "refused" });
  const { backup_id } = await geminidb.createManualBackup(backup);

  expect(mock.backups).toContainEqual(expect.objectContaining({ backup_id, name: "nightly" }));
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["403", "202"]);
});
