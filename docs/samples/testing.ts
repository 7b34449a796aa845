import { createClient } from "geminidb-backup";
import { type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

test("a busy instance is tried again", async () => {
  const geminidb = createClient({ baseUrl: mock.url, project_id: "my-project", auth: "any-token" });
  mock.respond("createManualBackup", { example: "DBS.200019", retryAfter: 0 });

  const { backup_id } = await geminidb.createManualBackup({
    instance_id: "my-instance",
    name: "nightly",
    description: "",
  });

  expect(backup_id).toMatch(/in06$/);
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["403", "202"]);
});
