import { mkdtempSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../generated/catalogue.js";
import { json, listen } from "../support/http.js";
import { root, run } from "../support/project.js";
import { serve, serveMock } from "../support/serve.js";
import { creating, deleting, documents, errorsOf, exampleUri } from "../support/transcript.js";
import { command, serveHere } from "./command.js";

const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-cli-"));

describe("geminidb-backup mock", () => {
  it("prints the address, and a curl line for each operation that works by copy and paste", async () => {
    await using mock = await serveMock();
    const lines = mock
      .output()
      .split("\n")
      .filter((line) => line.startsWith("curl "));
    expect(lines).toHaveLength(catalogue.operations.length);
    for (const line of lines) {
      const { stdout } = await run("bash", ["-c", `${line} -s -o /dev/null -w '%{http_code}'`]);
      expect(stdout).toMatch(/^2\d\d$/);
    }
    expect(await mock.end()).toBe(0);
  });
  it("begins without backups where that is asked for", async () => {
    await using mock = await serveHere("--control", "--no-backups");
    expect(await (await fetch(`${mock.url}/__mock/backups`)).json()).toEqual([]);
  });
  it("prints one aligned line a request, with what was wrong, and nothing that steers the terminal", async () => {
    await using mock = await serveHere();
    const send = (path: string, body: unknown) =>
      fetch(mock.url + path, {
        method: "POST",
        headers: { "x-auth-token": "planted-token", "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    await send(exampleUri(creating).path, { name: "a b", description: "\u001b[31m" });
    await send(exampleUri(creating).path, { name: "abcd", description: "", "额\u001b[2J外": 1 });
    await fetch(`${mock.url}/nowhere`);
    await expect.poll(() => mock.output()).toContain("/nowhere");
    const lines = mock
      .output()
      .split("\n")
      .filter((line) => /^\d\d:\d\d:\d\d/.test(line));
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d {2}POST {4}createManualBackup {4}400 DBS\.280277 {4}\/v3\/.*name: .*pattern/,
    );
    expect(lines[1]).toContain("额");
    expect(lines[2]).toMatch(/GET {5}- {21}404 APIGW\.0101 {4}\/nowhere$/);
    for (const never of ["planted-token", "\u001b"]) expect(mock.output()).not.toContain(never);
  });
  it("takes a scenario file, a latency and stateless answers", async () => {
    const file = join(folder, "scenario.yaml");
    await writeFile(file, "deleteManualBackup:\n  - example: DBS.200019\n  - { status: 502, html: true }\n");
    await using mock = await serveHere("--scenario", file, "--latency", "50", "--stateless");
    const send = () =>
      fetch(mock.url + exampleUri(deleting).path, { method: "DELETE", headers: { "x-auth-token": "any" } });
    const began = performance.now();
    expect((await send()).status).toBe(403);
    expect(performance.now() - began).toBeGreaterThan(45);
    expect([(await send()).status, (await send()).status, (await send()).status]).toEqual([502, 202, 202]);
  });
  it("writes the traffic as HTTP Archive as it happens, without the token", async () => {
    const file = join(folder, "traffic.har");
    await using mock = await serveHere("--har", file);
    await fetch(mock.url + exampleUri(deleting).path, {
      method: "DELETE",
      headers: { "x-auth-token": "planted-token" },
    });
    await expect.poll(async () => JSON.parse(await readFile(file, "utf8")).log.entries).toHaveLength(1);
    expect((await mock.end()).code).toBe(0);
    const text = await readFile(file, "utf8");
    expect(text).not.toContain("planted-token");
    expect(JSON.parse(text).log.entries[0]).toMatchObject({ request: { method: "DELETE" }, response: { status: 202 } });
  });
  it("says what it means to listen on every address", async () => {
    await using mock = await serveHere("--host", "0.0.0.0");
    await expect.poll(() => mock.output()).toContain("everybody who reaches this machine can use it");
  });
  it.each<[string[], RegExp]>([
    [["mock", "--port", "many"], /--port must be a whole number from 0 to 65535/],
    [["mock", "--port", "70000"], /--port must be/],
    [["mock", "--latency=-1"], /--latency must be/],
    [["mock", "--prot", "1"], /there is no flag --prot: did you mean --port\?$/m],
    [["moc"], /there is no command "moc": did you mean mock\?/],
    [[], /a command is missing/],
    [["mock", "--scenario", "gone.yaml"], /the scenario gone\.yaml cannot be read/],
    [["mock", "--scenario", join(root, "LICENSE")], /LICENSE (is not valid YAML|must map)/],
    [["mock", "--port", "0", "--scenario", "BINARY"], /the scenario .*binary\.yaml cannot be read as YAML: /],
    [["mock", "--port", "0", "--scenario", "BAD"], /deleteManualBackup has no example DBS\.1\. There are/],
  ])("says in one sentence what is wrong: %j", async (args, message) => {
    await writeFile(join(folder, "bad.yaml"), "deleteManualBackup: [{ example: DBS.1 }]\n");
    await writeFile(join(folder, "binary.yaml"), "createManualBackup:\n  - when: { name: !!binary aGFuZw== }\n");
    const { code, stdout, stderr } = await command(
      "",
      args.map((arg) => (/^(BAD|BINARY)$/.test(arg) ? join(folder, `${arg.toLowerCase()}.yaml`) : arg)),
    );
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
  it("says that a port is busy", async () => {
    await using busy = await listen((_, response) => json(response, 200, {}));
    const { code, stderr } = await command("", ["mock", "--port", String(busy.port)]);
    expect(code).toBe(1);
    expect(stderr).toBe(`geminidb-backup: port ${busy.port} on 127.0.0.1 is in use: choose another, or 0 for any\n`);
  });
  it("helps, and tells its version", async () => {
    expect((await command("", ["--help"])).stdout).toMatch(/Commands.*\bmock\b/s);
    const { stdout } = await command("", ["mock", "--help"]);
    expect(stdout).toMatch(/Usage: geminidb-backup mock.*--scenario/s);
    // The example of a scenario works as it stands.
    const example = join(folder, "example.yaml");
    await writeFile(example, stdout.split("A scenario\n")[1]?.replace(/^ {2}/gm, "") ?? "");
    await using mock = await serveHere("--scenario", example);
    const create = () =>
      fetch(mock.url + exampleUri(creating).path, {
        method: "POST",
        headers: { "x-auth-token": "any", "content-type": "application/json" },
        body: '{"name":"nightly","description":""}',
      });
    expect((await create()).status).toBe(403);
    await expect(create()).rejects.toThrow();
    // The answer was lost, but the backup is there.
    expect(await (await create()).json()).toMatchObject({ error_code: "DBS.201201" });
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    expect((await command("", ["--version"])).stdout.trim()).toBe(version);
    const { info } = JSON.parse(await readFile(join(root, "generated/openapi.json"), "utf8")) as {
      info: { version: string };
    };
    expect(info.version).toBe(version);
  });
});

it("gives the bodies that the stock command gives: prism mock generated/openapi.json", async () => {
  const stock = join(root, "node_modules/@stoplight/prism-cli/dist/index.js");
  const description = join(root, "generated/openapi.json");
  await using prism = await serve([stock, "mock", description, "--port", "0"], { ...process.env, NO_COLOR: "1" });
  await using ours = await serveHere("--stateless");
  const token = { "x-auth-token": "any" };
  const type = { "content-type": "application/json" };
  const path = { createManualBackup: exampleUri(creating).path, deleteManualBackup: exampleUri(deleting).path };
  const valid = JSON.stringify({ name: "nightly", description: "" });
  const requests: [string, RequestInit][] = [
    [path.createManualBackup, { method: "POST", headers: { ...token, ...type }, body: valid }],
    [path.deleteManualBackup, { method: "DELETE", headers: token }],
    [path.createManualBackup, { method: "POST", headers: type, body: valid }],
    [path.deleteManualBackup, { method: "DELETE" }],
    [
      path.deleteManualBackup,
      {
        method: "DELETE",
        headers: {
          authorization: `SDK-HMAC-SHA256 Access=ak, SignedHeaders=host;x-sdk-date, Signature=${"0a1b".repeat(16)}`,
          "x-sdk-date": "20260101T000000Z",
        },
      },
    ],
    [
      path.createManualBackup,
      { method: "POST", headers: { ...token, ...type }, body: JSON.stringify({ name: "nightly" }) },
    ],
    [
      path.createManualBackup,
      {
        method: "POST",
        headers: { ...token, ...type },
        body: JSON.stringify({ name: "nightly", description: "", more: 1 }),
      },
    ],
    ...documents.flatMap((document) =>
      errorsOf(document).map(({ status, code }): [string, RequestInit] => {
        const headers = { ...token, prefer: `code=${status}, example=${code}` };
        return document === creating
          ? [path.createManualBackup, { method: "POST", headers: { ...headers, ...type }, body: valid }]
          : [path.deleteManualBackup, { method: "DELETE", headers }];
      }),
    ),
  ];
  const read = async (base: string, [target, init]: [string, RequestInit]) => {
    const answer = await fetch(base + target, init);
    return {
      status: answer.status,
      type: answer.headers.get("content-type")?.split(";")[0],
      id: answer.headers.get("x-request-id"),
      body: await answer.json(),
    };
  };
  for (const request of requests)
    expect(await read(ours.url, request), JSON.stringify(request)).toEqual(await read(prism.url, request));
  expect(requests.length).toBeGreaterThan(70);
});
