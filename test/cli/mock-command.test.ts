/** What the command refuses, and what it prints. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { expect, it } from "vitest";
import { backupPath, instancePath, json, sendBytes, token } from "../mock/calls.js";
import { command, serveHere } from "./command.js";

const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-command-"));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

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
    /deep\.yaml (is nested too deeply|must map|is no YAML)/,
  ],
  ["a folder", ["--scenario", folder], /is not a regular file$/],
  [
    "a reply that is none",
    ["--scenario", file("reply.yaml", "deleteManualBackup: [{ exmaple: x }]")],
    /no key exmaple\. Did you mean example\?/,
  ],
  [
    "control characters",
    ["--scenario", file("steer.yaml", 'deleteManualBackup: [{ "\\u001b[2J\\u202e": 1 }]')],
    /no key \?\[2J\?/,
  ],
  ["a share", ["--chaos", "2"], /--chaos must be a share from 0 to 1, not "2"/],
  ["a seed alone", ["--seed", "2"], /--seed repeats the faults of --chaos, which is missing/],
  ["a certificate alone", ["--cert", "x"], /--cert and --key are needed together/],
  [
    "a certificate that is not there",
    ["--cert", "gone.pem", "--key", "gone.pem"],
    /--cert: the file gone\.pem cannot be read/,
  ],
  ["a host that is empty", ["--host", ""], /host must be an address/],
  [
    "an archive that cannot be written",
    ["--har", join(folder, "no/folder.har")],
    /the HTTP Archive .* cannot be written/,
  ],
])("refuses in one sentence: %s", async (_, args, message) => {
  const { code, stdout, stderr } = await command("", ["mock", "--port", "0", ...args]);
  // An archive that cannot be written is a fault of the disk, and not of the usage.
  expect([code, stdout]).toEqual([args[0] === "--har" ? 1 : 2, ""]);
  expect(stderr.trim()).toMatch(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  for (const never of ["\u001b", "\u202e"]) expect(stderr).not.toContain(never);
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

it("tells the seed of its chaos, and serves https", async () => {
  const pems = await generate([{ name: "commonName", value: "localhost" }], { keySize: 2048 });
  const [cert, key] = [file("cert.pem", pems.cert), file("key.pem", pems.private)];
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
  expect(backupPath).toMatch(/^\/v3\//);
});
