/** How the mock gets into a project, and out of a process. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { connect, type Socket, type TcpNetConnectOpts } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { createClient } from "geminidb-backup";
import { type ServerOptions, startMock } from "geminidb-backup/mock";
import { generate } from "selfsigned";
import { expect, it } from "vitest";
import { catalogue } from "../../generated/catalogue.js";
import { pause } from "../support/pause.js";
import { root, run } from "../support/project.js";
import { backupPath, token } from "./calls.js";

const node = (script: string, type = "module", more: string[] = []) =>
  run(process.execPath, [...more, `--input-type=${type}`, "-e", script], {
    cwd: root,
    env: { NODE_OPTIONS: "" },
    timeout: 20_000,
  });

it("can be required, and Prism is still whole for others in the process", async () => {
  const { stdout, stderr } = await node(
    `const { startMock } = require("geminidb-backup/mock");
     startMock().then(async (mock) => {
       const { getHttpOperationsFromSpec } = require("@stoplight/prism-http");
       console.log((await getHttpOperationsFromSpec("generated/openapi.json")).length, typeof require("@faker-js/faker").faker);
       await mock.close();
     });`,
    "commonjs",
  );
  expect(stdout, stderr).toBe(`${catalogue.operations.length} object\n`);
});

it("ends with the process where unref is true, although close() was forgotten", async () => {
  const script = (options: string) =>
    `import { startMock } from "geminidb-backup/mock";
     const mock = await startMock(${options});
     const answer = await fetch(mock.url + "${backupPath}", { method: "DELETE", headers: { "x-auth-token": "any" } });
     console.log(answer.status, (await answer.json()).job_id.length);`;
  const ended = await node(script("{ unref: true }"));
  expect(ended.stdout, ended.stderr).toBe("202 36\n");
  expect(ended.code).toBe(0);
  const kept = spawn(process.execPath, ["--input-type=module", "-e", script("{}")], { cwd: root });
  const [printed] = await once(kept.stdout, "data");
  expect(String(printed)).toBe("202 36\n");
  await pause(500);
  expect(kept.exitCode).toBeNull();
  kept.kill();
});

it("ends with the process where unref is true, also while an answer waits or drips", async () => {
  const script = `import { spawn } from "node:child_process";
     import { startMock } from "geminidb-backup/mock";
     const mock = await startMock({ unref: true });
     mock.respond("deleteManualBackup", { delay: 60_000 }, { fault: "drip", example: "DBS.200019" });
     const call = \`fetch("\${mock.url}${backupPath}", { method: "DELETE", headers: { "x-auth-token": "a" } }).then((answer) => answer.text())\`;
     const callers = [1, 2].map(() => spawn(process.execPath, ["-e", call], { stdio: "ignore" }));
     const look = setInterval(() => {
       if (mock.requests.filter(({ answer }) => answer !== "pending").length < 2) return;
       clearInterval(look);
       for (const caller of callers) caller.unref();
       process.on("exit", () => callers.forEach((caller) => caller.kill()));
       console.log("ended");
     }, 5);`;
  const { stdout, stderr, code } = await node(script);
  expect([code, stdout], stderr).toEqual([0, "ended\n"]);
});

it("keeps the process while a call of mock.fetch is under way, as a socket would", async () => {
  const { stdout, stderr, code } = await node(
    `import { createMock } from "geminidb-backup/mock";
     const mock = createMock();
     mock.respond("deleteManualBackup", { fault: "hang", done: false }, { delay: 300 });
     const send = (signal) => mock.fetch(mock.url + "${backupPath}", { method: "DELETE", headers: { "x-auth-token": "a" }, signal });
     const { name } = await send(AbortSignal.timeout(300)).catch((error) => error);
     console.log(name, (await send()).status);`,
  );
  expect([code, stdout], stderr).toEqual([0, "TimeoutError 202\n"]);
});

it.each([
  ["a time limit", "AbortSignal.timeout(300)"],
  [
    "a controller",
    "(() => { const end = new AbortController(); setTimeout(() => end.abort(), 300); return end.signal; })()",
  ],
])(
  "lets %s end a call of mock.fetch that hangs, although nothing but the call refers to the mock",
  async (_, signal) => {
    const { stdout, stderr, code } = await node(
      `import { createMock } from "geminidb-backup/mock";
     const call = async () => {
       const mock = createMock();
       mock.respond("deleteManualBackup", { fault: "hang" });
       await mock.fetch(mock.url + "${backupPath}", { method: "DELETE", headers: { "x-auth-token": "a" }, signal: ${signal} })
         .catch(({ name }) => console.log(name));
     };
     call();
     setTimeout(gc, 100);`,
      "module",
      ["--expose-gc"],
    );
    expect([code, stdout], stderr).toEqual([0, expect.stringMatching(/^(Timeout|Abort)Error\n$/)]);
  },
);

it("is ready when it says so: nothing is loaded for the first request any more", async () => {
  const { stdout, stderr } = await node(
    `import { createRequire } from "node:module";
     import { startMock } from "geminidb-backup/mock";
     const mock = await startMock();
     const { cache } = createRequire(import.meta.url);
     const loaded = Object.keys(cache).length;
     const send = (method, path, body) => fetch(mock.url + path, { method, body, headers: { "x-auth-token": "any", "content-type": "application/json" } });
     console.log((await send("POST", "/v3/p/instances/i/backups", '{"name":"nightly","description":""}')).status);
     console.log((await send("DELETE", "${backupPath}")).status);
     console.log(Object.keys(cache).length - loaded);
     await mock.close();`,
  );
  expect(stdout, stderr).toBe("202\n202\n0\n");
});

it("starts a second mock in a process for less than a tenth of the first", async () => {
  const { stdout, stderr } = await node(
    `import { startMock } from "geminidb-backup/mock";
     const cost = async () => {
       const before = process.cpuUsage();
       await (await startMock()).close();
       const { user, system } = process.cpuUsage(before);
       return user + system;
     };
     const first = await cost();
     await cost();
     console.log(await cost() < first / 10);`,
  );
  expect(stdout, stderr).toBe("true\n");
});

const pems = await generate([{ name: "commonName", value: "localhost" }], { keySize: 2048 });

// Only there can a client choose among the addresses of this machine without a setup.
it.skipIf(process.platform !== "linux").each<[string, ServerOptions, (to: TcpNetConnectOpts) => Socket]>([
  ["http", {}, (to) => connect(to)],
  [
    "https",
    { tls: { cert: pems.cert, key: pems.private } },
    (to) => connectTls({ ...to, rejectUnauthorized: false } as ConnectionOptions),
  ],
])(
  "resets the connection that asked for it, not one with the same port at another address: %s",
  async (_, options, open) => {
    await using mock = await startMock(options);
    mock.respond("deleteManualBackup", { fault: "reset" });
    const to = { host: "127.0.0.1", port: Number(new URL(mock.url).port) };
    const bystander = open({ ...to, localAddress: "127.0.0.2" });
    bystander.on("error", () => {});
    await once(bystander, options.tls ? "secureConnect" : "connect");
    const { localPort } = bystander;
    if (localPort === undefined) throw new Error("the socket is connected");
    const asking = open({ ...to, localAddress: "127.0.0.3", localPort });
    asking.write(`DELETE ${backupPath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\n\r\n`);
    const [error] = await once(asking, "error", { signal: AbortSignal.timeout(5000) }).catch((reason) => [reason]);
    expect(error.code).toBe("ECONNRESET");
    expect(bystander.destroyed).toBe(false);
    bystander.destroy();
  },
);

it("speaks https with a certificate, resets included", async () => {
  await using mock = await startMock({ tls: { cert: pems.cert, key: pems.private } });
  expect(mock.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const send = () =>
    new Promise<number | string | undefined>((resolve) => {
      const { port } = new URL(mock.url);
      const sent = request({
        host: "127.0.0.1",
        port,
        path: backupPath,
        method: "DELETE",
        headers: token,
        ca: pems.cert,
        checkServerIdentity: () => undefined,
        agent: false,
      });
      sent.on("response", (answer) => resolve(answer.resume().statusCode));
      sent.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
      sent.end();
    });
  mock.respond("deleteManualBackup", { fault: "reset", done: false });
  expect([await send(), await send()]).toEqual(["ECONNRESET", 202]);
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["reset", "202"]);
});

it("compiles in a project without the names of a browser, libraries checked too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-types-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/geminidb-backup"));
  symlinkSync(join(root, "node_modules/@types"), join(folder, "node_modules/@types"));
  const code = `import { createClient } from "geminidb-backup";
    import { createMock } from "geminidb-backup/mock";
    const { url, fetch } = createMock();
    export const client = createClient({ baseUrl: url, fetch, auth: "any", headers: { "x-app": "test" } });\n`;
  writeFileSync(join(folder, "use.mts"), code);
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options =
    "--noEmit --strict --skipLibCheck false --module NodeNext --lib ES2022,ESNext.Disposable --types node";
  const { stdout, stderr } = await run(process.execPath, [tsc, ...options.split(" "), "use.mts"], { cwd: folder });
  expect(stdout + stderr).toBe("");
});

it("is used by the client without a port", async () => {
  const { createMock } = await import("geminidb-backup/mock");
  const mock = createMock();
  const client = createClient({ baseUrl: mock.url, fetch: mock.fetch, project_id: "p", auth: "a-token", retries: 0 });
  const { backup_id } = await client.createManualBackup({ instance_id: "i", name: "nightly", description: "" });
  mock.respond("deleteManualBackup", { fault: "hang", done: false }, { fault: "reset", done: false }, { fault: "cut" });
  await expect(client.deleteManualBackup({ backup_id }, { timeout: 100 })).rejects.toMatchObject({
    name: "TimeoutError",
  });
  await expect(client.deleteManualBackup({ backup_id })).rejects.toMatchObject({ name: "ConnectionError" });
  await expect(client.deleteManualBackup({ backup_id })).rejects.toMatchObject({ name: "ConnectionError" });
});
