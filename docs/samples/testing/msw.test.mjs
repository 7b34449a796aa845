import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { createMock } from "geminidb-backup/mock";
import { http } from "msw";
import { setupServer } from "msw/node";

const mock = createMock();
const server = setupServer(http.all("https://gaussdb-nosql.*/*", ({ request }) => mock.fetch(request)));
before(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => mock.reset());
after(() => server.close());

/** The code under test, which knows only the real address. */
async function backUp(name) {
  const host = "https://gaussdb-nosql.ap-southeast-1.myhuaweicloud.com";
  const answer = await fetch(`${host}/v3/my-project/instances/my-instance/backups`, {
    method: "POST",
    headers: { "X-Auth-Token": "any", "Content-Type": "application/json" },
    body: JSON.stringify({ name, description: "" }),
  });
  const { backup_id, error_code } = await answer.json();
  return backup_id ?? error_code;
}

test("code that knows only the real address meets the mock", async () => {
  mock.respond("createManualBackup", { example: "DBS.200019" });
  assert.equal(await backUp("nightly"), "DBS.200019");
  const backup_id = await backUp("nightly");
  assert.ok(mock.backups.some((backup) => backup.backup_id === backup_id));
});
