import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "geminidb-backup";
import { startMock } from "geminidb-backup/mock";
import { describe, expect, it } from "vitest";
import type { OperationId } from "../../generated/operations.js";
import { contract, drift } from "../contract/run.js";
import { json, listen } from "../support/http.js";
import { run } from "../support/project.js";
import { isFullRun } from "../support/scale.js";
import { creating, type Document, documents, errorsOf, exampleInput } from "../support/transcript.js";

const input = {
  token: "planted-token-0123456789",
  project_id: "my-project",
  instance_id: "my-instance",
  name: "contract-1",
};

/** Where the second implementation differs from the documents: its status, a missing property, another error code. */
interface Breach {
  status?: number;
  drop?: string;
  gone?: string;
}

/** The limits of a name, from the vendor's document and not from `openapi/`. */
const limits = creating["body parameters"]?.name?.constraints;
if (typeof limits !== "object") throw new Error("the transcript has no limits of a name");
const [least, most] = [Number(limits.least), Number(limits.most)];

/** A second implementation of what the documents say, by hand, without a line of this project. */
const second = (change: Breach = {}) => {
  const backups = new Set<string>();
  return listen((request, response) => {
    const fail = (status: number, error_code: string) => json(response, status, { error_code, error_msg: "x" });
    if (!request.headers["x-auth-token"])
      return json(response, 401, { error: { code: 401, message: "x", title: "Unauthorized" } });
    const create = /^\/v3\/[^/]+\/instances\/[^/]+\/backups$/.test(request.url) && request.method === "POST";
    const remove = request.method === "DELETE" && /^\/v3\/[^/]+\/backups\/([^/]+)$/.exec(request.url);
    if (create) {
      const { name } = JSON.parse(request.body) as { name: string };
      if (/[^\w-]/.test(name) || name.length < least || name.length > most) return fail(400, "DBS.280277");
      const id = `second${backups.size}in06`;
      backups.add(id);
      const body: Record<string, string> = { job_id: "j", backup_id: id };
      if (change.drop) delete body[change.drop];
      return json(response, change.status ?? 202, body);
    }
    if (!remove) return fail(404, "APIGW.0101");
    if (!backups.delete(remove[1] ?? "")) return fail(400, change.gone ?? "DBS.201214");
    return json(response, 202, { job_id: "j" });
  });
};

describe("the workflow", () => {
  it("runs against a second implementation of the documents", async () => {
    await using service = await second();
    const { ok, text } = await contract(service.url, input);
    expect(ok, text).toBe(true);
  });
  it("takes the same names as the description does, and no others", async () => {
    await using service = await second();
    await using mock = await startMock();
    const statusAt = async (url: string, name: string) => {
      const { project_id, instance_id, token } = input;
      const answer = await fetch(`${url}/v3/${project_id}/instances/${instance_id}/backups`, {
        method: "POST",
        headers: { "x-auth-token": token, "content-type": "application/json" },
        body: JSON.stringify({ name, description: "" }),
      });
      return answer.status;
    };
    for (const [length, status] of [
      [least - 1, 400],
      [least, 202],
      [most, 202],
      [most + 1, 400],
    ] as const) {
      const name = "n".repeat(length);
      expect([await statusAt(service.url, name), await statusAt(mock.url, name)], name).toEqual([status, status]);
    }
  });
  const breaches: Breach[] = [{ drop: "backup_id" }, { gone: "DBS.200001" }];
  it.each(isFullRun ? [...breaches, { drop: "job_id" }, { status: 201 }] : breaches)(
    "is red against one that breaks the contract: %j",
    async (change) => {
      await using service = await second(change);
      expect((await contract(service.url, input)).ok).toBe(false);
    },
  );
});

describe("npm run contract", () => {
  const start = (args: string[], env = {}) =>
    run(process.execPath, ["--import", "tsx", "test/contract/run.ts", ...args], {
      env: { GEMINIDB_TOKEN: "", GEMINIDB_PROJECT_ID: "p", GEMINIDB_INSTANCE_ID: "i", ...env },
    });
  it.each([
    [[], /--base-url is missing/],
    [["--base-url", "http://127.0.0.1:1"], /add --yes-this-creates-a-backup/],
    [["--base-url", "http://127.0.0.1:1", "--yes-this-creates-a-backup"], /TOKEN is missing in the environment/],
  ])("refuses to start: %j", async (args, message) => {
    const { code, stderr } = await start(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
  it("explains itself", async () => {
    const { code, stdout, stderr } = await start(["--help"], { GEMINIDB_INSTANCE_ID: "" });
    expect([code, stderr]).toEqual([0, ""]);
    const words = [
      "--base-url",
      "--yes-this-creates-a-backup",
      "GEMINIDB_TOKEN",
      "GEMINIDB_PROJECT_ID",
      "GEMINIDB_INSTANCE_ID",
    ];
    for (const word of words) expect(stdout).toContain(word);
  });
  it("names its options where one is unknown", async () => {
    const { code, stderr } = await start(["--url", "x"]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/'--url'.*--help lists the options\n$/s)]);
  });
  it("runs the workflow against the mock, ends with 0 and prints no token", async () => {
    await using mock = await startMock();
    const { code, stdout } = await start(["--base-url", mock.url, "--yes-this-creates-a-backup"], {
      GEMINIDB_TOKEN: input.token,
    });
    expect(stdout).toMatch(/Steps: 5 passed, 5 total/);
    expect(stdout).not.toContain(input.token);
    expect(code).toBe(0);
  });
});

it("covers every operation, parameter, property and status, without a finding by redocly drift", async () => {
  const har = join(mkdtempSync(join(tmpdir(), "geminidb-backup-har-")), "traffic.har");
  const mock = await startMock({ har });
  const client = createClient({ baseUrl: mock.url, auth: "a-token", retries: 0 });
  // The transcript knows of the input what no compiler does.
  const call = (document: Document) => client[document.operation as OperationId](exampleInput(document) as never);
  for (const document of documents) await call(document);
  for (const document of documents) {
    const operation = document.operation as OperationId;
    for (const { status, code } of errorsOf(document)) {
      mock.respond(operation, { example: code, status: Number(status) });
      await call(document).catch(() => {});
    }
    mock.respond(operation, { example: "iam.401" });
    await call(document).catch(() => {});
  }
  await mock.close();
  const { findings, coverage } = await drift(har, mock.url);
  expect(findings).toEqual([]);
  expect(Object.keys(coverage).sort()).toEqual(["operations", "parameters", "properties", "responses"]);
  for (const [what, { covered, total }] of Object.entries(coverage)) {
    expect(total, what).toBeGreaterThan(0);
    expect(covered, what).toBe(total);
  }
});
