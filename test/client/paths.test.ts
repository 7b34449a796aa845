import fc from "fast-check";
import { createClient, ValidationError } from "geminidb-backup";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { encodeSegment, findRoute, isSafePath } from "../../src/client/route.js";
import { failing, json, listen, type TestServer } from "../support/http.js";
import { assertProperty } from "../support/properties.js";

let server: TestServer;
beforeAll(async () => {
  server = await listen((_, response) => json(response, 202, { job_id: "j" }));
});
beforeEach(() => {
  server.received.length = 0;
});
afterAll(() => server.close());
const client = () => createClient({ baseUrl: server.url, project_id: "p", auth: "a-token", retries: 0 });

it.each(["", ".", "..", "\ud800", "../instances/i", "b/../../x", "b\\..\\x", "./b"])(
  "refuses the id %j before sending, as a method and through raw",
  async (id) => {
    const error = await failing<ValidationError>(client().deleteManualBackup({ backup_id: id }));
    expect(ValidationError.is(error)).toBe(true);
    expect(error.issues[0]?.path).toBe("backup_id");
    const raw = client().raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
      params: { path: { project_id: "p", backup_id: id } },
    });
    expect((await failing<ValidationError>(raw)).issues[0]?.path).toBe("backup_id");
    expect(server.received).toEqual([]);
  },
);

it.each([undefined, null, {}, ["a"], true])("refuses an id that is not text: %j", async (id) => {
  await expect(client().deleteManualBackup({ backup_id: id as unknown as string })).rejects.toSatisfy(
    ValidationError.is,
  );
  await expect(
    client().raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
      params: { path: { project_id: "p", backup_id: id as unknown as string } },
    }),
  ).rejects.toSatisfy(ValidationError.is);
  expect(server.received).toEqual([]);
});

it("refuses a path with a parameter that nobody gave", async () => {
  const raw = client().raw.DELETE("/v3/{project_id}/backups/{backup_id}", {} as never);
  const { message, issues } = await failing<ValidationError>(raw);
  expect(message).toMatch(/\{project_id\} is missing: give it in params\.path/);
  expect(issues.map(({ path, keyword }) => [path, keyword])).toEqual([
    ["{project_id}", "required"],
    ["{backup_id}", "required"],
  ]);
  expect(server.received).toEqual([]);
});

it.each([
  "/v3/p/../../admin",
  "/v3/p/backups/%2e%2e",
  "/v3/p/backups/.",
  "/v3/p/backups/..%2Finstances",
  "/v3/p/backups/b%5c..",
  "/v3//backups/b",
  "/v3/p\\..\\x",
  "@evil.example/v3/p",
])("refuses the raw path %s", async (path) => {
  await expect(client().raw.DELETE(path as never, {} as never)).rejects.toSatisfy(ValidationError.is);
  expect(server.received).toEqual([]);
});

it("refuses a raw call to another host, which would get the token", async () => {
  await using other = await listen((_, response) => json(response, 202, { job_id: "j" }));
  const call = client().raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
    baseUrl: other.url,
    params: { path: { project_id: "p", backup_id: "b" } },
  });
  await expect(call).rejects.toThrow(/another host/);
  expect(other.received).toEqual([]);
});

it("keeps any other text inside its segment", async () => {
  const anyText = fc.string({ unit: "binary", minLength: 1, maxLength: 40 });
  const property = fc.asyncProperty(anyText, async (id) => {
    fc.pre(!/\p{Surrogate}/u.test(id) && !/(^|[/\\])\.\.?([/\\]|$)/.test(id));
    server.received.length = 0;
    await client().deleteManualBackup({ backup_id: id });
    const [request] = server.received;
    expect(request?.url.split("/")).toHaveLength(5);
    expect(decodeURIComponent(request?.url.split("/")[4] ?? "")).toBe(id);
    expect(request?.url.startsWith("/v3/p/backups/")).toBe(true);
  });
  await assertProperty(property, 100);
});

describe("the operation of a path", () => {
  it.each([
    ["DELETE", "/v3/p/backups/b", "deleteManualBackup", { project_id: "p", backup_id: "b" }],
    ["DELETE", "/v3/p/backups/b?x=1#y", "deleteManualBackup", { project_id: "p", backup_id: "b" }],
    ["POST", "/v3/p/instances/i%2F/backups", "createManualBackup", { project_id: "p", instance_id: "i%2F" }],
  ])("%s %s", (method, path, operationId, parameters) => {
    expect(findRoute(method, path)).toEqual({ operationId, parameters });
  });
  it.each([
    ["POST", "/v3/p/backups/b"],
    ["DELETE", "/v3/p/backups/"],
    ["DELETE", "/v3//backups/b"],
    ["DELETE", "/v3/p/backup/b"],
    ["DELETE", "/v3/p/backups/b/c"],
    ["DELETE", "/v3/p/backups"],
    ["DELETE", ""],
  ])("%s %j is of none", (method, path) => {
    expect(findRoute(method, path)).toBeUndefined();
  });
});

it.each(["/a/b", "/a?x=/../y", "/a#/..", "/%2e%2ea", "/a.b"])("the path %j arrives as it is", (path) => {
  expect(isSafePath(path)).toBe(true);
});
it.each([
  "",
  "/",
  "a/b",
  "/a/",
  "/a//b",
  "/.",
  "/a/..",
  "/.%2E/a",
  "/%2e.",
  "/%2E",
  "/%2e%2E/a",
  "/a\\b",
  "/a b",
  "/{a}",
])("the path %j would not", (path) => {
  expect(isSafePath(path)).toBe(false);
});
it("a number may be a segment of a path", () => {
  expect(encodeSegment(7)).toBe("7");
  expect(encodeSegment("a/b")).toBe("a%2Fb");
  expect(encodeSegment(true)).toBeUndefined();
  expect(encodeSegment(Number.NaN)).toBeUndefined();
});
