/** The programs that serve the site on this machine. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import { serveDocs } from "../../src/site/serve.js";
import { copyProject, root, runTsx } from "../support/project.js";

it("a port in use is one sentence", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const { code, stderr } = await runTsx("src/site/serve.ts", "--port", String(port));
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^Port \d+ is in use\. Choose another, or any that is free: .*--port 0\n$/),
  });
  other.close();
});

it("an option without its value is one line", async () => {
  const { code, stderr } = await runTsx("src/site/serve.ts", "--port", "--check");
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "docs: Option '--port' argument is ambiguous. The only option is --port.\n",
  });
});

it("npm run dev on a port in use is one sentence, and starts nothing", async () => {
  const other = createServer().listen(4011, "127.0.0.1");
  // Somebody may be developing on this machine: then the port is in use all the same.
  await Promise.race([once(other, "listening"), once(other, "error")]);
  const { code, stderr, stdout } = await runTsx("src/site/dev.ts");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(
    /^Port 4011 is in use, perhaps by another `npm run dev` or `npm run docs`\. End that first\.\n$/,
  );
  other.close();
});

/** What `npm run dev` starts through tsx says its name and its process. The mock stays, the others end. */
const fakeTsx = `const [, , script, ...args] = process.argv;
const name = script.split("/src/")[1];
console.log([name, ...args, process.pid].join(" "));
if (name === "cli/index.ts") setInterval(() => {}, 1000);`;

it("npm run dev makes everything again after each change, and starts the mock with it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-dev-"));
  const write = async (name: string, text = "") => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  for (const name of ["src/site/dev.ts", "src/shared/problem.ts", "src/tools/project.ts", "src/tools/script.ts"])
    await write(name, await readFile(join(root, name), "utf8"));
  await write(
    "src/site/serve.ts",
    "export const docsPort = 4011;\nexport class PortInUse {}\nexport async function serveDocs() {}",
  );
  await write("package.json", '{ "type": "module" }');
  await write("node_modules/tsx/dist/cli.mjs", fakeTsx);
  for (const name of ["openapi/openapi.yaml", "docs/guides/some.md"]) await write(name);
  const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/loader.mjs")).href;
  const child = spawn(process.execPath, ["--import", tsx, "src/site/dev.ts"], { cwd: folder });
  onTestFinished(() => void child.kill());
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const round = ["generate/index.ts", "site/build.ts", "cli/index.ts mock"];
  const started = () =>
    [...output.matchAll(/^(\w+\/\w+\.ts.*) (\d+)$/gm)].map(([, name, pid]) => ({ name, pid: Number(pid) }));
  const rounds = () => started().length / round.length;
  await expect.poll(() => output).toContain("The docs are at http://127.0.0.1:4011/.");
  await expect.poll(rounds).toBe(1);
  const sources = ["openapi/openapi.yaml", "docs/guides/some.md", "src/site/serve.ts", "CHANGELOG.md", "package.json"];
  for (const name of sources) {
    // A slow machine may see one change as two.
    const before = Math.ceil(rounds());
    await write(name, "{}");
    await expect.poll(rounds, { message: name }).toBeGreaterThanOrEqual(before + 1);
  }
  const mocks = () => started().filter((_, index) => index % round.length === 2);
  const living = () => mocks().filter(({ pid }) => isAlive(pid));
  await expect.poll(living).toEqual(mocks().slice(-1));
  for (const [index, { name }] of started().entries()) expect(name).toBe(round[index % round.length]);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  await expect.poll(living).toEqual([]);
  await rm(folder, { recursive: true });
});

/** Whether a process of this number runs. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it("npm run dev says what is missing where the first build fails, and where the docs are once it succeeds", async () => {
  await using project = await copyProject();
  // Somebody may be developing on this machine, and needs the ports of docs and mock.
  await project.edit("src/site/serve.ts", (text) => text.replace("docsPort = 4011", "docsPort = 0"));
  await project.edit("src/site/dev.ts", (text) => text.replace('"mock")', '"mock", "--port", "0")'));
  await project.edit("openapi/openapi.yaml", (text) => text.replace("paths/backup.yaml", "paths/gone.yaml"));
  const child = spawn(process.execPath, ["--import", "tsx", "src/site/dev.ts"], { cwd: project.folder });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const saying = (words: string) => vi.waitFor(() => expect(said).toContain(words), { timeout: 60_000, interval: 50 });
  try {
    await saying("The build failed, so there is no mock");
    expect(said).not.toContain("The docs are at");
    await project.edit("openapi/openapi.yaml", (text) => text.replace("paths/gone.yaml", "paths/backup.yaml"));
    await saying("The docs are at");
  } finally {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  }
}, 150_000);

it.each([
  ["--port", "x", '--port is "x"'],
  ["--prot", "1", "Unknown option '--prot'"],
])("refuses %s %s", async (flag, value, reason) => {
  const { code, stderr } = await runTsx("src/site/serve.ts", flag, value);
  expect(code).toBe(1);
  expect(stderr).toContain(reason);
  expect(stderr).not.toMatch(/\n\s+at /);
});

it("npm run docs builds, serves both pages and says where", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "src/site/serve.ts", "--port", "0"], { cwd: root });
  const [said] = await once(child.stdout, "data");
  const addresses = String(said).match(/http:\/\/127\.0\.0\.1:\d+\/(?:redoc\.html)?/g) ?? [];
  expect(addresses).toHaveLength(2);
  for (const address of addresses)
    expect(await (await fetch(address)).text()).toContain("<title>GeminiDB manual backups");
  child.kill();
});

/** The status for a target as it is: fetch would resolve the dots away. */
async function statusOfRaw(port: number, path: string): Promise<number | undefined> {
  const [response] = await once(get({ host: "127.0.0.1", port, path }), "response");
  response.resume();
  return response.statusCode;
}

it("serves nothing outside of its folder", async () => {
  const server = await serveDocs(0);
  const { port } = server.address() as { port: number };
  for (const path of ["/../../package.json", "/..%2f..%2fpackage.json", "/none.html"])
    expect(await statusOfRaw(port, path)).toBe(404);
  server.close();
});

it("listens on this machine alone, where nobody in the same network can reach it", async () => {
  const server = await serveDocs(0);
  expect((server.address() as AddressInfo).address).toBe("127.0.0.1");
  server.close();
});

it("serves no folder beside its own whose name begins alike", async () => {
  const around = await mkdtemp(join(tmpdir(), "geminidb-backup-served-"));
  for (const name of ["docs", "docs-draft"]) {
    await mkdir(join(around, name));
    await writeFile(join(around, name, "page.html"), name);
  }
  const server = await serveDocs(0, join(around, "docs"));
  const { port } = server.address() as AddressInfo;
  const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${port}/${path}`)).status;
  expect(await statusOf("page.html")).toBe(200);
  expect(await statusOf("..%2fdocs-draft/page.html")).toBe(404);
  server.close();
  await rm(around, { recursive: true });
});

it.each([
  ["", "text/html; charset=utf-8"],
  ["redoc.html", "text/html; charset=utf-8"],
  ["openapi.json", "application/json"],
  ["openapi.yaml", "application/yaml"],
  ["reference.md", "text/markdown; charset=utf-8"],
  ["llms.txt", "text/plain; charset=utf-8"],
])("serves %j as %s", async (name, type) => {
  const server = await serveDocs(0);
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/${name}`, { method: "HEAD" });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, type]);
  server.close();
});

it("serves as a static host would: compressed where that is taken, and to be read only", async () => {
  const server = await serveDocs(0);
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}/`;
  const codings = ["gzip", "br, gzip;q=0.5", "gzip;q=0", "gzip; q=0.0", "identity"];
  const answers = await Promise.all(codings.map((coding) => fetch(url, { headers: { "accept-encoding": coding } })));
  expect(answers.map(({ headers }) => headers.get("content-encoding"))).toEqual(["gzip", "gzip", null, null, null]);
  for (const answer of answers) expect(await answer.text()).toContain("<title>GeminiDB manual backups");
  for (const method of ["POST", "DELETE"]) expect((await fetch(url, { method })).status).toBe(405);
  const head = await fetch(url, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  server.close();
});
