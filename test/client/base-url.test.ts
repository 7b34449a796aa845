import { createClient } from "geminidb-backup";
import { describe, expect, it } from "vitest";
import { backup, clientOf, created, rawParams, rawPath } from "../support/calls.js";
import { failing, json, listen } from "../support/http.js";

describe("a base URL may have a path and a slash at its end", () => {
  it.each(["", "/", "/gateway", "/gateway/", "/corp/geminidb/test"])("%j", async (prefix) => {
    await using server = await listen((_, response) => json(response, 202, created));
    const operations: string[] = [];
    const client = clientOf(server.url + prefix, { onRequest: ({ operation }) => operations.push(operation) });
    await client.createManualBackup(backup);
    await client.raw.DELETE(rawPath, rawParams);
    const path = prefix.replace(/\/$/, "");
    expect(server.received.map(({ url }) => url)).toEqual([
      `${path}/v3/p/instances/i/backups`,
      `${path}/v3/p/backups/b`,
    ]);
    expect(operations).toEqual(["createManualBackup", "deleteManualBackup"]);
  });
  it("errors name the operation behind it", async () => {
    await using server = await listen((_, response) =>
      json(response, 400, { error_code: "DBS.201214", error_msg: "x" }),
    );
    const error = await failing(clientOf(`${server.url}/gateway`).deleteManualBackup({ backup_id: "b" }));
    expect(error).toMatchObject({ operation: "deleteManualBackup", code: "DBS.201214" });
  });
});

describe("each mistake in a base URL is told by itself", () => {
  it.each([
    ["", /it is empty/],
    [" https://example.com", /it has spaces at its beginning or end/],
    ["example.com", /it has no scheme\. Put "https:\/\/" before the host/],
    ["ftp://example.com", /its scheme is ftp/],
    ["https://exa mple.com", /it is not a URL\. Check the host and the port/],
    ["https://example.com:99999", /it is not a URL\. Check the host and the port/],
    ["https://gaussdb-nosql.{region}.myhuaweicloud.com", /it has a placeholder in braces/],
    ["https://user:planted-password@example.com", /it holds a user name or password\. Give credentials as auth/],
    ["https://planted@example.com", /it holds a user name or password/],
    ["https://:planted@example.com", /it holds a user name or password/],
    ["at https://example.com", /it has no scheme/],
    ["http://127.0.0.1.planted.example", /plain http is only allowed to this machine/],
    ["http://localhost.example", /plain http is only allowed to this machine/],
    ["http://anything.localhost:1", /plain http is only allowed to this machine/],
    ["http://example.com/.localhost", /plain http is only allowed to this machine/],
    ["https://example.com?x=planted-password", /it has a query/],
    ["https://example.com/#x", /it has a fragment/],
    ["http://example.com", /plain http is only allowed to this machine\. allowInsecure/],
    ["https://example.com/a//b", /its path has an empty, "\." or "\.\." segment/],
    ["https://example.com/a/../b", /its path has an empty/],
    ["https://example.com/%2e%2e/b", /its path has an empty/],
    ["https://example.com/a\\b", /or a character that URLs do not have/],
  ])("%j", (baseUrl, message) => {
    const attempt = () => createClient({ baseUrl, auth: undefined });
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(/^option baseUrl /);
    expect(attempt).not.toThrow(/planted/);
  });
});
