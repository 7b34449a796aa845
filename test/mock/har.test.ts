import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMock, startMock } from "geminidb-backup/mock";
import { expect, it } from "vitest";
import { serveMock } from "../support/serve.js";
import { backupPath, create, instancePath, json, remove } from "./calls.js";

const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-har-"));
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")).log.entries;

it("refuses a path that cannot be written, at the start, in one sentence", async () => {
  const har = join(folder, "no/such/folder/traffic.har");
  const message = /^the HTTP Archive .*traffic\.har cannot be written: ENOENT: no such file or directory$/;
  await expect(startMock({ har })).rejects.toThrow(message);
  expect(() => createMock({ har })).toThrow(message);
});

it("is whole after every entry, also when the process is killed", async () => {
  const har = join(folder, "killed.har");
  const { url, child } = await serveMock("--har", har);
  expect(read(har)).toEqual([]);
  for (let index = 0; index < 5; index++) {
    await (await fetch(url + backupPath, { method: "DELETE", headers: { "x-auth-token": "any" } })).text();
  }
  await expect.poll(() => read(har).length).toBe(5);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("exit", resolve));
  expect(read(har)).toHaveLength(5);
});

it("ends with close(): what comes later is not in it", async () => {
  const har = join(folder, "closed.har");
  const mock = createMock({ har });
  // Without a media type, which is no reason to leave it out.
  await mock.fetch(mock.url + instancePath, {
    method: "POST",
    headers: { "x-auth-token": "a" },
    body: new Uint8Array(3),
  });
  const late = mock.fetch(mock.url + backupPath, { method: "DELETE", headers: { "x-auth-token": "a" } });
  await mock.close();
  await late.catch(() => {});
  expect(read(har)).toMatchObject([{ request: { method: "POST", postData: { mimeType: "" } } }]);
});

it("has what left, with sizes in bytes", async () => {
  const har = join(folder, "sizes.har");
  await using mock = await startMock({ har });
  mock.respond("createManualBackup", { html: true }, { fault: "empty" }, { fault: "content-type" }, { fault: "reset" });
  const body = JSON.stringify({ name: "nightly", description: "備份" });
  for (let index = 0; index < 3; index++) {
    await (await create(mock, "", { body })).text();
    mock.reset();
    mock.respond(
      "createManualBackup",
      ...([{ fault: "empty" }, { fault: "content-type" }].slice(index) as [{ fault: "empty" }]),
    );
  }
  mock.reset();
  mock.respond("createManualBackup", { fault: "reset" });
  await create(mock, "", { body }).catch(() => {});
  await expect.poll(() => read(har).length).toBe(4);
  const [html, empty, type, reset] = read(har);
  expect(html).toMatchObject({
    comment: "broken on request: html",
    request: { bodySize: Buffer.byteLength(body), postData: { text: body } },
    response: { status: 502, content: { mimeType: "text/html", text: expect.stringMatching(/<h1>502/) } },
  });
  expect(html.response.content.size).toBe(Buffer.byteLength(html.response.content.text));
  expect(empty.response).toMatchObject({ status: 202, bodySize: 0, content: { size: 0, text: "" } });
  expect(type.response.content).toMatchObject({ mimeType: "text/plain", text: expect.stringMatching(/job_id/) });
  expect(reset).toMatchObject({ comment: "broken on request: reset", response: { status: 0 } });
});

it("redacts credentials wherever they repeat, and every header that names one", async () => {
  const har = join(folder, "secrets.har");
  const secret = "planted+secret/0123456789=";
  await using mock = await startMock({ har });
  for (const name of ["x-auth-token", "x-secret", "my-password", "api-key", "x-signature", "cookie", "authorization"]) {
    const description = `${secret} ${encodeURIComponent(secret)}`;
    await fetch(`${mock.url}${instancePath}?again=${encodeURIComponent(secret)}`, {
      method: "POST",
      headers: { ...json, [name]: secret, "x-other": `it is ${secret}` },
      body: JSON.stringify({ name: secret, description, [secret]: secret }),
    });
    await fetch(`${mock.url}/v3/p/backups/${encodeURIComponent(secret)}`, {
      method: "DELETE",
      headers: { [name]: secret },
    });
  }
  const signed =
    "SDK-HMAC-SHA256 Access=PLANTEDACCESSKEY01, SignedHeaders=host;x-sdk-date, Signature=0123456789abcdef0123";
  const headers = {
    authorization: signed,
    "x-sdk-date": "20260101T000000Z",
    "x-other": "PLANTEDACCESSKEY01 0123456789abcdef0123",
  };
  await fetch(mock.url + backupPath, { method: "DELETE", headers });
  await expect.poll(() => read(har).length).toBe(15);
  const texts = [readFileSync(har, "utf8"), JSON.stringify(mock.requests)];
  for (const text of texts) {
    for (const never of [secret, encodeURIComponent(secret), "PLANTEDACCESSKEY01", "0123456789abcdef0123"]) {
      expect(text).not.toContain(never);
    }
  }
});

it("leaves what is no secret as it is, although a test's token is a common word", async () => {
  await using mock = await startMock();
  await remove(mock, {}, "/v3/any/backups/any");
  await create(mock, "any-backup");
  expect(mock.requests).toMatchObject([
    { path: "/v3/any/backups/any", headers: { "x-auth-token": "[redacted]" } },
    { body: { name: "any-backup" } },
  ]);
});
