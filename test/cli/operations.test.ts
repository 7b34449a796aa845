/** The commands of operations: what they send, what they show, and what they never show. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "geminidb-backup/mock";
import { describe, expect, it } from "vitest";
import { json, listen } from "../support/http.js";
import { root, run } from "../support/project.js";
import { cli } from "../support/serve.js";
import { deleting as deletion, exampleUri, requestProperties } from "../support/transcript.js";
import { begin, command, creating, deleting, secret, start, variables } from "./command.js";

const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-operations-"));
function file(name: string, text: string | Buffer, mode = 0o600): string {
  writeFileSync(join(folder, name), text, { mode });
  return join(folder, name);
}
const named = ["create", "--instance-id", "i", "--description", ""];
const tables = [{ database_name: "shop", table_names: ["orders"] }];

describe("input", () => {
  it("takes JSON in place, from a file and from standard input; flags win over --body", async () => {
    await using mock = await startMock();
    const given = JSON.stringify(tables);
    const whole = JSON.stringify({ name: "from-body", description: "d", database_tables: tables });
    await command(mock.url, [...named, "--name", "one1", "--database-tables", given]);
    await command(mock.url, [
      ...named,
      "--name",
      "two2",
      "--database-tables",
      `@${file("tables.json", `\ufeff${given}`)}`,
    ]);
    await command(mock.url, [...named, "--name", "three3", "--database-tables", "-"], {}, given);
    await command(mock.url, ["create", "--instance-id", "i", "--name", "four4", "--body", `@${file("b.json", whole)}`]);
    await command(mock.url, ["create", "--instance-id", "i", "--body=-"], {}, whole);
    expect(mock.requests.map(({ body }) => body)).toEqual([
      ...["one1", "two2", "three3"].map((name) => ({ name, description: "", database_tables: tables })),
      { name: "four4", description: "d", database_tables: tables },
      { name: "from-body", description: "d", database_tables: tables },
    ]);
  });
  it.each<[string, string, RegExp]>([
    [
      "a file that is too large",
      `@${file("large.json", `"${"x".repeat(2 ** 20)}"`)}`,
      /large\.json is larger than 1 MB/,
    ],
    ["a file without an end", "@/dev/zero", /is not a regular file/],
    ["a folder", `@${folder}`, /is not a regular file/],
    ["a file that is not there", "@gone.json", /--body: the file gone\.json cannot be read: it does not exist$/m],
    [
      "a home that no shell has found",
      "@~/gone",
      /~\/gone cannot be read: it does not exist, and no shell has replaced/,
    ],
    ["a part of a path that is not a folder", "@/dev/null/x", /cannot be read: a part of its path is not a folder$/m],
    ["a file without a name", "@", /--body needs the name of a file after @$/m],
    ["bytes that are no text", `@${file("bytes.json", Buffer.from([0x22, 0xff, 0x22]))}`, /is not UTF-8/],
    ["what is a byte too large", `@${file("over.json", " ".repeat(2 ** 20 + 1))}`, /over\.json is larger than 1 MB/],
    ["JSON that is cut, which may hold a secret", `@${file("cut.json", `{"x": "${secret}" `)}`, /is not valid JSON/],
    ["JSON that is deep", `@${file("deep.json", "[".repeat(200_000) + "]".repeat(200_000))}`, /--body/],
  ])("refuses %s", async (_, value, message) => {
    await using server = await listen((_request, response) => json(response, 202, {}));
    const { code, stderr } = await command(server.url, [...named, "--name", "nightly", "--body", value]);
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(message);
    expect(server.received).toEqual([]);
  });
  it("takes what is just not too large", async () => {
    await using mock = await startMock({ stateless: true });
    const body = JSON.stringify({ name: "nightly", description: "" }).padEnd(2 ** 20);
    const args = ["create", "--instance-id", "i", "--body", `@${file("just.json", body)}`];
    expect((await command(mock.url, args)).code).toBe(0);
  });
  it("refuses too much on standard input", async () => {
    const { code, stderr } = await command(
      "http://127.0.0.1:9",
      [...creating, "--body", "-"],
      {},
      " ".repeat(2 ** 20 + 1),
    );
    expect([code, stderr]).toEqual([2, "geminidb-backup: --body: standard input is larger than 1 MB\n"]);
  });
});

describe("the target", () => {
  const dryUrl = async (args: string[], env: NodeJS.ProcessEnv = {}) => {
    const { code, stdout, stderr } = await command("", [...deleting, "--dry-run", ...args], env);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout).url;
  };
  it("is what a flag says, and else what the environment says; a URL wins over a region", async () => {
    const region = { HUAWEICLOUD_SDK_REGION: "ap-southeast-1" };
    const host = (name: string) => `https://gaussdb-nosql.${name}.myhuaweicloud.com/v3/p/backups/b`;
    expect(await dryUrl([], region)).toBe(host("ap-southeast-1"));
    expect(await dryUrl(["--region", "ap-southeast-3"], region)).toBe(host("ap-southeast-3"));
    expect(await dryUrl(["--region", "ap-southeast-3"])).toBe(host("ap-southeast-3"));
    const url = "http://127.0.0.1:9";
    expect(await dryUrl(["--base-url", url, "--region", "ap-southeast-3"])).toBe(`${url}/v3/p/backups/b`);
    const other = { GEMINIDB_URL: "http://127.0.0.1:8" };
    expect(await dryUrl(["--base-url", url], other)).toBe(`${url}/v3/p/backups/b`);
    expect(await dryUrl([], { ...other, ...region })).toBe("http://127.0.0.1:8/v3/p/backups/b");
    expect(await dryUrl(["--region", "ap-southeast-3"], other)).toBe(host("ap-southeast-3"));
    expect(await dryUrl(["--project-id", "q"], region)).toContain("/v3/q/");
    expect(await dryUrl(["--project-id", "q"], { ...region, HUAWEICLOUD_SDK_PROJECT_ID: "" })).toContain("/v3/q/");
  });
});

it("a dry run shows the request however short the timeout is, and checks it all the same", async () => {
  const keys = { OS_TOKEN: "", HUAWEICLOUD_SDK_AK: "ak", HUAWEICLOUD_SDK_SK: "sk" };
  const url = ["--base-url", "http://127.0.0.1:9", "--dry-run"];
  const shown = await command("", [...deleting, ...url, "--timeout", "1"], keys);
  expect([shown.code, JSON.parse(shown.stdout).method]).toEqual([0, "DELETE"]);
  const { code, stderr } = await command("", [...deleting, ...url, "--timeout", "0"], keys);
  expect([code, stderr]).toEqual([2, expect.stringContaining("--timeout")]);
});

it("a switch can be turned off, and help or the version wins over everything", async () => {
  await using mock = await startMock({ stateless: true });
  const { code, stderr } = await command(mock.url, [...deleting, "--dry-run=false", "--verbose=false"]);
  expect([code, stderr, mock.requests.length]).toEqual([0, "", 1]);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const flag of ["--version", "-v"]) {
    expect(await command(mock.url, [...deleting, flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  }
  for (const flag of ["-h", "--help", "--help=true"]) {
    const { stdout } = await command(mock.url, [...deleting, flag]);
    expect(stdout).toMatch(/^Usage: geminidb-backup delete/);
  }
  expect((await command("", ["-h"])).stdout).toMatch(/^Usage: geminidb-backup <command>/);
  expect((await command("", ["-v"])).stdout).toBe(`${version}\n`);
  expect(mock.requests).toHaveLength(1);
});

describe("credentials", () => {
  it("of the environment are not looked at when others are given", async () => {
    await using mock = await startMock({ stateless: true });
    const bad = { HUAWEICLOUD_SDK_AK: "a b", HUAWEICLOUD_SDK_SK: "x" };
    expect((await command(mock.url, [...deleting, "--token-file", file("given", secret)], bad)).code).toBe(0);
    expect((await command(mock.url, [...deleting, "--auth", "instance", "--dry-run"], bad)).code).toBe(0);
    expect((await command(mock.url, [...deleting, "--auth", "environment"])).code).toBe(0);
    expect((await command(mock.url, [...deleting, "--auth", "environment"], bad)).code).toBe(4);
  });
  it("a token file is read again for each attempt, because it may have been renewed", async () => {
    const name = file("renewed", "planted-old-token");
    await using server = await listen((_, response) => {
      if (server.received.length > 1) return json(response, 202, { job_id: "j" });
      file("renewed", "planted-new-token");
      response.writeHead(503).end();
    });
    expect((await command(server.url, [...deleting, "--token-file", name])).code).toBe(0);
    const tokens = server.received.map(({ headers }) => headers["x-auth-token"]);
    expect(tokens).toEqual(["planted-old-token", "planted-new-token"]);
  });
  it("a token file of its owner's is used; one that others can read is refused", async () => {
    await using server = await listen((_, response) => json(response, 202, { job_id: "j" }));
    const use = (name: string) => command(server.url, [...deleting, "--token-file", name], { OS_TOKEN: "" });
    expect((await use(file("token", `${secret}\n`))).code).toBe(0);
    expect(server.received[0]?.headers["x-auth-token"]).toBe(secret);
    for (const mode of [0o644, 0o640, 0o604]) {
      const name = `token-${mode}`;
      file(name, secret, mode);
      const { code, stderr } = await use(join(folder, name));
      expect(code).toBe(4);
      expect(stderr).toMatch(/others than the owner can read .*, so it is not used\. Run chmod 600 on it/);
    }
    const gone = await use(join(folder, "gone"));
    expect([gone.code, gone.stderr]).toEqual([4, expect.stringMatching(/gone cannot be read: it does not exist\n$/)]);
    expect((await use(folder)).code).toBe(4);
    expect((await use(file("empty", ""))).stderr).toMatch(/must hold one token and nothing else/);
    expect((await use(file("two", `${secret} ${secret}`))).code).toBe(4);
    expect((await use(file("long", "x".repeat(2 ** 15 + 1)))).stderr).toMatch(/is larger than 32 kB/);
    expect(server.received).toHaveLength(1);
  });
  it("the keys of the cloud server sign, when they are asked for", async () => {
    // The address of the metadata service cannot be had on every machine, so its answers are put in its place.
    const preload = file(
      "metadata.mjs",
      `const real = globalThis.fetch;
globalThis.fetch = (url, init) => String(url?.url ?? url).startsWith("http://169.254.169.254/")
  ? Promise.resolve(Response.json({ credential: { access: "ak-of-server", secret: "planted-sk", securitytoken: "planted-st", expires_at: "2099-01-01T00:00:00Z" } }))
  : real(url, init);`,
    );
    await using server = await listen((_, response) => json(response, 202, { job_id: "j" }));
    const env = variables({ GEMINIDB_URL: server.url, NODE_OPTIONS: `--import ${preload}` });
    const { code, stderr } = await start([...deleting, "--auth", "instance", "--verbose"], env).ended;
    expect(code, stderr).toBe(0);
    expect(server.received[0]?.headers.authorization).toContain("Access=ak-of-server");
    for (const never of ["planted-sk", "planted-st", secret]) expect(stderr).not.toContain(never);
  });
  it("stand neither in the arguments nor in what the process shows while it runs", async () => {
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await using server = await listen(() => arrived());
    const name = file("token-of-ps", secret);
    const env = variables({ GEMINIDB_URL: server.url, OS_TOKEN: "" });
    const { child, ended } = start([...deleting, "--token-file", name], env);
    await arrival;
    const shown = (await run("ps", ["-ww", "-o", "args=", "-p", String(child.pid)])).stdout;
    expect(shown).toContain("--token-file");
    for (const part of ["cmdline", "environ"])
      expect(readFileSync(`/proc/${child.pid}/${part}`, "utf8")).not.toContain(secret);
    expect(shown).not.toContain(secret);
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
  });
  it("are in no output, also when the server repeats them and everything is logged", async () => {
    const echo = JSON.stringify({ error_code: "DBS.1", error_msg: `no: ${secret}`, more: encodeURIComponent(secret) });
    await using server = await listen((_, response) => response.writeHead(400, { "x-request-id": secret }).end(echo));
    const env = { DEBUG: "*", NODE_DEBUG: "fetch,undici,http,http2,net,tls,stream,module,esm,timer" };
    const { code, stdout, stderr } = await start(
      [...creating, "--verbose"],
      variables({ GEMINIDB_URL: server.url, ...env }),
    ).ended;
    expect(code).toBe(1);
    for (const never of [secret, encodeURIComponent(secret)]) expect(stdout + stderr).not.toContain(never);
    expect(stderr).toContain("[redacted]");
  });
});

describe("--dry-run", () => {
  it("has the headers of temporary keys where the cloud server would give them", async () => {
    const { stdout } = await command("http://127.0.0.1:9", [...deleting, "--auth", "instance", "--dry-run"]);
    expect(JSON.parse(stdout).headers).toMatchObject({
      "x-security-token": "[redacted]",
      authorization: "[redacted]",
    });
  });
  it("shows the request as it would be sent, and sends nothing", async () => {
    await using server = await listen((_, response) => json(response, 202, {}));
    const dry = await command(server.url, [...creating, "--dry-run"]);
    expect([dry.code, dry.stderr]).toEqual([0, "geminidb-backup: this was a dry run: nothing was sent\n"]);
    const { method, url, headers, body } = JSON.parse(dry.stdout);
    expect(headers["x-auth-token"]).toBe("[redacted]");
    expect(server.received).toEqual([]);
    await command(server.url, creating);
    const [sent] = server.received;
    expect({ method, url, body }).toEqual({
      method: sent?.method,
      url: server.url + sent?.url,
      body: JSON.parse(sent?.body ?? ""),
    });
    for (const name of ["accept", "content-type", "user-agent"]) expect(headers[name]).toBe(sent?.headers[name]);
  });
  it("shows it as text, too, and no character that would steer the terminal", async () => {
    const tables = [{ database_name: "d", table_names: null }];
    const body = JSON.stringify({ name: "nightly", description: "a\u202eb", database_tables: tables });
    const args = ["create", "--instance-id", "i", "--body", body, "--dry-run", "--output", "text"];
    const { stdout } = await command("http://127.0.0.1:9", args);
    const [first, ...rest] = stdout.trimEnd().split("\n");
    expect(first).toBe("POST http://127.0.0.1:9/v3/p/instances/i/backups");
    expect(rest).toContain("x-auth-token: [redacted]");
    expect(rest.slice(-2)).toEqual(["", body.replace("\u202e", "\\u202e")]);
    const { stdout: plain } = await command("http://127.0.0.1:9", [...deleting, "--dry-run", "--output", "text"]);
    expect(plain).toMatch(/^DELETE .*\n([\w-]+: .*\n)+$/);
  });
  it("needs no credentials, asks for none, and checks the input", async () => {
    const url = "http://127.0.0.1:9";
    for (const more of [[], ["--auth", "instance"], ["--output", "text"]]) {
      const { code, stdout } = await command(url, [...deleting, "--dry-run", ...more], { OS_TOKEN: "" });
      expect(code).toBe(0);
      expect(stdout).toContain("/v3/p/backups/b");
    }
    const { code, stdout } = await command(url, ["delete", "--backup-id", "..", "--dry-run"]);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("output", () => {
  it("is aligned as text, and one line as JSON, whatever the service sends", async () => {
    const job_id = "a\u001b[2J\u202eb\u0085";
    await using server = await listen((_, response) => json(response, 202, { job_id, backup_id: "b", list: [1] }));
    const text = await command(server.url, [...creating, "--output", "text"]);
    expect(text.stdout).toBe("job_id     a?[2J?b?\nbackup_id  b\nlist       [1]\n");
    await using bare = await listen((_, response) => json(response, 202, { job_id: "j", a: null, b: { c: 1 }, d: "" }));
    const { stdout } = await command(bare.url, [...deleting, "--output", "text"]);
    expect(stdout).toBe('job_id  j\na       null\nb       {"c":1}\nd\n');
    const line = await command(server.url, creating);
    expect(line.stdout.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(line.stdout)).toEqual({ job_id, backup_id: "b", list: [1] });
  });
  it("tells attempts, waits and request IDs with --verbose, on standard error only", async () => {
    await using mock = await startMock({ stateless: true });
    mock.respond("deleteManualBackup", { status: 503, html: true });
    const { code, stdout, stderr } = await command(mock.url, ["delete", "--backup-id", "b", "--verbose"]);
    expect([code, JSON.parse(stdout)]).toEqual([0, { job_id: expect.any(String) }]);
    expect(stderr).toMatch(
      /attempt 1: DELETE http.*\n.*attempt 1: 503 after \d+ ms.*\n.*attempt 1 failed: .*\n.*waiting [\d.]+ s\n/,
    );
    expect(stderr).toMatch(/attempt 2: 202 after \d+ ms, request ID \w{32}\n$/);
  });
  it("has colours where somebody reads, unless NO_COLOR or the terminal says otherwise", async () => {
    const shown = async (args: string[], env: NodeJS.ProcessEnv, isTTY = true) =>
      (await begin(args, env, "", { isTTY }).ended).stderr;
    const [red, dim] = ["\u001b[31mgeminidb-backup:\u001b[39m ", "\u001b[2mgeminidb-backup:\u001b[22m "];
    expect((await shown([...deleting, "--dry-run"], { GEMINIDB_URL: "http://127.0.0.1:9" })).startsWith(dim)).toBe(
      true,
    );
    expect((await shown(["nonsense"], {})).startsWith(red)).toBe(true);
    expect((await shown(["nonsense"], { NO_COLOR: "" })).startsWith(red)).toBe(true);
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }]) {
      expect(await shown(["nonsense"], env)).not.toContain("\u001b");
    }
    expect(await shown(["nonsense"], {}, false)).not.toContain("\u001b");
  });
  it("has colours on a terminal only, and never under NO_COLOR", async () => {
    const inTerminal = (more: NodeJS.ProcessEnv) =>
      run("script", ["-qec", `${process.execPath} ${cli} nonsense`, "/dev/null"], {
        env: variables({ TERM: "xterm", ...more }),
      });
    const colour = "\u001b[31m";
    expect((await inTerminal({ NO_COLOR: undefined })).stdout).toContain(colour);
    expect((await inTerminal({ NO_COLOR: undefined, CI: "true" })).stdout).toContain(colour);
    expect((await inTerminal({ NO_COLOR: "" })).stdout).toContain(colour);
    expect((await inTerminal({ NO_COLOR: "1" })).stdout).not.toContain("\u001b");
    expect((await command("", ["nonsense"], { FORCE_COLOR: "1" })).stderr).not.toContain("\u001b");
  });
  it("whose reader is gone causes no stack", async () => {
    const { stdout, stderr } = await run("bash", [
      "-c",
      `set -o pipefail; "$0" "$1" create --help | head -1`,
      process.execPath,
      cli,
    ]);
    expect([stdout.split("\n").length, stderr]).toEqual([2, ""]);
  });
});

describe("--help", () => {
  it.each(["create", "delete", "rotate", "mock"])(
    "of %s fits 80 columns, and names every flag and exit code",
    async (name) => {
      const { code, stdout, stderr } = await command("", [name, "--wrong", "--help"]);
      expect([code, stderr]).toEqual([0, ""]);
      for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
      expect(stdout).toContain("Exit codes");
      expect(stdout).toContain("--help");
    },
  );
  it("holds the words and the limits of the description", async () => {
    const { stdout } = await command("", ["create", "--help"]);
    const text = stdout.replace(/\s+/g, " ");
    expect(text).toContain("--name TEXT The name of the backup: a letter first, then only letters, digits, - and _.");
    const { name, description } = requestProperties;
    expect(text).toContain(`${name.minLength} to ${name.maxLength} characters. Required.`);
    expect(text).toContain(`At most ${description.maxLength} characters.`);
    for (const code of ["0", "1", "2", "3", "4", "75", "130"]) expect(stdout).toMatch(new RegExp(`^  ${code} `, "m"));
  });
  it.each(["create", "delete"])("of %s has an example that works", async (name) => {
    const { stdout } = await command("", [name, "--help"]);
    const [, example = ""] = stdout.split("Example\n");
    await using mock = await startMock();
    const line = example.replace("geminidb-backup", '"$0" "$1"');
    const result = await run("bash", ["-c", line, process.execPath, cli], {
      env: variables({
        GEMINIDB_URL: mock.url,
        HUAWEICLOUD_SDK_PROJECT_ID: exampleUri(deletion).parameters.project_id,
      }),
    });
    expect(result.code, result.stderr).toBe(0);
    expect(mock.requests).toMatchObject([{ violations: [], answer: "202" }]);
  });
});
