/** What the command refuses, and what it prints. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { expect, it } from "vitest";
import { instancePath, json, sendBytes, token } from "../mock/calls.js";
import { run } from "../support/project.js";
import { addressIn } from "../support/serve.js";
import { begin, command, serveHere, start, variables } from "./command.js";

const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-command-"));
const file = (name: string, text: string | Buffer) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const [pems, otherPems] = await Promise.all([selfSigned(), selfSigned()]);
const [cert, key] = [file("cert.pem", pems.cert), file("key.pem", pems.private)];
const otherKey = file("other-key.pem", otherPems.private);

function selfSigned() {
  return generate([{ name: "commonName", value: "localhost" }], { keySize: 2048 });
}

const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${"bcdefghi"
  .split("")
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(", ")}]`)
  .join("\n")}\n`;

it.each<[string, string[], RegExp]>([
  ["a bomb of aliases", ["--scenario", file("bomb.yaml", bomb)], /bomb\.yaml must not use aliases$/],
  ["a huge file", ["--scenario", file("huge.yaml", "#".repeat(2 ** 20 + 1))], /huge\.yaml is larger than 1 MB$/],
  [
    "a deep one",
    ["--scenario", file("deep.yaml", `${"[".repeat(100_000)}${"]".repeat(100_000)}`)],
    /deep\.yaml (is nested too deeply|must map|is not valid YAML)/,
  ],
  ["a folder", ["--scenario", folder], /is not a regular file$/],
  [
    "a reply that is none",
    ["--scenario", file("reply.yaml", "deleteManualBackup: [{ exmaple: x }]")],
    /the scenario .*reply\.yaml: .*no key exmaple\. Did you mean example\?/,
  ],
  [
    "control characters",
    ["--scenario", file("steer.yaml", 'deleteManualBackup: [{ "\\u001b[2J\\u202e": 1 }]')],
    /no key \?\[2J\?/,
  ],
  ["a share", ["--chaos", "2"], /--chaos must have a share from 0 to 1$/],
  ["a share below none", ["--chaos=-0.5"], /--chaos must have a share from 0 to 1$/],
  ["a share that is blank", ["--chaos= "], /--chaos must have a share from 0 to 1$/],
  ["a share that is not there", ["--chaos="], /--chaos must have a share from 0 to 1$/],
  [
    "a latency that no timer takes",
    ["--latency", "2147483648"],
    /^geminidb-backup: --latency must be milliseconds, from 0 to 2147483647$/,
  ],
  ["a time to be busy that no timer takes", ["--busy-for", "2147483648"], /--busy-for must be .* to 2147483647/],
  ["a quota beyond what it remembers", ["--quota", "10001"], /--quota must be a whole number from 0 to 10000/],
  [
    "a seed of too many bits",
    ["--chaos", "1", "--seed", "4294967296"],
    /--chaos must have a seed that is .* to 4294967295$/,
  ],
  [
    "what is not a list",
    ["--scenario", file("one.yaml", "deleteManualBackup: x")],
    /one\.yaml: deleteManualBackup must have a list of replies, not "x"$/,
  ],
  [
    "a reply in place of a list",
    ["--scenario", file("reply-alone.yaml", "createManualBackup: { example: DBS.200019 }")],
    /createManualBackup must have a list of replies, not \{"example":"DBS\.200019"\}$/,
  ],
  [
    "an operation that is none",
    ["--scenario", file("operation.yaml", "x: 1")],
    /operation\.yaml: there is no operation x\. There are createManualBackup, deleteManualBackup/,
  ],
  ["a list in place of a map", ["--scenario", file("list.yaml", "- x")], /must map each operation to a list/],
  [
    "a list and a null",
    ["--scenario", file("half.yaml", "createManualBackup: [null]\ndeleteManualBackup:\n")],
    /half\.yaml: createManualBackup: reply number 0 must be a plain object, not null$/,
  ],
  ["nothing", ["--scenario", file("empty.yaml", "")], /must map each operation to a list/],
  [
    "YAML that is none, with its line",
    ["--scenario", file("bad.yaml", "a: 1\nb: [\n")],
    /bad\.yaml is not valid YAML, line 3: /,
  ],
  ["bytes that are no text", ["--scenario", file("bytes.yaml", Buffer.from([0xff]))], /bytes\.yaml is not UTF-8/],
  ["an alias in a list", ["--scenario", file("alias.yaml", "a: [&x 1, *x]")], /must not use aliases/],
  ["a seed alone", ["--seed", "2"], /--seed repeats the faults of --chaos, which is missing/],
  ["a certificate alone", ["--cert", "x"], /--cert and --key are needed together/],
  ["a key alone", ["--key", "x"], /--cert and --key are needed together/],
  ["a key that is not there", ["--cert", cert, "--key", "gone.pem"], /--key: the file gone\.pem cannot be read/],
  [
    "a certificate that is not there",
    ["--cert", "gone.pem", "--key", "gone.pem"],
    /--cert: the file gone\.pem cannot be read: it does not exist$/,
  ],
  [
    "what is not a certificate",
    ["--cert", file("no.pem", "x"), "--key", file("no-key.pem", "x")],
    /--cert: the file .*no\.pem cannot be used: .*PEM/,
  ],
  [
    "what is not a key",
    ["--cert", cert, "--key", file("no-key.pem", "x")],
    /--key: the file .*no-key\.pem cannot be used/,
  ],
  ["the key of another certificate", ["--cert", cert, "--key", otherKey], /--cert and --key together cannot be used: /],
  [
    "a key in the place of its file, which is not shown",
    ["--cert", cert, `--key=-----BEGIN PRIVATE KEY-----\\n${"S3cret/".repeat(20)}`],
    /^geminidb-backup: --key: the value is not the name of a file\. Give the file that holds the key, not the key$/,
  ],
  ["a port in another notation", ["--port", "0x10"], /--port must be a whole number from 0 to 65535$/],
  [
    "a quota that is not remembered",
    ["--stateless", "--quota", "1"],
    /--quota needs a mock that remembers backups, and with stateless it remembers none$/,
  ],
  ["what keeps nothing busy", ["--stateless", "--busy-for", "1"], /--busy-for needs a mock that remembers backups/],
  ["an archive without a name", ["--har", " "], /^geminidb-backup: --har needs the name of a file$/],
  ["a scenario without a name", ["--scenario", " "], /^geminidb-backup: --scenario needs the name of a file$/],
  ["a host that is empty", ["--host", ""], /^geminidb-backup: --host must be an address/],
  [
    "a host that is blank, beside a scenario that is right",
    ["--scenario", file("right.yaml", "deleteManualBackup: [{ fault: reset }]"), "--host", " "],
    /^geminidb-backup: --host must be an address/,
  ],
  [
    "an archive that cannot be written",
    ["--har", join(folder, "no/folder.har")],
    /the HTTP Archive .* cannot be written/,
  ],
])("refuses in one sentence: %s", async (_, args, message) => {
  const port = args.includes("--port") ? [] : ["--port", "0"];
  const { code, stdout, stderr } = await command("", ["mock", ...port, ...args]);
  // An archive that cannot be written is a fault of the disk, and not of the usage.
  expect([code, stdout]).toEqual([message.source.startsWith("the HTTP Archive") ? 1 : 2, ""]);
  expect(stderr.trim()).toMatch(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  for (const never of ["\u001b", "\u202e"]) expect(stderr).not.toContain(never);
});

it("takes what the option of the library takes: without a memory it may be busy for 0 milliseconds", async () => {
  await using mock = await serveHere("--stateless", "--busy-for", "0", "--latency", "0.5");
  expect((await fetch(mock.url, { headers: token })).status).toBe(404);
});

it("prints the code of each answer, and nothing that steers a terminal or turns its direction", async () => {
  await using mock = await serveHere();
  const { url, output } = mock;
  const names = ["\u202eabc", "\u2028line", "\u0085next", "\u200bzero", "\u001b[31m", "\ud800"];
  for (const name of names) {
    await fetch(url + instancePath, {
      method: "POST",
      headers: json,
      body: JSON.stringify({ name: "abcd", description: "", [name]: 1 }),
    });
  }
  await sendBytes(url, "\u001b[2J \u0007 HTTP/1.1\r\n\r\n");
  await expect
    .poll(
      () =>
        output()
          .split("\n")
          .filter((line) => /^\d\d:/.test(line)).length,
    )
    .toBe(names.length + 1);
  expect(output()).toContain("400 DBS.200001");
  expect(output().replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

it("says nothing of chaos where there is none, and nothing of other machines while it listens on this one", async () => {
  for (const args of [[], ["--host", "localhost"]]) {
    await using mock = await serveHere(...args);
    const [introduction, next] = mock.output().split("\n");
    expect(introduction).toContain(": mock at http");
    expect(next).toBe("");
  }
});

it("tells the seed of its chaos, and serves https", async () => {
  await using mock = await serveHere("--chaos", "1", "--seed", "7", "--cert", cert, "--key", key);
  const { url, output } = mock;
  await expect.poll(output).toContain("--seed 7 repeats them");
  expect(url).toMatch(/^https:/);
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    const { port } = new URL(url);
    const options = {
      host: "127.0.0.1",
      port,
      path: "/nowhere",
      headers: token,
      ca: readFileSync(cert),
      checkServerIdentity: () => undefined,
    };
    request(options, (response) => resolve(response.resume().statusCode))
      .on("error", reject)
      .end();
  });
  expect(answer).toBe(404);
});

it("prints curl lines that trust its certificate, whatever the name of the file is", async () => {
  const altNames = [{ type: 7 as const, ip: "127.0.0.1" }];
  const { cert: pem, private: privateKey } = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    keySize: 2048,
    extensions: [{ name: "subjectAltName", altNames }],
  });
  const certFile = file("it's mine.pem", pem);
  await using mock = await serveHere("--cert", certFile, "--key", file("its-key.pem", privateKey));
  const lines = mock.output().match(/^curl .*/gm) ?? [];
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    const { stdout } = await run("bash", ["-c", `${line} -s -o /dev/null -w '%{http_code}'`]);
    expect(stdout, line).toMatch(/^2\d\d$/);
  }
});

it("passes on what keeps an instance busy, what fills an account, and the control interface", async () => {
  await using mock = await serveHere("--busy-for", "60000", "--quota", "1", "--control");
  const create = async (path = instancePath) => {
    const init = { method: "POST", headers: json, body: '{"name":"nightly","description":""}' };
    return (await (await fetch(mock.url + path, init)).json()).error_code;
  };
  // The one that is there from the start fills the account of its project.
  expect(await create()).toBe("DBS.280042");
  const elsewhere = "/v3/other/instances/i/backups";
  expect([await create(elsewhere), await create(elsewhere)]).toEqual([undefined, "DBS.200019"]);
  expect((await fetch(`${mock.url}/__mock/health`)).status).toBe(200);
  await using plain = await serveHere();
  expect((await fetch(`${plain.url}/__mock/health`)).status).toBe(404);
});

it("goes on serving when nobody reads what it prints any more", async () => {
  const { child, ended } = start(["mock", "--port", "0"], variables());
  let told = "";
  child.stdout?.on("data", (chunk) => (told += chunk));
  await expect.poll(() => addressIn(told), { timeout: 20_000 }).toBeDefined();
  child.stdout?.destroy();
  for (let request = 1; request <= 3; request++) {
    expect((await fetch(`${addressIn(told)}/nowhere`)).status).toBe(404);
  }
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
});

it("listens on port 4010 unless told otherwise, and on this machine only", async () => {
  const { ended, output, signals } = begin(["mock"]);
  await expect.poll(output).toMatch(/is in use|ready in/);
  signals.emit("SIGTERM");
  const { code, stdout, stderr } = await ended;
  // Somebody else may use it here and now.
  if (code === 0) expect(stdout).toMatch(/mock at http:\/\/127\.0\.0\.1:4010, ready in \d+ ms\. Ctrl-C ends it\.\n/);
  else expect(stderr).toContain("port 4010 on 127.0.0.1 is in use");
  expect(output()).not.toContain("everybody who reaches this machine");
});

it.each(["127.0.0.1", "localhost", "::1", "::1%lo"])("does not warn of %s, which nobody else reaches", async (host) => {
  const { ended, output, signals } = begin(["mock", "--port", "0", "--host", host]);
  await expect.poll(output).toMatch(/ready in|cannot|is in use|address/);
  signals.emit("SIGINT");
  await ended;
  expect(output()).not.toContain("everybody who reaches this machine");
});
