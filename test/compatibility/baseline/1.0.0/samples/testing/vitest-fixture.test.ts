import { createClient } from "geminidb-backup";
import { type Mock, startMock } from "geminidb-backup/mock";
import { test as base, expect } from "vitest";

/** Each test that asks for `mock` gets one of its own, which is verified at the end. */
const test = base.extend<{ mock: Mock }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of a fixture's dependencies from this pattern.
  mock: async ({}, use) => {
    await using mock = await startMock();
    await use(mock);
    mock.verify();
  },
});

test("a busy instance is told apart", async ({ mock }) => {
  const geminidb = createClient({ baseUrl: mock.url, project_id: "my-project", auth: "any-token", retries: 0 });
  const backup = { instance_id: "my-instance", name: "nightly", description: "For a test" };
  mock.respond("createManualBackup", { example: "DBS.200019" });
  await expect(geminidb.createManualBackup(backup)).rejects.toMatchObject({ code: "DBS.200019" });
  await geminidb.createManualBackup(backup);
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["403", "202"]);
});

test("nothing is left of the test before", ({ mock }) => {
  expect(mock.requests).toEqual([]);
});
