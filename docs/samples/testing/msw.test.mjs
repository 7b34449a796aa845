import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { createMock } from "geminidb-backup/mock";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";

const mock = createMock();
// MSW would turn the rejection of a reset into a response of 500.
const answer = ({ request }) => mock.fetch(request).catch(() => HttpResponse.error());
const server = setupServer(http.all("https://gaussdb-nosql.*/*", answer));
before(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => mock.reset());
after(() => server.close());

/** The code under test, which knows only the real address. */
async function backUp(name) {
  const host = "https://gaussdb-nosql.ap-southeast-1.myhuaweicloud.com";
  const response = await fetch(`${host}/v3/my-project/instances/my-instance/backups`, {
    method: "POST",
    headers: { "X-Auth-Token": "any", "Content-Type": "application/json" },
    body: JSON.stringify({ name, description: "For a test" }),
  });
  const { backup_id, error_code } = await response.json();
  return backup_id ?? error_code;
}

test("code that knows only the real address meets the mock", async () => {
  mock.respond("createManualBackup", { example: "DBS.200019" });
  assert.equal(await backUp("nightly"), "DBS.200019");
  const backup_id = await backUp("nightly");
  assert.ok(mock.backups.some((backup) => backup.backup_id === backup_id));
});

test("an answer that is lost is an error of the network, and the backup exists", async () => {
  mock.respond("createManualBackup", { fault: "reset" });
  await assert.rejects(backUp("lost"), { name: "TypeError", message: "Failed to fetch" });
  assert.ok(mock.backups.some(({ name }) => name === "lost"));
});
