import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { creating, deleting, exampleUri } from "./support/documents.js";
import { json, listen } from "./support/http.js";
import { root, run } from "./support/project.js";
import { traffic } from "./support/traffic.js";

const samples = join(root, "docs/samples");
let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ har: traffic("samples") });
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
const programs: Record<string, string[]> = {
  sh: ["bash"],
  py: ["python3"],
  mjs: [process.execPath],
  ts: [process.execPath, tsx],
};
const installed = async (program: string) => (await run(program, ["--version"])).code === 0;

/** Runs a sample as a reader would, against the mock. */
async function sample(name: string, env: Record<string, string> = {}) {
  const [program = "", ...args] = programs[name.split(".").at(-1) ?? ""] ?? [];
  const { project_id = "", instance_id = "" } = exampleUri(creating).parameters;
  return run(program, [...args, join(samples, name)], {
    cwd: root,
    env: {
      BASE_URL: mock.url,
      TOKEN: "any-token",
      PROJECT_ID: project_id,
      INSTANCE_ID: instance_id,
      BACKUP_ID: exampleUri(deleting).parameters.backup_id ?? "",
      ...env,
    },
  });
}

describe("the samples of each operation", () => {
  it.each(
    ["sh", "ts", "mjs", "py"].flatMap((ending) =>
      [creating, deleting].map((document) => ({ name: `${document.operation}.${ending}`, document })),
    ),
  )("$name gets the documented answer", async ({ name, document }) => {
    const program = programs[name.split(".").at(-1) ?? ""]?.[0] ?? "";
    const there = await installed(program);
    if (process.env.CI) expect(there, `${program} is not installed`).toBe(true);
    if (!there) return console.warn(`skipped: ${program} is not installed`);
    const { stdout, stderr, code } = await sample(name);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(document.examples.response));
    expect(mock.requests).toMatchObject([{ operationId: document.operation, violations: [], answer: "202" }]);
  });
});

describe("the samples of the guides", () => {
  it("first-call: makes a backup and deletes it", async () => {
    const { stdout, stderr } = await sample("first-call.ts", { REGION: "ap-southeast-1" });
    expect(stdout, stderr).toMatch(/^made (\w+)\ndeleted \1\n$/);
  });
  it("authentication: with a password, and with keys", async () => {
    await using iam = await listen((_, response) =>
      json(
        response,
        201,
        { token: { expires_at: "2099-01-01T00:00:00.000000Z" } },
        { "x-subject-token": "issued-token" },
      ),
    );
    mock.respond("deleteManualBackup", { example: "accepted" }, { example: "accepted" });
    const { stdout, stderr } = await sample("authentication.ts", {
      IAM_URL: iam.url,
      PASSWORD: "p",
      AK: "ak",
      SK: "sk",
    });
    expect(stdout, stderr).toMatch(/^(deleted, job \S+\n){2}$/);
    expect(mock.requests.map(({ headers }) => Object.keys(headers).filter((name) => /auth/.test(name)))).toEqual([
      ["x-auth-token"],
      ["authorization"],
    ]);
  });
  it("errors: tells the cases apart", async () => {
    const { stdout, stderr } = await sample("errors.ts");
    expect(stdout, stderr).toBe(
      "nightly: made\nnightly: there is one of this name already\nnot a name: not sent: name\n",
    );
  });
  it("rotation: keeps the newest, deletes the rest, and passes over what is gone", async () => {
    const state = join(mkdtempSync(join(tmpdir(), "geminidb-backup-rotation-")), "backups.json");
    const env = { STATE: state, KEEP: "2" };
    for (let i = 0; i < 2; i++) expect((await sample("rotation.ts", env)).stdout).toMatch(/^made \w+\n$/);
    const [oldest] = JSON.parse(readFileSync(state, "utf8"));
    expect((await sample("rotation.ts", env)).stdout).toMatch(new RegExp(`^made \\w+\ndeleted ${oldest}\n$`));
    mock.respond("deleteManualBackup", { example: "DBS.201214" });
    expect((await sample("rotation.ts", env)).stdout).toMatch(/gone already/);
    expect(JSON.parse(readFileSync(state, "utf8"))).toHaveLength(2);
    mock.respond("createManualBackup", { example: "DBS.280015" });
    expect((await sample("rotation.ts", env)).code).toBe(1);
  });
  it("testing: in Vitest, in node:test and from a shell", async () => {
    const config = join(mkdtempSync(join(tmpdir(), "geminidb-backup-vitest-")), "vitest.config.mjs");
    writeFileSync(config, 'export default { test: { include: ["docs/samples/testing.vitest.ts"] } };');
    const args = [join(root, "node_modules/vitest/vitest.mjs"), "run", "--root", root, "--config", config];
    const vitest = await run(process.execPath, args, { env: { VITEST: undefined } });
    expect(vitest.stdout + vitest.stderr).toMatch(/1 passed/);
    const node = await run(process.execPath, ["--test", join(samples, "testing.node.mjs")], {
      cwd: root,
      env: { NODE_OPTIONS: "" },
    });
    expect(node.stdout).toMatch(/pass 1/);
    const shell = await sample("testing.sh");
    expect(shell.stdout, shell.stderr).toMatch(/^deleted \w+, then 400, busy 403\n$/);
  });
  it("proxy: through a real CONNECT proxy", async () => {
    let tunnels = 0;
    const proxy = createServer().on("connect", (request, client) => {
      tunnels++;
      const [host = "", port] = (request.url ?? "").split(":");
      const upstream = connect(Number(port), host, () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on("error", () => client.destroy());
      client.on("error", () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { stdout, stderr } = await sample("proxy.mjs", {
      PROXY_URL: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    });
    proxy.closeAllConnections();
    proxy.close();
    expect(stdout, stderr).toMatch(/^deleted through the proxy, job \S+\n$/);
    expect(tunnels).toBe(1);
  });
  it("follow-job: until it is completed", async () => {
    const states = ["Running", "Running", "Completed"];
    await using jobs = await listen((_, response) => json(response, 200, { jobs: [{ status: states.shift() }] }));
    const { stdout, stderr } = await sample("follow-job.mjs", { BASE_URL: jobs.url, JOB_ID: "j", WAIT: "10" });
    expect(stdout, stderr).toBe("Running\nRunning\nCompleted\n");
    expect(jobs.received[0]?.url).toMatch(/^\/v3\/\w+\/jobs\?id=j$/);
  });
});

describe("the texts", () => {
  const texts = ["README.md", ...readdirSync(join(root, "docs/guides")).map((name) => `docs/guides/${name}`)];
  it.each(texts)("%s shows each sample as it is, and links only to what is there", (name) => {
    const text = readFileSync(join(root, name), "utf8");
    for (const [, file = "", shown] of text.matchAll(/<!-- sample: (\S+) -->\n```\w+\n([\s\S]*?)```\n/g))
      expect(shown).toBe(readFileSync(join(root, file), "utf8"));
    for (const [, link = ""] of text.matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect(() => readFileSync(join(root, name, "..", link))).not.toThrow();
  });
  it("show every sample somewhere", () => {
    const all = texts.map((name) => readFileSync(join(root, name), "utf8")).join("");
    const own = readdirSync(samples).filter((name) => !/^(create|delete)ManualBackup\.|^demo\.ts$/.test(name));
    for (const name of own) expect(all).toContain(`sample: docs/samples/${name} `);
  });
  it("hold no token", () => {
    for (const name of readdirSync(samples))
      expect(readFileSync(join(samples, name), "utf8")).not.toMatch(/MII[A-Za-z0-9]{20}|[A-Za-z0-9+/]{60}/);
  });
  it("name every script in the README", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const internal = ["prepack", "format"];
    for (const name of Object.keys(scripts).filter((script) => !internal.includes(script)))
      expect(readme, name).toContain(`\`${name}\``);
    for (const [, name = ""] of readme.matchAll(/^\| `([\w:]+)` +\| /gm)) expect(Object.keys(scripts)).toContain(name);
  });
});

it("npm run demo gives its account and ends with 0", async () => {
  const demo = (env = {}) =>
    new Promise<{ code: number | null; text: string }>((resolve) => {
      const child = spawn(process.execPath, [tsx, join(samples, "demo.ts")], {
        cwd: root,
        env: { ...process.env, ...env },
      });
      let text = "";
      child.stdout.on("data", (chunk) => (text += chunk));
      child.stderr.on("data", (chunk) => (text += chunk));
      child.on("exit", (code) => resolve({ code, text }));
    });
  const { code, text } = await demo();
  expect(text).toContain("Everything is as documented.");
  expect(text.match(/^ {3}ok /gm)).toHaveLength(6);
  expect(code).toBe(0);
});
