/**
 * Every sample runs as a reader would run it, with the variables that the guides name. Only TypeScript is made JavaScript once
 * for all of them, because tsx takes longer to start than a sample takes. The demo and the sample of the README run by tsx.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { type Mock, startMock } from "geminidb-backup/mock";
import type { Rotation } from "geminidb-backup/rotate";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { operationsOf } from "../../src/description/operations.js";
import { readDescription } from "../../src/site/read-description.js";
import { json, listen } from "../support/http.js";
import { root, run } from "../support/project.js";
import { isFullRun, times } from "../support/scale.js";
import { cli } from "../support/serve.js";
import { resign } from "../support/signature.js";
import { traffic } from "../support/traffic.js";
import { creating, deleting, exampleResponse, exampleUri } from "../support/transcript.js";
import { built, decode } from "./built.js";

const folder = join(root, "docs/samples");
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => name);
/** Inside the project, so that the samples find the package by its name. */
const compiled = join(root, "dist/samples");
const programs: Record<string, string> = { sh: "bash", bash: "bash", mjs: process.execPath, py: "python3" };

let mock: Mock;
let iam: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  mock = await startMock({ har: traffic("samples") });
  const token = { token: { expires_at: "2099-01-01T00:00:00.000000Z" } };
  iam = await listen((_, response) => json(response, 201, token, { "x-subject-token": "issued-token" }));
  for (const program of Object.values(programs))
    if ((await run(program, ["--version"])).code !== 0) throw new Error(`${program} is needed to run the samples`);
  // The python3 of a version manager is a script that looks for the real one, each time.
  programs.py = (await run("python3", ["-c", "import sys; print(sys.executable)"])).stdout.trim();
  const entryPoints = names.filter((name) => name.endsWith(".ts")).map((name) => join(folder, name));
  await build({ entryPoints, outdir: compiled, format: "esm", target: "node20" });
});
beforeEach(() => mock.reset());
afterAll(async () => {
  await iam.close();
  await mock.close();
});

const password = {
  GEMINIDB_USERNAME: "robot",
  GEMINIDB_PASSWORD: 'pa"ss\\word',
  GEMINIDB_DOMAIN: "account",
  GEMINIDB_PROJECT: "ap-southeast-1",
};

/** What fromEnvironment() looks for. */
const vendorNames = {
  HUAWEICLOUD_SDK_AK: "ak",
  HUAWEICLOUD_SDK_SK: "sk",
  HUAWEICLOUD_SDK_PROJECT_ID: "p",
  HUAWEICLOUD_SDK_REGION: "ap-southeast-1",
};

/** A folder with the command where `npx` finds it, as it would find that of an installed package, and without asking npm. */
const bin = mkdtempSync(join(tmpdir(), "geminidb-backup-bin-"));
writeFileSync(join(bin, "geminidb-backup"), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`, { mode: 0o755 });
writeFileSync(join(bin, "npx"), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });

/** The program that runs a sample, and its arguments. */
function commandOf(name: string): [string, ...string[]] {
  if (name.endsWith(".ts")) return [process.execPath, join(compiled, name.replace(/\.ts$/, ".js"))];
  return [programs[name.split(".").at(-1) ?? ""] ?? "", join(folder, name)];
}

const byTsx = (name: string): [string, ...string[]] => [process.execPath, "--import", "tsx", join(folder, name)];

function sample(name: string, env: Record<string, string> = {}, [program, ...args] = commandOf(name), cwd = root) {
  const { project_id = "", instance_id = "" } = exampleUri(creating).parameters;
  return run(program, args, {
    cwd,
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      GEMINIDB_URL: mock.url,
      GEMINIDB_TOKEN: "any-token",
      GEMINIDB_PROJECT_ID: project_id,
      GEMINIDB_INSTANCE_ID: instance_id,
      GEMINIDB_BACKUP_ID: exampleUri(deleting).parameters.backup_id ?? "",
      GEMINIDB_IAM_URL: iam.url,
      // Thirty times that is longer than an instance is busy here.
      GEMINIDB_WAIT: isFullRun ? "1" : "0.2",
      ...vendorNames,
      ...password,
      ...env,
    },
  });
}

/** The files of a sample: one for each language that it exists in. */
function filesOf(stem: string): string[] {
  const found = names.filter((name) => name.slice(0, name.lastIndexOf(".")) === stem);
  if (found.length === 0) throw new Error(`docs/samples has no ${stem}`);
  return found;
}

/** The samples that send requests without the client and its timeout. */
const scripts = names.filter((name) => /\.(?:sh|bash|mjs|py)$/.test(name));
it.each(scripts)("%s waits for no response without an end", (name) => {
  const text = readFileSync(join(folder, name), "utf8");
  const calls = text.match(/\bcurl |\burlopen\(|\bopener\.open\(|\bfetch\(/g) ?? [];
  const limits = text.match(/--max-time \d+|\btimeout=\d+|\bAbortSignal\.timeout\(/g) ?? [];
  expect(limits).toHaveLength(calls.length);
});

describe("operations", () => {
  it.each(filesOf("createManualBackup.instance").concat(filesOf("createManualBackup.tables")))(
    "%s sends the example whose label it stands under, and gets the documented response",
    async (name) => {
      const { description } = await readDescription();
      const [, example = ""] = name.split(".");
      const operation = operationsOf(description).find(({ operationId }) => operationId === creating.operation);
      const { stdout, stderr, code } = await sample(name);
      expect(code, stderr).toBe(0);
      expect(JSON.parse(stdout)).toHaveProperty("backup_id");
      expect(mock.requests).toMatchObject([{ operationId: creating.operation, violations: [], answer: "202" }]);
      expect(mock.requests[0]?.body).toEqual(new Map(operation?.requestBody?.examples).get(example)?.value);
    },
  );
  it.each(filesOf("deleteManualBackup"))("%s gets the documented response", async (name) => {
    const { stdout, stderr } = await sample(name);
    expect(JSON.parse(stdout), stderr).toEqual(exampleResponse(deleting));
  });
  it.each(filesOf("one-table"))("%s backs up one table", async (name) => {
    const { code, stderr } = await sample(name);
    expect(code, stderr).toBe(0);
    expect(mock.requests[0]?.body).toMatchObject({
      database_tables: [{ database_name: "shop", table_names: ["orders"] }],
    });
  });
});

describe("a first call and rotation, on an instance that is busy after each operation", () => {
  // The client waits for at least 10 s, as the description asks; the scripts for as long as GEMINIDB_WAIT says.
  const busyFor = times(600, 15_000);
  const timeout = 180_000;
  let busy: Mock;
  beforeAll(async () => {
    busy = await startMock({ busyFor });
  });
  afterAll(() => busy.close());
  const env = (name: string) => ({
    GEMINIDB_URL: busy.url,
    GEMINIDB_INSTANCE_ID: `instance-of-${name}`,
    GEMINIDB_PROJECT_ID: name.replace(".", "-"),
  });

  it.concurrent.each(filesOf("first-call"))("%s creates a backup and deletes it", { timeout }, async (name) => {
    const { stdout, stderr } = await sample(name, env(name));
    expect(stdout, stderr).toMatch(/^created (\w+)\ndeleted \1\n$/);
  });

  it.concurrent.each(filesOf("first-call").filter((name) => /\.(sh|py|mjs)$/.test(name)))(
    "%s stops after 30 retries, because an instance that is faulty gives the same answer as a busy one",
    { timeout },
    async (name) => {
      const faulty = await listen((request, response) =>
        request.method === "POST"
          ? json(response, 202, { job_id: "j", backup_id: "b" })
          : json(response, 400, { error_code: "DBS.200019", error_msg: "The instance is faulty." }),
      );
      const { code, stdout, stderr } = await sample(name, { GEMINIDB_URL: faulty.url, GEMINIDB_WAIT: "0.01" });
      await faulty.close();
      expect([code, stdout, stderr]).toEqual([1, "created b\n", expect.stringContaining("The instance is faulty.")]);
      expect(faulty.received).toHaveLength(1 + 31);
    },
  );

  it.concurrent.each(filesOf("rotation"))(
    "%s keeps the newest, three runs in a row, none lost and none doubled",
    { timeout },
    async (name) => {
      const state = join(mkdtempSync(join(tmpdir(), "geminidb-backup-rotation-")), "backups");
      const kept = () => readFileSync(state, "utf8").match(/\w{36}/g) ?? [];
      const own = { ...env(name), GEMINIDB_STATE: state, GEMINIDB_KEEP: "2" };
      const outputs: string[] = [];
      for (let round = 0; round < 3; round++) {
        const { stdout, stderr, code } = await sample(name, own);
        expect(code, stderr).toBe(0);
        outputs.push(stdout);
      }
      const [first, second, third] = outputs.map((output) => /created (\w+)/.exec(output)?.[1]);
      expect(outputs).toEqual([`created ${first}\n`, `created ${second}\n`, `deleted ${first}\ncreated ${third}\n`]);
      expect(kept()).toEqual([second, third]);
      const own_requests = busy.requests.filter(({ path }) => path.includes(own.GEMINIDB_PROJECT_ID));
      expect(
        own_requests.filter(({ operationId, answer }) => operationId === creating.operation && answer === "202"),
      ).toHaveLength(3);
    },
  );
});

describe("rotation", () => {
  const newState = () => join(mkdtempSync(join(tmpdir(), "geminidb-backup-rotation-")), "backups");
  const ids = ["first", "second", "third"];
  /** The list of the backups that a script made, as that script writes it. */
  const listFor = (name: string) => (name.endsWith(".sh") ? ids.map((id) => `${id}\n`).join("") : JSON.stringify(ids));
  const createOnly = [{ operationId: creating.operation, answer: "202" }];

  it.each(filesOf("rotation"))(
    "%s refuses to keep what is not a whole number of 1 or more, before it sends anything",
    async (name) => {
      const state = newState();
      writeFileSync(state, listFor(name));
      iam.received.length = 0;
      for (const keep of ["0", "-1", "1.5", "12 backups", " "]) {
        const { code, stderr } = await sample(name, { GEMINIDB_STATE: state, GEMINIDB_KEEP: keep });
        expect([code, stderr], keep).toEqual([
          1,
          expect.stringContaining("GEMINIDB_KEEP must be a whole number, 1 or more"),
        ]);
      }
      expect([mock.requests, iam.received]).toEqual([[], []]);
      expect(readFileSync(state, "utf8")).toBe(listFor(name));
    },
  );
  it.each(filesOf("rotation"))("%s takes a variable that is empty for one that is not set", async (name) => {
    const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-rotation-"));
    const state = join(folder, name.endsWith(".sh") ? "backups.txt" : "backups.json");
    writeFileSync(state, listFor(name));
    const empty = { GEMINIDB_STATE: "", GEMINIDB_KEEP: "", GEMINIDB_WAIT: "" };
    const { code, stdout, stderr } = await sample(name, empty, commandOf(name), folder);
    expect([code, stdout], stderr).toEqual([0, expect.stringMatching(/^created \w+\n$/)]);
    expect(mock.requests).toMatchObject(createOnly);
    expect(readFileSync(state, "utf8")).toContain("first");
  });
  it.each(filesOf("rotation"))("%s makes no backup when it cannot read its list", async (name) => {
    const foreign = newState();
    writeFileSync(foreign, '{ "version": 1 }');
    // Every file is a list of lines.
    const states = name.endsWith(".sh") ? [tmpdir()] : [tmpdir(), foreign];
    for (const state of states) {
      const { code, stderr } = await sample(name, { GEMINIDB_STATE: state });
      expect(code, stderr).toBe(1);
    }
    expect(mock.requests).toEqual([]);
  });
  it.each(filesOf("rotation"))("%s ends, with its list as it was, where it cannot write a new one", async (name) => {
    const state = newState();
    writeFileSync(state, listFor(name));
    // No file can be written where a folder is.
    mkdirSync(`${state}.new`);
    mock.respond("deleteManualBackup", { example: "DBS.201214", times: 3 });
    const { code, stdout, stderr } = await sample(name, { GEMINIDB_STATE: state, GEMINIDB_KEEP: "3" });
    expect([code, stdout], stderr).toEqual([1, "gone already: first\n"]);
    expect(mock.requests).toHaveLength(1);
    expect(readFileSync(state, "utf8")).toBe(listFor(name));
  });
  it("rotation.sh adds to a list whose last line does not end", async () => {
    const state = newState();
    writeFileSync(state, ids.join("\n"));
    mock.respond("deleteManualBackup", { example: "DBS.201214" });
    const { stdout, stderr } = await sample("rotation.sh", { GEMINIDB_STATE: state, GEMINIDB_KEEP: "3" });
    const [, created] = /^gone already: first\ncreated (\w+)\n$/.exec(stdout) ?? [];
    expect(created, stderr).toBeDefined();
    expect(readFileSync(state, "utf8")).toBe(`second\nthird\n${created}\n`);
  });
  it("rotation.sh says why there was no answer", async () => {
    mock.respond("createManualBackup", { fault: "reset" });
    const { code, stderr } = await sample("rotation.sh", { GEMINIDB_STATE: newState() });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^the create failed: curl: \(\d+\) /)]);
  });
  it("rotate.ts makes a backup, then deletes the oldest, three runs in a row", async () => {
    const env = { GEMINIDB_STATE: newState(), GEMINIDB_KEEP: "2" };
    const rotations: Rotation[] = [];
    for (let round = 0; round < 3; round++) {
      const { stdout, stderr, code } = await sample("rotate.ts", env);
      expect(code, stderr).toBe(0);
      rotations.push(JSON.parse(stdout));
    }
    const [first, second, third] = rotations.map(({ made }) => made[0]?.backup_id);
    expect(rotations[2]).toMatchObject({
      deleted: [{ backup_id: first }],
      kept: [{ backup_id: second }, { backup_id: third }],
      unknown: [],
    });
  });
  it("rotate.ts fails with 1 when the create is refused or its answer is lost, and says which backup may exist", async () => {
    const env = { GEMINIDB_STATE: newState(), GEMINIDB_KEEP: "" };
    mock.respond("createManualBackup", { example: "DBS.280015" });
    const refused = await sample("rotate.ts", env);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("Permission denied") });
    mock.respond("createManualBackup", { fault: "reset" });
    const lost = await sample("rotate.ts", env);
    const name = mock.backups.at(-1)?.name;
    expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining(`whether ${name} was made`) });
    const { stdout } = await sample("rotate.ts", env);
    expect(JSON.parse(stdout)).toMatchObject({ made: [{}], unknown: [{ name }] });
  });
  it("rotate.ts refuses to keep what is not a whole number", async () => {
    const { code, stderr } = await sample("rotate.ts", { GEMINIDB_STATE: newState(), GEMINIDB_KEEP: "12 backups" });
    expect([code, stderr]).toEqual([1, expect.stringContaining("keep must be a whole number, 1 or more")]);
    expect(mock.requests).toEqual([]);
  });

  it.each(filesOf("rotation"))(
    "%s passes over what is gone, and fails with 1 when the create is refused",
    async (name) => {
      const state = join(mkdtempSync(join(tmpdir(), "geminidb-backup-rotation-")), "backups");
      const env = { GEMINIDB_STATE: state, GEMINIDB_KEEP: "1" };
      expect((await sample(name, env)).stdout).toMatch(/^created \w+\n$/);
      mock.respond("deleteManualBackup", { example: "DBS.201214" });
      expect((await sample(name, env)).stdout).toMatch(/^gone already: \w+\ncreated \w+\n$/);
      mock.respond("createManualBackup", { example: "DBS.280015" });
      const { code, stderr } = await sample(name, { ...env, GEMINIDB_KEEP: "9" });
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("Permission denied") });
    },
  );
});

describe("authentication", () => {
  it.each(filesOf("password"))("%s gets a token with a password and sends it", async (name) => {
    iam.received.length = 0;
    const { stdout, stderr } = await sample(name);
    expect(stdout, stderr).toMatch(/job/);
    expect(iam.received[0]?.url).toBe("/v3/auth/tokens?nocatalog=true");
    const user = { name: "robot", password: 'pa"ss\\word', domain: { name: "account" } };
    const identity = { methods: ["password"], password: { user } };
    expect(JSON.parse(iam.received[0]?.body ?? "")).toEqual({
      auth: { identity, scope: { project: { name: "ap-southeast-1" } } },
    });
    expect(mock.requests[0]?.headers).toHaveProperty("x-auth-token");
  });

  it.each(filesOf("access-key"))("%s sends a signature that holds, and no token", async (name) => {
    // The vendor's rules once more: the sample's own code is not what judges it.
    await using server = await listen((_, response) => json(response, 202, { job_id: "j" }));
    const keys = { GEMINIDB_URL: server.url, GEMINIDB_ACCESS_KEY: "ak", GEMINIDB_SECRET_KEY: "planted-sk" };
    const { stdout, stderr } = await sample(name, keys);
    expect(stdout, stderr).toBe("deleting, job j\n");
    const [request] = server.received;
    if (request === undefined) throw new Error("nothing was sent");
    expect(request.headers.authorization).toBe(resign(request, server.url, "planted-sk"));
    expect(request.headers).not.toHaveProperty("x-auth-token");
  });
});

it("demo.ts runs the main job to its end, and everything is as documented", async () => {
  const { stdout, stderr, code } = await sample("demo.ts", {}, byTsx("demo.ts"));
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toMatch(/Everything is as documented\.\n$/);
});

it("quick-start.ts, the sample of the README, creates a backup with the keys of the environment", async () => {
  const { stdout, stderr } = await sample("quick-start.ts", {}, byTsx("quick-start.ts"));
  expect(stdout, stderr).toMatch(/^created \w+\n$/);
  expect(mock.requests[0]?.headers).toHaveProperty("authorization");
});

it.each(filesOf("errors"))("%s tells the cases apart", async (name) => {
  const { stdout, stderr } = await sample(name);
  const wrong = name.endsWith(".ts") ? "not sent, wrong: name" : "refused: DBS.280277";
  expect(stdout, stderr).toBe(
    `nightly: accepted\nnightly: a backup of this name exists already\nnot a name: ${wrong}\n`,
  );
  for (const status of [408, 504]) {
    await using gateway = await listen((_, response) => response.writeHead(status).end("<h1>No answer in time</h1>"));
    const lost = await sample(name, { GEMINIDB_URL: gateway.url });
    expect(lost.stdout, lost.stderr).toMatch(/^nightly: it may exist: check\n/);
  }
  if (name.endsWith(".ts")) return;
  await using proxy = await listen((_, response) => response.writeHead(429).end("<h1>Slow down</h1>"));
  expect((await sample(name, { GEMINIDB_URL: proxy.url })).stdout).toMatch(/^nightly: try again later\n/);
});

it.each(filesOf("follow-job"))(
  "%s waits for the end of a job, whatever its states are called, and fails as the job does",
  async (name) => {
    for (const last of ["Completed", "Failed"]) {
      const states = ["Running", "Something new", last];
      await using jobs = await listen(({ method }, response) =>
        method === "DELETE"
          ? json(response, 202, { job_id: "j" })
          : json(response, 200, { jobs: [{ status: states.shift(), fail_reason: "no space" }] }),
      );
      const { stdout, stderr, code } = await sample(name, {
        GEMINIDB_URL: jobs.url,
        GEMINIDB_JOB_ID: "j",
        GEMINIDB_WAIT: "0.01",
      });
      expect(stdout, stderr).toBe(`Running\nSomething new\n${last}\n`);
      expect(code).toBe(last === "Completed" ? 0 : 1);
      if (last === "Failed") expect(stderr).toContain("no space");
      const asked = jobs.received.find(({ method }) => method === "GET");
      expect(asked?.url).toMatch(/^\/v3\/\w+\/jobs\?id=j$/);
      expect(asked?.headers["x-auth-token"]).toBe("any-token");
    }
  },
);

it.each(filesOf("proxy"))("%s goes through a real proxy", async (name) => {
  const seen: string[] = [];
  const proxy = createServer((request, response) => {
    seen.push("forward");
    const { method, headers } = request;
    const upstream = httpRequest(request.url ?? "", { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
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
  const { port } = proxy.address() as AddressInfo;
  const { stdout, stderr } = await sample(name, {
    GEMINIDB_PROXY: `http://127.0.0.1:${port}`,
    NO_PROXY: "",
    no_proxy: "",
  });
  expect(stdout, stderr).toMatch(/job/);
  expect(seen).toEqual(["tunnel"]);
  proxy.closeAllConnections();
  proxy.close();
});

it("no sample carries its credentials to another host", async () => {
  await using thief = await listen((_, response) => json(response, 202, { job_id: "j", backup_id: "b", jobs: [] }));
  await using server = await listen((_, response) => response.writeHead(302, { location: `${thief.url}/x` }).end());
  const others = ["demo", "testing", "proxy"];
  // What sends by the client or the command alone is held by test/client/redirects.test.ts.
  const sendsItself = (name: string) =>
    !/\.(ts|bash)$/.test(name) || readFileSync(join(folder, name), "utf8").includes("fetch(");
  const senders = names
    .filter((name) => !others.includes(name.split(".")[0] ?? ""))
    .filter((name) => isFullRun || sendsItself(name));
  const env = {
    GEMINIDB_JOB_ID: "j",
    GEMINIDB_ACCESS_KEY: "a",
    GEMINIDB_SECRET_KEY: "s",
  };
  const states = mkdtempSync(join(tmpdir(), "geminidb-backup-states-"));
  const places = (name: string) => ({ GEMINIDB_URL: `${server.url}/${name}`, GEMINIDB_STATE: join(states, name) });
  await Promise.all(senders.map((name) => sample(name, { ...env, ...places(name) })));
  const sent = new Set(server.received.map(({ url }) => url.split("/")[1]));
  expect(senders.filter((name) => !sent.has(name))).toEqual([]);
  expect(thief.received).toEqual([]);
});

it("no sample waits for ever for an answer to a call with curl", () => {
  for (const name of names.filter((one) => one.endsWith(".sh"))) {
    const source = readFileSync(join(folder, name), "utf8").replaceAll("\\\n", "");
    for (const [line] of source.matchAll(/^.*\bcurl .*$/gm)) expect(line, name).toContain("--max-time 30");
  }
});

describe("texts", () => {
  it("of guides and README link only to what is there", () => {
    const guides = readdirSync(join(root, "docs/guides")).map((name) => `docs/guides/${name}`);
    for (const name of ["README.md", ...guides]) {
      for (const [, link = ""] of readFileSync(join(root, name), "utf8").matchAll(/\]\((?!https?:)([^)#]+)/g))
        expect(() => readFileSync(join(root, name, "..", link)), `${name}: ${link}`).not.toThrow();
    }
  });
  it("of the page hold every sample, as it is", async () => {
    const text = decode((await built("index.html")).replace(/<\/?[biu]\b[^>]*>/g, ""));
    for (const name of names.filter((one) => one !== "demo.ts" && one !== "quick-start.ts"))
      expect(text, name).toContain(readFileSync(join(folder, name), "utf8").trim());
  });
  it("of the README hold their sample, as it is", () => {
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(
      `\`\`\`ts\n${readFileSync(join(folder, "quick-start.ts"), "utf8")}\`\`\`\n`,
    );
  });
  it("of the guides name every variable that a sample reads", () => {
    const guides = readdirSync(join(root, "docs/guides"))
      .map((name) => readFileSync(join(root, "docs/guides", name), "utf8"))
      .join();
    const variables = new Set(
      names.flatMap((name) => readFileSync(join(folder, name), "utf8").match(/GEMINIDB_[A-Z_]+/g) ?? []),
    );
    expect(variables.size).toBeGreaterThan(10);
    for (const variable of variables) expect(guides).toContain(`\`${variable}\``);
  });
  it("of the samples hold no token", () => {
    for (const name of names)
      expect(readFileSync(join(folder, name), "utf8")).not.toMatch(/MII[A-Za-z0-9]{20}|[A-Za-z0-9+/]{60}/);
  });
});
