import { accessKey, createClient } from "geminidb-backup";
import { afterEach, describe, expect, it, vi } from "vitest";
import { authorization } from "../../src/client/auth/signature.js";
import { failing, json, listen } from "../support/http.js";
import { independently, resign } from "../support/signature.js";

const [ak, sk] = ["AccessKey", "SecretKey"];
const date: [string, string] = ["x-sdk-date", "20060102T150405Z"];

describe("SDK-HMAC-SHA256", () => {
  // Vectors of the vendor's Go SDK.
  it.each([
    [
      { method: "GET", url: "https://example.com/path?limit=1", body: null },
      "5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624",
    ],
    [
      { method: "POST", url: "https://example.com/path?key=value", body: '{"Name":"test","Id":1}\n' },
      "cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59",
    ],
  ])("signs as the vendor does: %j", async (request, signature) => {
    expect(await authorization(request, [date], ak, sk)).toBe(
      `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=x-sdk-date, Signature=${signature}`,
    );
  });

  it("agrees with a second implementation on paths, queries, headers and bodies", async () => {
    const urls = [
      "https://h.example/",
      "https://h.example/v3/p%2Fq/ü%20x/",
      "https://h.example/a?b=2&a=1&a=%20&c",
      "https://h.example/~a!b'(c)*?x=~!'()*&y=a+b",
    ];
    for (const url of urls) {
      for (const body of [null, "", '{"name":"备份"}']) {
        const headers: [string, string][] = [
          ["Host", "h.example"],
          ["X-Sdk-Date", "20261121T000000Z"],
          ["Content-Type", " application/json "],
        ];
        const given = await authorization({ method: "post", url, body }, headers, "ak", "sk");
        expect(given).toBe(independently("POST", url, headers, body ?? "", "ak", "sk"));
      }
    }
  });
});

it("a lone percent sign in a path stands for itself", async () => {
  const signed = (path: string) =>
    authorization({ method: "GET", url: `https://h.example${path}`, body: null }, [["x-sdk-date", "d"]], "ak", "sk");
  expect(await signed("/v3/100%/x")).toBe(await signed("/v3/100%25/x"));
  expect(await signed("/v3/100%/x")).not.toBe(await signed("/v3/101%25/x"));
});

describe("accessKey", () => {
  afterEach(() => void vi.useRealTimers());
  it("sends a signature that holds, no token, and what a temporary key needs", async () => {
    await using server = await listen((_, response) => json(response, 202, { job_id: "j", backup_id: "b" }));
    const client = createClient({
      baseUrl: server.url,
      project_id: "pro ject",
      auth: accessKey({ ak: "ak", sk: "planted-secret-key", securityToken: "temporary" }),
    });
    await client.createManualBackup({ instance_id: "i", name: "nightly", description: "备份" });
    await client.deleteManualBackup({ backup_id: "b/c" });
    expect(server.received).toHaveLength(2);
    for (const request of server.received) {
      const { headers } = request;
      expect(headers).not.toHaveProperty("x-auth-token");
      expect(headers).toMatchObject({ "x-security-token": "temporary", "x-project-id": "pro%20ject" });
      expect(headers["x-sdk-date"]).toMatch(/^\d{8}T\d{6}Z$/);
      expect(headers.authorization).toBe(resign(request, server.url, "planted-secret-key"));
      expect(headers.authorization).toMatch(
        /SignedHeaders=(content-type;)?host;x-project-id;x-sdk-date;x-security-token,/,
      );
    }
  });
  it("says that a runtime without WebCrypto cannot sign, and sends nothing", async () => {
    await using server = await listen((_, response) => json(response, 202, { job_id: "j" }));
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: accessKey({ ak: "ak", sk: "secret" }) });
    vi.stubGlobal("crypto", undefined);
    const call = failing(client.deleteManualBackup({ backup_id: "b" }));
    const error = await call.finally(() => vi.unstubAllGlobals());
    expect(error).toMatchObject({ name: "AuthenticationError", outcome: "not-sent", attempts: 1 });
    expect(String(error)).toContain("this runtime has no WebCrypto (crypto.subtle) to sign with");
    expect(server.received).toEqual([]);
  });
  it("signs each attempt anew", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-21T00:00:00Z") });
    await using server = await listen((_, response) => {
      vi.setSystemTime("2026-11-21T00:00:05Z");
      return server.received.length < 2 ? json(response, 503, {}) : json(response, 202, { job_id: "j" });
    });
    await createClient({
      baseUrl: server.url,
      project_id: "p",
      auth: accessKey({ ak: "ak", sk: "planted-secret-key" }),
    }).deleteManualBackup({ backup_id: "b" });
    for (const request of server.received)
      expect(request.headers.authorization).toBe(resign(request, server.url, "planted-secret-key"));
    expect(server.received.map(({ headers }) => headers["x-sdk-date"])).toEqual([
      "20261121T000000Z",
      "20261121T000005Z",
    ]);
  });
  it("that is refused is not repeated: five failures lock the key", async () => {
    await using server = await listen((_, response) =>
      json(response, 401, { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information" }),
    );
    const client = createClient({
      baseUrl: server.url,
      project_id: "p",
      auth: accessKey({ ak: "ak", sk: "planted-secret-key" }),
    });
    expect(await failing(client.deleteManualBackup({ backup_id: "b" }))).toMatchObject({ code: "APIGW.0301" });
    expect(server.received).toHaveLength(1);
  });
});
