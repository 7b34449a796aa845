import { createMock, type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { backupPath, create, remove, sendBytes } from "./calls.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

describe("Prefer", () => {
  it.each([
    "return=minimal",
    "wait=10",
    "respond-async",
    "handling=lenient, depth-noroot",
    "dynamic=true",
    "node, mode=x, none, one, relay=1, default",
    ", ,;",
    "=x",
  ])("with what is not ours is ignored, and leaves a queued reply to its request: %s", async (prefer) => {
    mock.respond("deleteManualBackup", { example: "DBS.200019" });
    expect((await remove(mock, { headers: { prefer } })).status).toBe(403);
    expect((await remove(mock, { headers: { prefer } })).status).toBe(202);
  });
  it.each([
    ["CODE=403, Example=DBS.200019", 403],
    ['code="403", example="DBS.200019"', 403],
    ["code=403; example=DBS.200019", 403],
    ["code=403; foo=bar; example=DBS.200019", 403],
    ["foo; code=403", 202],
    ["handling=lenient; exampel=x; times=2, code=403", 403],
    ["; code=403", 202],
    ["respond-async, wait=10, example=DBS.200019", 403],
    ["example=DBS.200019, example=DBS.201214", 403],
    [' code = 403 ,example = "DBS.2000\\19"', 403],
    ['return="code=400, example=DBS.201214"', 202],
    // The quote behind a backslash ends nothing, and a backslash behind one is a character.
    ['return="a\\", code=400, example=DBS.201214"', 202],
    ['return="a\\\\", code=403, example=DBS.200019', 403],
    ['return=a\\", code=403, "example=DBS.200019', 202],
    ["html", 502],
    ["html=false", 202],
    ["HTML=true, status=503", 503],
  ])("is read as RFC 7240 says: %s", async (prefer, status) => {
    expect((await remove(mock, { headers: { prefer } })).status).toBe(status);
  });
  it.each([
    ["exampel=DBS.200019", /no preference "exampel"\. Did you mean example\?/],
    ["faults=reset", /no preference "faults"\. Did you mean fault\?/],
    ["retry-after=7", /no preference "retry-after"\. Did you mean retryafter\?/],
    ["example=DBS.000000", /There are .*DBS\.201214/],
    ["fault=explode", /no fault explode\. There are reset/],
    ["delay=soon", /delay must be milliseconds/],
    ["delay=0x10", /delay must be milliseconds/],
    ["code=1e2", /status must be a whole number/],
    ["example=DBS.20019", /no example DBS\.20019\. Did you mean DBS\.200019\?/],
    ["code=400, example=DBS.200019", /no example 400 DBS\.200019\. The status of DBS\.200019 is 403/],
    ["delay=", /delay must be milliseconds/],
    ["html=maybe", /html must be true or false/],
    ['html="maybe"', /html must be true or false, not "maybe"/],
    ['html="', /^the header Prefer has a quote that does not close$/],
    ['html="maybe', /a quote that does not close/],
    ['html=maybe"', /a quote that does not close/],
    ['x=it"s, code=403', /a quote that does not close/],
    ["times=2", /^the header Prefer takes no times, because a header answers the one request that has it/],
    ["code=403; When=x", /takes no when/],
    ["done=perhaps", /done must be true or false/],
    ["fault=reset-early, done", /reset-early cannot be done/],
  ])("that is a slip stays loud: %s", async (prefer, message) => {
    const answer = await remove(mock, { headers: { prefer } });
    expect([answer.status, (await answer.json()).detail]).toEqual([500, expect.stringMatching(message)]);
  });
});

it("a signature over headers that the sender sets is taken without a port, too", async () => {
  const one = createMock();
  const headers = {
    "x-sdk-date": "20260101T000000Z",
    authorization: `SDK-HMAC-SHA256 Access=ak, SignedHeaders=content-length;host;x-sdk-date, Signature=${"0a".repeat(32)}`,
  };
  expect((await one.fetch(one.url + backupPath, { method: "DELETE", headers })).status).toBe(202);
});

describe("credentials", () => {
  const date = { "x-sdk-date": "20260101T000000Z" };
  const digits = "0a1B".repeat(16);
  const signature = `SDK-HMAC-SHA256 Access=ak, SignedHeaders=host;x-sdk-date, Signature=${digits}`;
  const send = (headers: Record<string, string>) => fetch(mock.url + backupPath, { method: "DELETE", headers });

  it.each<[Record<string, string>]>([
    [{ authorization: signature, ...date }],
    [{ authorization: signature.replaceAll(", ", ","), ...date }],
    [{ "x-auth-token": "", authorization: signature, ...date }],
    [{ authorization: signature.replaceAll(" ", "   "), ...date }],
    [{ authorization: signature.replace(digits, ` ${digits} `), ...date }],
    [{ "x-auth-token": "any", authorization: "Basic x" }],
  ])("are taken: %j", async (headers) => {
    expect((await send(headers)).status).toBe(202);
  });
  it.each<[Record<string, string>, RegExp]>([
    [{}, /security/],
    [{ "x-auth-token": "" }, /security/],
    [{ "x-auth-token": "  " }, /security/],
    [{ authorization: "Basic dTpw", ...date }, /scheme SDK-HMAC-SHA256/],
    [{ authorization: "SDK-HMAC-SHA256 x", ...date }, /must have Access/],
    [{ authorization: signature.replace("Access=ak, ", ""), ...date }, /must have Access/],
    [{ authorization: signature.replace("SignedHeaders=host;x-sdk-date", "SignedHeaders="), ...date }, /SignedHeaders/],
    [{ authorization: signature.replace(";x-sdk-date", ""), ...date }, /x-sdk-date among its SignedHeaders/],
    [{ authorization: signature.replace(digits, "xyz"), ...date }, /hexadecimal/],
    [{ authorization: signature.replace(digits, `xyz${digits}`), ...date }, /hexadecimal/],
    [{ authorization: signature.replace(digits, `${digits}xyz`), ...date }, /hexadecimal/],
    [{ authorization: signature.replace(digits, "ab"), ...date }, /64 hexadecimal/],
    [{ authorization: signature.replace(digits, `${digits}0a`), ...date }, /64 hexadecimal/],
    [{ authorization: signature }, /X-Sdk-Date/],
    [{ authorization: signature, "x-sdk-date": "yesterday" }, /X-Sdk-Date in the form 20260131T093000Z/],
    [{ authorization: signature, "x-sdk-date": "2026-01-01T00:00:00Z" }, /X-Sdk-Date in the form/],
    [{ authorization: signature, "x-sdk-date": "x20260101T000000Z" }, /X-Sdk-Date in the form/],
    [{ authorization: signature, "x-sdk-date": "20260101T000000Zx" }, /X-Sdk-Date in the form/],
    [{ authorization: signature, "x-sdk-date": "  " }, /X-Sdk-Date/],
    [{ authorization: "", "x-auth-token": "" }, /security/],
    [{ authorization: signature.replace("Access=ak", "Access=ak, Access=other"), ...date }, /must have one Access/],
    [{ authorization: signature.replace("host;", "host;x-nope;"), ...date }, /signs, and x-nope is not there/],
    [{ authorization: signature, "x-sdk-date": "20261399T000000Z" }, /X-Sdk-Date in the form/],
    [{ authorization: signature, "x-sdk-date": "20260231T000000Z" }, /X-Sdk-Date in the form/],
  ])("are answered the documented 401: %j", async (headers, message) => {
    const answer = await send(headers);
    expect([answer.status, (await answer.json()).error_code]).toEqual([401, "APIGW.0301"]);
    const [violation] = mock.requests[0]?.violations ?? [];
    expect(violation?.path).toEqual(["security"]);
    expect(violation?.message).toMatch(message);
  });
});

describe("media types", () => {
  it.each(["application/vnd.x+json", "application/merge-patch+json", "text/json", "application/jsonx"])(
    "that are not the documented one are refused: %s",
    async (type) => {
      const answer = await create(mock, "nightly", { headers: { "content-type": type } });
      expect([answer.status, (await answer.json()).error_code]).toEqual([400, "DBS.200001"]);
    },
  );
  it.each(["application/json", "application/json;charset=utf8", "APPLICATION/JSON ; charset=utf-8"])(
    "are taken: %s",
    async (type) => {
      expect((await create(mock, "nightly", { headers: { "content-type": type } })).status).toBe(202);
    },
  );
});

it.each([".", "..", "%2e%2e"])(
  "a path with the segment %s is for no operation, through the port too",
  async (segment) => {
    const answer = await sendBytes(
      mock.url,
      `DELETE /v3/p/backups/${segment} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Auth-Token: any\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(mock.requests).toMatchObject([{ operationId: undefined }]);
  },
);
