/** Each kind of failure ends with the exit code that `--help` documents, with one line on standard error. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startMock } from "geminidb-backup/mock";
import { describe, expect, it, vi } from "vitest";
import { catalogue } from "../../generated/catalogue.js";
import { json, listen } from "../support/http.js";
import { cli } from "../support/serve.js";
import { begin, command, creating, deleting, secret, serveHere, start, Unwritable, variables } from "./command.js";

/** As an error lists them: one for each operation, and those that are more than one. */
const commandNames = [...catalogue.operations.map((operation) => operation.command), "rotate", "mock"].join(", ");

const nowhere = "http://127.0.0.1:2";
const rotating = ["--instance-id", "i", "--name-prefix", "nightly", "--keep", "2"];
const once = ["--retries", "0"];

async function endsWith(code: number, result: Promise<{ code: number | null; stdout: string; stderr: string }>) {
  const ended = await result;
  expect(ended.code, ended.stderr).toBe(code);
  if (code !== 0) expect(ended.stdout).toBe("");
  if (code !== 0) expect(ended.stderr.trim().split("\n")).toHaveLength(1);
  return ended.stderr;
}

it("a process ends with them", async () => {
  await using mock = await startMock();
  const { url } = mock;
  mock.respond("deleteManualBackup", { example: "DBS.280015" }, { fault: "reset" });
  const endings: [number, string[], NodeJS.ProcessEnv?][] = [
    [0, ["--version"]],
    [1, deleting],
    [2, ["delete"]],
    [3, [...deleting, ...once]],
    [4, deleting, { OS_TOKEN: "" }],
    [75, [...deleting, ...once], { GEMINIDB_URL: nowhere }],
  ];
  for (const [code, args, more] of endings)
    await endsWith(code, start(args, variables({ GEMINIDB_URL: url, ...more })).ended);
});

describe("0, done", () => {
  it("the answer is one line of JSON, and nothing else is printed", async () => {
    await using mock = await startMock();
    const { code, stdout, stderr } = await command(mock.url, creating);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^\{.*\}\n$/);
    const { backup_id } = JSON.parse(stdout);
    expect(mock.backups).toContainEqual(expect.objectContaining({ backup_id, name: "nightly" }));
    const deleted = await command(mock.url, ["delete", "--backup-id", backup_id]);
    expect([deleted.code, Object.keys(JSON.parse(deleted.stdout))]).toEqual([0, ["job_id"]]);
    expect(mock.backups.map((backup) => backup.backup_id)).not.toContain(backup_id);
  });
});

describe("1, refused", () => {
  it("by the service", async () => {
    await using mock = await startMock();
    mock.respond("createManualBackup", { example: "DBS.280015" });
    const message = await endsWith(1, command(mock.url, creating));
    expect(message).toMatch(/400 DBS\.280015 Permission denied/);
    expect(message).not.toContain("Look in the console");
  });
  it("gone already, also when the answer before was lost", async () => {
    await using mock = await startMock();
    mock.respond("deleteManualBackup", { example: "DBS.201214" });
    expect(await endsWith(1, command(mock.url, deleting))).toContain("DBS.201214");
    mock.respond("deleteManualBackup", { fault: "reset" }, { example: "DBS.201214" });
    const message = await endsWith(1, command(mock.url, deleting));
    expect(message).toContain("An earlier attempt of this call, whose outcome is unknown, may have deleted it");
  });
});

describe("2, wrong usage or input, and nothing is sent", () => {
  it.each<[string[], RegExp]>([
    [["create"], /--instance-id is missing; --name is missing; --description is missing\. Nothing was sent$/m],
    [["create", "--name", "a b", "--instance-id", "i", "--description", ""], /--name must follow the rule: a letter/],
    [[...creating, "--database-tables", "x"], /--database-tables: the value is not valid JSON/],
    [[...creating, "--database-tables", '[{"a":1}]'], /--database-tables\[0\]\.a is not known/],
    [[...creating, "--database-tables", "@gone.json"], /--database-tables: the file gone\.json cannot be read/],
    [[...creating, "--body", "[]"], /--body must be a JSON object/],
    [[...creating, "--body", '{"nmae":1}'], /nmae in --body is not known/],
    [
      [...creating, "--body", "-", "--database-tables", "-"],
      /--database-tables and --body take standard input, which can be read once only/,
    ],
    [[...creating, "--instance-id", "j"], /--instance-id is given twice/],
    [[...creating, "--instnce-id", "j"], /there is no flag --instnce-id: did you mean --instance-id\?/],
    [[...creating, "--zzz"], /there is no flag --zzz\. --help lists the flags/],
    [[...creating, "-z"], /there is no flag -z/],
    [["create", "--name"], /--name needs a value: --name TEXT/],
    [["create", "--name", "--region"], /--name needs a value\. Write --name=VALUE/],
    [[...creating, secret], /argument 7 after the command belongs to no flag/],
    [["create", "-vh"], /-v stands alone: it takes no value, and no other flag can be joined to it$/m],
    [["create", "-hS3cret"], /: -h stands alone/],
    [["create", "-h=1"], /: -h stands alone/],
    [["create", "--help=false"], /--instance-id is missing/],
    [["create", "--help=maybe"], /--help is a switch/],
    [["create", "--version=false"], /--instance-id is missing/],
    [[...creating, "--token-fiel", "x"], /--token-fiel is refused: .*--auth instance\. Did you mean --token-file\?$/m],
    [[...creating, "--password", "x"], /--password is refused: .*--auth instance$/m],
    [["mock", "--har="], /--har needs the name of a file$/m],
    [[...creating, "--token-file="], /--token-file needs the name of a file$/m],
    [[...creating, "--output", "xml"], /--output must be json or text/],
    [[...creating, "--retries", "-1"], /--retries needs a value/],
    [[...creating, "--retries=-1"], /--retries must be a whole number, at least 0$/m],
    [[...creating, "--retries", "1.5"], /--retries must be a whole number, at least 0$/m],
    [
      [...creating, "--retries", "2147483648"],
      /option retries must be a whole number, 0 or more, and at most 2147483647$/m,
    ],
    [[...creating, "--timeout", "0"], /--timeout must be milliseconds, a whole number from 1 to 2147483647$/m],
    [[...creating, "--dry-run=maybe"], /--dry-run is a switch/],
    [[...creating, "--auth", secret], /--auth must be environment or instance/],
    [[...creating, "--auth", "instance", "--token-file", "f"], /--token-file and --auth say different things/],
    [[...creating, "--base-url", "ftp://x"], /--base-url must be https.*its scheme is ftp/],
    [
      [...creating, "--base-url", `https://u:${encodeURIComponent(secret)}@x`],
      /--base-url.*user name or password\. Credentials come from/,
    ],
    [[...creating, "--base-url", "http://example.com"], /plain http is only allowed to this machine$/m],
    [["delete", "--backup-id", ".."], /--backup-id must be text of whole characters, but not "", "\." or "\.\."/],
    [["delete", "--backup-id="], /--backup-id must not be empty/],
    [["craete"], /there is no command "craete": did you mean create\?/],
    [["zzzz"], new RegExp(`The commands are ${commandNames}`)],
    [[], /a command is missing/],
    [["constructor"], /there is no command "constructor"/],
    [["delete", "--constructor", "x"], /there is no flag --constructor/],
    [["delete", "--__proto__=x"], /there is no flag --__proto__/],
    // To the parser of Node, these ask for the version and for help.
    [[...creating, "-verbose"], /there is no flag -verbose: did you mean --verbose\?/],
    [["rotate", "-auth", "instance"], /there is no flag -auth: did you mean --auth\?/],
    [[...creating, "-pS3cretPassw0rd"], /there is no flag -p\. --help lists the flags$/m],
    [[...creating, "-ptoken-S3cret"], /there is no flag -p\./],
    [[...creating, "-token-S3cret"], /^geminidb-backup: -t is refused/],
    [["S3cretPassw0rd", ...creating], /the first argument is not a command\. The commands are create/],
    [[...creating, "--retries="], /--retries must be a whole number, at least 0$/m],
    [[...creating, "--retries", "1e3"], /--retries must be a whole number/],
    [[...creating, "--timeout", "2147483648"], /--timeout must be milliseconds, a whole number from 1 to 2147483647$/m],
    [[...deleting, "--project-id="], /^geminidb-backup: --project-id must/],
    [
      ["create", "--instance-id", "i", "--body", '{"project_id":"q"}'],
      /project_id in --body is not known: it is not part of the request body\. Give --project-id$/m,
    ],
    [["create", "--body", '{"instance_id":"j"}'], /instance_id in --body is not known.* Give --instance-id$/m],
    [["create", "--body", "7"], /--body must be a JSON object/],
    [["create", "--body", "null"], /--body must be a JSON object/],
    [[...creating, "x", "--zzz"], /there is no flag --zzz/],
    [["create-it"], /there is no command "create-it"/],
    [["create it"], /the first argument is not a command/],
  ])("%j", async (args, message) => {
    await using server = await listen((_, response) => json(response, 202, {}));
    const shown = await endsWith(2, command(server.url, args));
    expect(shown).toMatch(message);
    expect(shown).not.toContain("S3cret");
    expect(server.received).toEqual([]);
  });
  it.each([
    "token",
    "passwd",
    "passphrase",
    "credential",
    "credentials",
    "authorization",
    "x-api-key",
    "apikey",
    "security-key",
    "securitykey",
    "private-key",
    "privatekey",
    "accesskey",
    "secretkey",
    "Proxy_Authorization",
  ])("a credential under the name --%s, and the message does not show it", async (name) => {
    const planted = "planted-0123456789";
    for (const written of [`--${name}=${planted}`, `--${name} ${planted}`, `--${name}:${planted}`]) {
      const message = await endsWith(2, command(nowhere, [...creating, written]));
      expect(message).toMatch(new RegExp(`--${name} is refused`));
      expect(message).not.toContain(planted);
    }
    const before = await endsWith(2, command(nowhere, [`--${name}=${planted}`, ...creating]));
    expect(before).toBe(
      `geminidb-backup: the first argument is not a command. The commands are ${commandNames}; try --help\n`,
    );
  });
  it("no host, no project, and a region that is misspelled", async () => {
    const without = (more: NodeJS.ProcessEnv, ...args: string[]) =>
      endsWith(2, command("", [...creating, ...args], more));
    expect(await without({})).toMatch(/the region \(HUAWEICLOUD_SDK_REGION or .*give --region or --base-url/);
    expect(await without({ HUAWEICLOUD_SDK_PROJECT_ID: "" }, "--base-url", nowhere)).toMatch(/give --project-id/);
    expect(await without({}, "--region", "ap-southeas-1")).toMatch(
      /--region is not known: did you mean ap-southeast-1/,
    );
  });
  it.each<[NodeJS.ProcessEnv, string[], RegExp]>([
    [{ GEMINIDB_URL: "http://example.com" }, [], /: GEMINIDB_URL must be https.*only allowed to this machine$/],
    [
      { GEMINIDB_URL: "https://u:x@h" },
      [],
      /: GEMINIDB_URL must be https.*password\. Credentials come from .* --auth$/,
    ],
    [{ HUAWEICLOUD_SDK_REGION: "ap-southeast-1\r" }, [], /: HUAWEICLOUD_SDK_REGION is not known: did you mean ap-/],
    [{ OS_REGION_NAME: "nowhere" }, [], /: OS_REGION_NAME is not known\. --base-url takes any host in its place$/],
    [{ HUAWEICLOUD_SDK_REGION: "nowhere" }, ["--region", "nowhere"], /: --region is not known\. --base-url takes/],
    [
      { GEMINIDB_URL: nowhere, HUAWEICLOUD_SDK_PROJECT_ID: "", OS_PROJECT_ID: ".." },
      [],
      /: OS_PROJECT_ID must be text/,
    ],
    [{ GEMINIDB_URL: nowhere, OS_PROJECT_ID: ".." }, ["--project-id", ".."], /: --project-id must be text.*sent$/],
  ])("a variable or a flag, and the message names the one that is to blame: %j %j", async (more, args, message) => {
    for (const given of [creating, deleting, ["rotate", "--state", "none", ...rotating]]) {
      for (const mode of [[], ["--dry-run"]]) {
        const shown = await endsWith(2, command("", [...given, ...args, ...mode], { GEMINIDB_URL: "", ...more }));
        expect(shown.trim()).toMatch(message);
      }
    }
  });
  it.each([
    "--token",
    "--ak",
    "--sk",
    "--password",
    "--secret",
    "--auth-token",
    "--secret_key",
    "--access-key",
    "--OS-TOKEN",
  ])("a credential as a flag, which everybody could read: %s", async (flag) => {
    for (const args of [[flag, secret], [`${flag}=${secret}`]]) {
      const message = await endsWith(2, command(nowhere, [...creating, ...args]));
      expect(message).toMatch(/is refused: everybody on this machine can read the arguments of a program/);
    }
  });
});

describe("2, because a later attempt would fail in the same way, and nothing was sent", () => {
  it("a certificate that is not accepted", async () => {
    const pem = (name: string) => fileURLToPath(new URL(`../support/tls/${name}.pem`, import.meta.url));
    await using mock = await serveHere("--cert", pem("self-signed"), "--key", pem("key"));
    for (const given of [creating, deleting]) {
      const message = await endsWith(2, command(mock.url, given));
      expect(message).toMatch(/no connection: self-signed certificate \(\w+\)\. Nothing was sent$/m);
    }
  });
  it("a port that fetch refuses", async () => {
    for (const given of [creating, deleting]) {
      const message = await endsWith(2, command("http://127.0.0.1:25", given));
      expect(message).toMatch(/no connection: bad port\. Nothing was sent$/m);
    }
  });
});

describe("3, unknown", () => {
  it("the answer of a create was lost: it is not repeated, and the message says what to look for", async () => {
    await using mock = await startMock();
    mock.respond("createManualBackup", { fault: "reset" });
    const message = await endsWith(3, command(mock.url, creating));
    expect(message).toContain("It may have been carried out: look before you repeat it");
    expect(message).toContain('Look in the console for a backup with the name "nightly"');
    expect(mock.backups.filter(({ name }) => name === "nightly")).toHaveLength(1);
    expect(mock.requests).toHaveLength(1);
  });
  it.each<[string, Parameters<typeof listen>[0]]>([
    ["a redirect", (_, response) => response.writeHead(302, { location: "http://127.0.0.1:9/" }).end()],
    ["garbage", (_, response) => response.writeHead(202).end("<h1>hello</h1>")],
    ["a success without its body", (_, response) => response.writeHead(202).end()],
    [
      "an answer that is cut",
      (_, response) => response.writeHead(202, { "content-length": 99 }).write("{") && response.destroy(),
    ],
    ["an answer that never ends", (_, response) => response.writeHead(202).write("{")],
    ["no answer", () => {}],
    ["a page of a proxy", (_, response) => response.writeHead(502).end("<h1>Bad gateway</h1>")],
  ])("%s", async (_, handler) => {
    await using server = await listen(handler);
    await endsWith(3, command(server.url, [...creating, "--timeout", "700", ...once]));
    await endsWith(3, command(server.url, [...deleting, "--timeout", "700", ...once]));
    expect(server.received).toHaveLength(2);
  });
  it("standard output is full: the answer is on standard error instead", async () => {
    await using mock = await startMock();
    const script = `exec "$0" "$@" > /dev/full`;
    const child = spawn("sh", ["-c", script, process.execPath, cli, ...creating], {
      env: variables({ GEMINIDB_URL: mock.url }),
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += chunk));
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /createManualBackup was accepted, but standard output cannot be written \(ENOSPC\): \{"job_id"/,
    );
  });
});

it("3, and not 1, when the answer cannot be printed: the service has accepted it", async () => {
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  await using server = await listen((_, response) => response.writeHead(202).end(`{"job_id":"j","more":${deep}}`));
  const message = await endsWith(3, command(server.url, deleting));
  expect(message).toMatch(/deleteManualBackup was accepted, but the answer cannot be shown: RangeError/);
});

it("3, and no stack, when something breaks that nobody waits for", async () => {
  await using server = await listen(() => void child.kill("SIGUSR2"));
  const preload = "data:text/javascript,process.on('SIGUSR2', () => { throw new Error('planted') })";
  const env = variables({ GEMINIDB_URL: server.url, NODE_OPTIONS: `--import="${preload}"` });
  const { child, ended } = start(deleting, env);
  expect(await ended).toEqual({ code: 3, stdout: "", stderr: "geminidb-backup: planted\n" });
});

describe("4, credentials", () => {
  it("that the service refuses with a code that nobody knows", async () => {
    await using server = await listen((_, response) => json(response, 401, { error_code: "APIGW.9999" }));
    expect(await endsWith(4, command(server.url, deleting))).toContain("401 APIGW.9999");
  });
  it("there are none", async () => {
    const message = await endsWith(4, command(nowhere, creating, { OS_TOKEN: "" }));
    expect(message).toMatch(/credentials \(HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or .*OS_TOKEN\)\. Set them/);
  });
  it("half a pair of keys, or a key that cannot be one", async () => {
    await endsWith(4, command(nowhere, creating, { OS_TOKEN: "", HUAWEICLOUD_SDK_AK: "a" }));
    const bad = { HUAWEICLOUD_SDK_AK: "a", HUAWEICLOUD_SDK_SK: `${secret}\n` };
    expect(await endsWith(4, command(nowhere, creating, bad))).toMatch(
      /the environment: HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK: accessKey: sk must/,
    );
  });
  it("a token in the environment that cannot be one: its variable is named, and it is not shown", async () => {
    for (const given of [creating, deleting, ["rotate", "--state", "none", ...rotating]]) {
      for (const mode of [[], ["--dry-run"]]) {
        const message = await endsWith(4, command(nowhere, [...given, ...mode], { OS_TOKEN: "planted-token\r" }));
        expect(message).toMatch(/the environment: OS_TOKEN must be a text without spaces, line breaks and non-ASCII/);
        expect(message).not.toContain("planted");
      }
    }
  });
  it.each([
    ["a short one", "S3cretToken"],
    ["with slashes and dots, as in base64 and JSON Web Tokens", `eyJ/S3cret.${"A".repeat(60)}`],
    ["longer than any name of a file", `MIIF${"S3cret".repeat(100)}`],
  ])("a token in the place of its file, %s, is not shown", async (_, token) => {
    for (const given of [creating, deleting, ["rotate", "--state", "none", ...rotating]]) {
      for (const mode of [[], ["--dry-run"]]) {
        expect(await endsWith(4, command(nowhere, [...given, "--token-file", token, ...mode]))).toBe(
          "geminidb-backup: --token-file: the value is not the name of a file. Give the file that holds the token, not the token\n",
        );
      }
    }
  });
  it.each(["token.txt", "secrets/token", `/run/secrets/${"a".repeat(80)}`])(
    "a token file that does not exist is named, so that a slip shows: %s",
    async (name) => {
      const message = await endsWith(4, command(nowhere, [...deleting, "--token-file", name]));
      expect(message).toContain(`the file ${name} cannot be read: it does not exist`);
    },
  );
  it("the service does not accept them", async () => {
    await using mock = await startMock();
    mock.respond("createManualBackup", { example: "APIGW.0307" });
    await endsWith(4, command(mock.url, creating));
  });
  it("this is no cloud server with an agency", async () => {
    // This machine may be one, so the address of the metadata service is not asked.
    const metadata = vi.fn(async () => new Response("", { status: 404 }));
    using _ = vi.spyOn(globalThis, "fetch").mockImplementation(metadata);
    await endsWith(4, command(nowhere, [...creating, "--auth", "instance"]));
    expect(metadata).toHaveBeenCalledTimes(2);
  });
});

describe("75, try later", () => {
  it("the instance was busy to the end, or too much was asked", async () => {
    await using mock = await startMock();
    mock.respond("createManualBackup", { example: "DBS.200019" }, { example: "APIGW.0308" });
    await endsWith(75, command(mock.url, [...creating, ...once]));
    await endsWith(75, command(mock.url, [...creating, ...once]));
    await using proxy = await listen((_, response) => response.writeHead(429).end("slow down"));
    await endsWith(75, command(proxy.url, [...creating, ...once]));
  });
  it("the host cannot be reached", async () => {
    const server = await listen(() => {});
    await server.close();
    expect(await endsWith(75, command(server.url, [...creating, ...once]))).toContain("Nothing was sent");
  });
});

describe("standard output that nobody reads any more", () => {
  it("is no failure of a help", async () => {
    for (const args of [["--help"], ["create", "--help"], ["--version"]]) {
      const { code, stderr } = await begin(args, {}, "", { stdout: new Unwritable("EPIPE") }).ended;
      expect([code, stderr]).toEqual([0, ""]);
    }
    expect((await begin(["--help"], {}, "", { stdout: new Unwritable("ENOSPC") }).ended).code).toBe(2);
  });
  it("loses an answer like a lost connection: it is on standard error instead", async () => {
    await using mock = await startMock({ stateless: true });
    const { code, stderr } = await begin(deleting, { GEMINIDB_URL: mock.url }, "", { stdout: new Unwritable("EPIPE") })
      .ended;
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /deleteManualBackup was accepted, but standard output cannot be written \(EPIPE\): \{"job_id/,
    );
  });
});

describe("130, interrupted", () => {
  it.each<["SIGINT" | "SIGTERM", number]>([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])("a call ends at %s, and says that nothing was sent: no connection was made", async (signal, code) => {
    // The first wait is as long as can be.
    using _ = vi.spyOn(Math, "random").mockReturnValue(0.999);
    const { ended, output, signals } = begin([...creating, "--verbose"], { GEMINIDB_URL: nowhere });
    await expect.poll(output, { interval: 5 }).toContain("waiting 1.0 s");
    signals.emit(signal);
    expect((await ended).code).toBe(code);
    expect(output()).toMatch(/(interrupted|terminated)\. Nothing was sent\n$/);
    // A later signal would end the process at once.
    await expect.poll(() => signals.listenerCount(signal)).toBe(0);
  });
  it.each<[NodeJS.Signals, number, string]>([
    ["SIGINT", 130, "interrupted"],
    ["SIGTERM", 143, "terminated"],
  ])("by %s, with what is known", async (signal, code, word) => {
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await using server = await listen(() => arrived());
    const { child, ended } = start(creating, variables({ GEMINIDB_URL: server.url }));
    await arrival;
    child.kill(signal);
    // A terminal and npm may both send it.
    setTimeout(() => child.kill(signal), 3);
    const result = await ended;
    expect(result).toEqual({
      code,
      stdout: "",
      stderr: `geminidb-backup: ${word}. It may have been carried out: look before you repeat it. Look in the console for a backup with the name "nightly"\n`,
    });
  });
  it("says what is known of the attempts so far", async () => {
    const endings: [number, string][] = [
      [429, "interrupted. The service refused each attempt, so nothing was done\n"],
      [503, "interrupted. Repeating is safe\n"],
    ];
    for (const [status, message] of endings) {
      await using server = await listen((_, response) => response.writeHead(status, { "retry-after": "29" }).end());
      const { ended, output, signals } = begin([...deleting, "--verbose"], { GEMINIDB_URL: server.url });
      await expect.poll(output).toContain("waiting 29.0 s");
      expect(output()).toMatch(new RegExp(`attempt 1: ${status} after \\d+ ms\\n`));
      signals.emit("SIGINT");
      expect((await ended).code).toBe(130);
      expect(output().endsWith(message), output()).toBe(true);
    }
  });
  it("while it waits, after the service has refused", async () => {
    await using server = await listen((_, response) => response.writeHead(429, { "retry-after": "29" }).end());
    const { child, ended } = start([...creating, "--verbose"], variables({ GEMINIDB_URL: server.url }));
    let told = "";
    child.stderr?.on("data", (chunk) => (told += chunk));
    await expect.poll(() => told).toContain("waiting 29.0 s");
    child.kill("SIGINT");
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain("interrupted. The service refused each attempt, so nothing was done");
  });
});
