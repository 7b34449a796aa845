import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { json, listen } from "../support/http.js";
import { root, run } from "../support/project.js";
import { resign } from "../support/signature.js";
import { traffic } from "../support/traffic.js";
import { creating, deleting, exampleUri } from "../support/transcript.js";

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

const languages = ["ts", "sh", "mjs", "py"];

/** The sample in each language, if that is there. In CI its absence is red. */
async function each(stem: string, check: (name: string, ending: string) => Promise<void>): Promise<void> {
  for (const ending of languages) {
    const [program = ""] = programs[ending] ?? [];
    const there = await installed(program);
    if (process.env.CI) expect(there, `${program} is not installed`).toBe(true);
    if (!there) console.warn(`skipped: ${stem}.${ending}, since ${program} is not installed`);
    else {
      mock.reset();
      await check(`${stem}.${ending}`, ending);
    }
  }
}

describe("the samples of each operation", () => {
  it.each([creating, deleting])("$operation: get the documented answer", async (document) => {
    await each(document.operation, async (name) => {
      const { stdout, stderr, code } = await sample(name);
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout)).toEqual(JSON.parse(document.examples.response));
      expect(mock.requests).toMatchObject([{ operationId: document.operation, violations: [], answer: "202" }]);
    });
  });
});

describe("the samples of each guide, in every language", () => {
  it("first-call: make a backup and delete it", async () => {
    await each("first-call", async (name) => {
      const { stdout, stderr } = await sample(name, { REGION: "ap-southeast-1" });
      expect(stdout, name + stderr).toMatch(/^made (\w+)\ndeleted \1\n$/);
    });
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
    const keys = { IAM_URL: iam.url, PASSWORD: "p", AK: "ak", SK: "sk" };
    await each("authentication", async (name, ending) => {
      mock.respond("deleteManualBackup", { example: "accepted" }, { example: "accepted" });
      const { stdout, stderr } = await sample(name, keys);
      const [token, signed] = mock.requests;
      expect(token?.headers, name + stderr).toHaveProperty("x-auth-token");
      // curl cannot sign.
      if (ending === "sh") return expect(JSON.parse(stdout)).toHaveProperty("job_id");
      expect(stdout, name + stderr).toMatch(/^(deleted, job \S+\n){2}$/);
      expect(signed?.headers).not.toHaveProperty("x-auth-token");
    });
    expect(iam.received).toHaveLength(languages.length);
    for (const { url, body } of iam.received) {
      expect(url).toBe("/v3/auth/tokens?nocatalog=true");
      expect(JSON.parse(body)).toEqual(JSON.parse(iam.received[0]?.body ?? ""));
    }
  });
  it("authentication: send a signature that holds", async () => {
    // The vendor's rules once more: the samples' own code is not what judges them.
    await using server = await listen((_, response) =>
      json(response, 202, { job_id: "j" }, { "x-subject-token": "t" }),
    );
    const keys = { BASE_URL: server.url, PASSWORD: "p", AK: "ak", SK: "planted-sk" };
    await using iam = await listen((_, response) => json(response, 201, {}, { "x-subject-token": "issued-token" }));
    for (const ending of ["ts", "mjs", "py"]) await sample(`authentication.${ending}`, { ...keys, IAM_URL: iam.url });
    const signed = server.received.filter(({ headers }) => headers.authorization);
    expect(signed).toHaveLength(3);
    for (const request of signed) expect(request.headers.authorization).toBe(resign(request, server.url, keys.SK));
  });
  it("errors: tell the cases apart", async () => {
    await each("errors", async (name, ending) => {
      const { stdout, stderr } = await sample(name);
      const refused = ending === "ts" ? "not sent: name" : "refused: DBS.280277";
      expect(stdout, name + stderr).toBe(
        `nightly: made\nnightly: there is one of this name already\nnot a name: ${refused}\n`,
      );
      mock.reset();
      const busy = Array.from({ length: 3 }, () => ({ example: "DBS.200019", retryAfter: 0 }) as const);
      mock.respond("createManualBackup", ...busy);
      expect((await sample(name)).stdout).toMatch(/^nightly: later\n/);
      await using proxy = await listen((_, response) => response.writeHead(429).end("<h1>Slow down</h1>"));
      if (ending !== "ts") expect((await sample(name, { BASE_URL: proxy.url })).stdout).toMatch(/^nightly: later\n/);
    });
  });
  it("rotation: keep the newest, delete the rest, and pass over what is gone", async () => {
    await each("rotation", async (name) => {
      const state = join(mkdtempSync(join(tmpdir(), "geminidb-backup-rotation-")), "backups");
      const kept = () => readFileSync(state, "utf8").match(/\w{36}/g) ?? [];
      const env = { STATE: state, KEEP: "2" };
      for (let i = 0; i < 2; i++) {
        const { stdout, stderr } = await sample(name, env);
        expect(stdout, name + stderr).toMatch(/^made \w+\n$/);
      }
      const [oldest] = kept();
      expect((await sample(name, env)).stdout, name).toMatch(new RegExp(`^made \\w+\ndeleted ${oldest}\n$`));
      mock.respond("deleteManualBackup", { example: "DBS.201214" });
      expect((await sample(name, env)).stdout).toMatch(/gone already/);
      expect(kept()).toHaveLength(2);
      mock.respond("createManualBackup", { example: "DBS.280015" });
      expect((await sample(name, env)).code).toBe(1);
      expect(kept()).toHaveLength(2);
    });
  });
  it("proxy: go through a real proxy", async () => {
    const seen: string[] = [];
    // What a proxy does for https, and what Python asks of it for http.
    const proxy = createServer((request, response) => {
      seen.push("forward");
      const upstream = httpRequest(
        request.url ?? "",
        { method: request.method, headers: request.headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 0, answer.headers);
          answer.pipe(response);
        },
      );
      request.pipe(upstream);
    }).on("connect", (request, client) => {
      seen.push("tunnel");
      const [host = "", port] = (request.url ?? "").split(":");
      const upstream = connect(Number(port), host, () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(client).pipe(upstream);
      });
      upstream.on("error", () => client.destroy());
      client.on("error", () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await each("proxy", async (name, ending) => {
      mock.respond("deleteManualBackup", { example: "accepted" });
      const { stdout, stderr } = await sample(name, { PROXY_URL: url, NO_PROXY: "", no_proxy: "" });
      expect(stdout, name + stderr).toMatch(/job/);
      expect(seen.splice(0)).toEqual([ending === "py" ? "forward" : "tunnel"]);
    });
    proxy.closeAllConnections();
    proxy.close();
  });
  it("follow-job: until it is completed, and fail as it fails", async () => {
    await each("follow-job", async (name, ending) => {
      for (const last of ["Completed", "Failed"]) {
        const states = ["Running", "Running", last];
        await using jobs = await listen(({ method }, response) =>
          method === "DELETE"
            ? json(response, 202, { job_id: "j" })
            : json(response, 200, { jobs: [{ status: states.shift(), fail_reason: "no space" }] }),
        );
        const env = { BASE_URL: jobs.url, JOB_ID: "j", WAIT: "10", WAIT_SECONDS: "0.01" };
        const { stdout, stderr, code } = await sample(name, env);
        expect(stdout, name + stderr).toMatch(/^Running\nRunning\n/);
        if (last === "Completed")
          expect({ code, stdout }).toEqual({ code: 0, stdout: "Running\nRunning\nCompleted\n" });
        else expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("no space") });
        const asked = jobs.received.filter(({ method }) => method === "GET");
        expect(asked[0]?.url).toMatch(/^\/v3\/\w+\/jobs\?id=j$/);
        expect(asked[0]?.headers["x-auth-token"], ending).toBe("any-token");
      }
    });
  });
  it("carry the token to nobody else", async () => {
    await using thief = await listen((_, response) => json(response, 202, { job_id: "j", backup_id: "b", jobs: [] }));
    await using server = await listen((_, response) => response.writeHead(302, { location: `${thief.url}/x` }).end());
    const stems = [creating.operation, deleting.operation, "first-call", "errors", "rotation", "follow-job"];
    for (const stem of stems)
      await each(
        stem,
        async (name) => void (await sample(name, { BASE_URL: server.url, STATE: join(tmpdir(), "none"), JOB_ID: "j" })),
      );
    expect(server.received.length).toBeGreaterThanOrEqual(stems.length * languages.length);
    expect(thief.received).toEqual([]);
  });
});

describe("the texts", () => {
  const texts = ["README.md", ...readdirSync(join(root, "docs/guides")).map((name) => `docs/guides/${name}`)];
  it.each(texts)("%s links only to what is there", (name) => {
    const text = readFileSync(join(root, name), "utf8");
    for (const [, link = ""] of text.matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect(() => readFileSync(join(root, name, "..", link))).not.toThrow();
  });
  it("show every sample, as it is", () => {
    const page = readFileSync(join(root, "dist/docs/index.html"), "utf8");
    const all = texts.map((name) => readFileSync(join(root, name), "utf8")).join("");
    const asHtml = (text: string) =>
      text.trim().replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
    for (const name of readdirSync(samples).filter((name) => name !== "demo.ts")) {
      const source = readFileSync(join(samples, name), "utf8");
      expect(page, name).toContain(asHtml(source));
      if (!/^(create|delete)ManualBackup\./.test(name)) expect(all, name).toContain(`\n${source}\`\`\`\n`);
    }
  });
  it("show every guide's sample in every language", () => {
    for (const stem of new Set(readdirSync(samples).map((name) => name.split(".")[0])))
      if (stem !== "demo") for (const ending of languages) expect(readdirSync(samples)).toContain(`${stem}.${ending}`);
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
