/** The line that `mock` prints for a request. */
import { expect, it } from "vitest";
import { logHead, logLine } from "../../src/cli/mock-log.js";
import type { RecordedRequest } from "../../src/mock/index.js";

const request: RecordedRequest = {
  operationId: "deleteManualBackup",
  method: "DELETE",
  path: "/v3/p/backups/b",
  parameters: {},
  headers: {},
  body: undefined,
  bodySize: 0,
  violations: [],
  violationCount: 0,
  answer: "202",
  code: undefined,
  answerBody: undefined,
  arrived: new Date(2026, 0, 1, 2, 3, 4),
  duration: 1,
};

it("stands in straight columns under a head", () => {
  expect([logHead, logLine(request), logLine({ ...request, operationId: undefined, answer: "404" })]).toEqual([
    "time      method  operation             answer            path, and what was wrong",
    "02:03:04  DELETE  deleteManualBackup    202               /v3/p/backups/b",
    "02:03:04  DELETE  -                     404               /v3/p/backups/b",
  ]);
});

it("keeps its columns when an answer has not left as a whole, and says so behind the path", () => {
  const undelivered = logLine({ ...request, answer: "400 undelivered", code: "DBS.201201" });
  expect(undelivered).toBe("02:03:04  DELETE  deleteManualBackup    400 DBS.201201    /v3/p/backups/b  undelivered");
  expect(logLine({ ...request, answer: "202 cut" })).toBe(
    "02:03:04  DELETE  deleteManualBackup    202               /v3/p/backups/b  cut",
  );
  expect(logLine({ ...request, answer: "unfinished" })).toContain("  unfinished        /v3");
});

it("says what was wrong, where, and how much more there is", () => {
  const violations = [
    { path: ["body", "database_tables", "0"], message: "must be an object" },
    { path: ["header"], message: "is missing" },
    { path: [], message: "is too large" },
  ];
  const line = logLine({ ...request, answer: "400", code: "DBS.200001", violations, violationCount: 5 });
  expect(line).toMatch(
    /400 DBS\.200001 {4}\/v3\/p\/backups\/b {2}database_tables\.0: must be an object; header: is missing; : is too large; and 2 more$/,
  );
  expect(logLine({ ...request, violations, violationCount: 3 })).not.toContain("more");
});

it("says what was wrong also behind a path that is very long", () => {
  const violations = [{ path: ["body", "name"], message: "is missing" }];
  const path = `/v3/p/backups/b?${"x=1&".repeat(1000)}`;
  const line = logLine({ ...request, path, answer: "400", violations, violationCount: 1 });
  expect(line).toMatch(/ {2}\/v3\/p\/backups\/b\?x=1&[x=1&]+… {2}name: is missing$/);
  expect(line.length).toBeLessThan(300);
});

it("is short, and steers no terminal, whatever the request was", () => {
  const line = logLine({ ...request, method: "\u001b".repeat(99), path: `/\u202e${"x".repeat(9999)}` });
  expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(line.length).toBeLessThan(600);
  expect(line).toContain(`${"?".repeat(20)}  deleteManualBackup`);
});
