import { mkdtempSync } from "node:fs";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import typescript from "typescript/package.json" with { type: "json" };
import { beforeAll, describe, expect, it } from "vitest";
import { readManifest } from "../../src/release/manifest.js";
import { pack, packedFiles } from "../../src/release/pack.js";
import { root, run } from "../support/project.js";
import { isFullRun } from "../support/scale.js";

const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-package-"));
const bin = (name: string) => join(root, "node_modules", name);
let tarball = "";
const projectTypeScript = typescript.version;

const use = `
import { createClient, passwordToken, accessKey, ApiError, ValidationError, type ErrorCode, type Region, type paths, type components } from "geminidb-backup";
import { startMock, type Mock, type Reply } from "geminidb-backup/mock";
export const region: Region = "eu-west-101";
export const code: ErrorCode = "DBS.201214";
export type Body = components["schemas"]["CreateManualBackupRequest"];
export type Path = keyof paths;
export async function main(mock: Mock, reply: Reply): Promise<string> {
  const client = createClient({ baseUrl: mock.url, project_id: "p", auth: passwordToken({ username: "u", password: "p", domain: "d", project: "p", region }) });
  mock.respond("deleteManualBackup", reply);
  try {
    const { backup_id } = await client.createManualBackup({ instance_id: "i", name: "nightly", description: "" });
    await client.deleteManualBackup({ backup_id });
    return backup_id;
  } catch (error) {
    if (ApiError.is(error)) return error.code ?? String(error.status);
    if (error instanceof ValidationError) return error.issues.map(({ path }) => path).join();
    throw error;
  }
}
export const signer = accessKey({ ak: "a", sk: "s" });
export const start: typeof startMock = startMock;
`;

/** A function that shows what a module could change while it is loaded: globals, what they hold, and what the process waits for. */
const look = `function look() {
  const known = ["Object", "Array", "Function", "String", "RegExp", "Map", "Error", "Date", "Request", "Response", "Headers"];
  const holders = [globalThis, console, process, process.env, JSON, Math];
  for (const name of known) holders.push(globalThis[name], globalThis[name].prototype);
  const resources = process.getActiveResourcesInfo().filter((kind) => /Timeout|Immediate|TCP|Port/.test(kind));
  return JSON.stringify([holders.map((holder) => Reflect.ownKeys(holder).map(String)), process.eventNames(), resources]);
}`;

beforeAll(async () => {
  tarball = await pack(await readManifest(), await packedFiles(), folder);
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  const installed = await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], {
    cwd: folder,
  });
  expect(installed.code, installed.stderr).toBe(0);
}, 120_000);

/** Puts a TypeScript beside the package. The project's own needs no download. */
async function provideCompiler(version: string): Promise<void> {
  if (version === projectTypeScript) {
    await mkdir(join(folder, "node_modules/@types"), { recursive: true });
    for (const name of ["typescript", "@types/node", "undici-types"])
      await symlink(bin(name), join(folder, "node_modules", name));
    return;
  }
  const packages = [tarball, `typescript@${version}`, "@types/node@20"];
  const installed = await run(
    "npm",
    ["install", "--prefer-offline", "--no-audit", "--no-fund", "--no-save", ...packages],
    { cwd: folder },
  );
  expect(installed.code, installed.stderr).toBe(0);
}

describe("the packed tarball in an empty project", () => {
  it("brings two packages along, openapi-fetch and its types", async () => {
    const lock = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8")) as {
      packages: Record<string, unknown>;
    };
    expect(Object.keys(lock.packages).filter(Boolean).sort()).toEqual([
      "node_modules/geminidb-backup",
      "node_modules/openapi-fetch",
      "node_modules/openapi-typescript-helpers",
    ]);
  });

  it("holds what runs, the spec and the texts, and nothing of the generator or the tests", async () => {
    const files = (await readdir(join(folder, "node_modules/geminidb-backup"), { recursive: true })).filter((name) =>
      /\.\w+$|LICENSE/.test(name),
    );
    expect(
      files.filter((name) => /^(src|test|openapi)\//.test(name) || /generate/.test(name.replace(/^generated\//, ""))),
    ).toEqual([]);
    for (const name of [
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "docs/decisions.md",
      "docs/guides/0-first-call.md",
      "generated/openapi.json",
      "dist/client/index.js",
      "dist/cli/index.js",
    ])
      expect(files).toContain(name);
  });

  it("loads by import and by require, and the client without anything of Node", async () => {
    for (const [type, script] of [
      ["module", 'import { createClient } from "geminidb-backup"; console.log(typeof createClient)'],
      ["commonjs", 'const { createClient } = require("geminidb-backup"); console.log(typeof createClient)'],
    ]) {
      const { stdout, stderr } = await run(process.execPath, [`--input-type=${type}`, "-e", script ?? ""], {
        cwd: folder,
      });
      expect(stdout.trim(), stderr).toBe("function");
    }
    const files = await readdir(join(folder, "node_modules/geminidb-backup/dist/client"), { recursive: true });
    for (const name of files.filter((file) => file.endsWith(".js"))) {
      const text = await readFile(join(folder, "node_modules/geminidb-backup/dist/client", name), "utf8");
      expect(text, name).not.toMatch(/from "node:|[^_]require\(|\beval\(|new Function/);
    }
  });

  it("says in one sentence that the mock needs Prism, where Prism is not installed", async () => {
    const { code, stderr } = await run(process.execPath, ["node_modules/.bin/geminidb-backup", "mock", "--port", "0"], {
      cwd: folder,
    });
    expect(code).toBe(1);
    expect(stderr).toBe(
      "geminidb-backup: the mock needs Prism's validators: npm install --save-dev @stoplight/prism-http@5.12.0. Install it where geminidb-backup is installed: with --global in place of --save-dev, if that is global\n",
    );
  });

  it.each([
    ["ts", "only its types are imported", 'import type { paths } from "geminidb-backup"; export type X = paths;'],
    ["js", "nothing of it is used", 'import { createClient } from "geminidb-backup"; import "geminidb-backup/rotate";'],
  ] as const)("costs nothing at run time in a bundle of %s where %s", async (loader, _, contents) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: folder, loader },
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      logLevel: "silent",
    });
    expect(outputFiles[0]?.text.trim()).toBe("");
  });

  // `sideEffects: false` in package.json promises it: a bundler may leave a module out.
  it.each(["geminidb-backup", "geminidb-backup/rotate", "geminidb-backup/mock"])(
    "loading %s changes nothing in its process",
    async (name) => {
      const script = `${look} const before = look(); await import("${name}"); console.log(before + "\\n" + look());`;
      const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: root });
      const [before, after] = stdout.trim().split("\n");
      expect(before, stderr).toContain("structuredClone");
      expect(after, stderr).toBe(before);
    },
  );

  it("satisfies publint and attw", async () => {
    const lint = await run(process.execPath, [
      bin("publint/src/cli.js"),
      "--strict",
      join(folder, "node_modules/geminidb-backup"),
    ]);
    expect(lint, lint.stdout).toMatchObject({ code: 0 });
    const types = await run(process.execPath, [
      bin("@arethetypeswrong/cli/dist/index.js"),
      tarball,
      "--profile",
      "esm-only",
      "--no-emoji",
    ]);
    // It ends with 1 for any problem that an ES module can have.
    expect(types, types.stdout).toMatchObject({ code: 0 });
  });
});

describe("its types", () => {
  it.each(isFullRun ? [projectTypeScript, "5.4.5", "7.0.2"] : [projectTypeScript])(
    "compile under TypeScript %s, strict, libraries checked too",
    async (version) => {
      await provideCompiler(version);
      await writeFile(join(folder, "use.ts"), use);
      const { stdout, code } = await run(
        process.execPath,
        [
          "node_modules/typescript/bin/tsc",
          "--noEmit",
          "--strict",
          "--exactOptionalPropertyTypes",
          "--skipLibCheck",
          "false",
          "--target",
          "ES2022",
          "--module",
          "NodeNext",
          "--lib",
          "ES2022,ESNext.Disposable,DOM,DOM.Iterable",
          "--types",
          "node",
          "use.ts",
        ],
        { cwd: folder },
      );
      expect(stdout).toBe("");
      expect(code).toBe(0);
    },
  );
});
