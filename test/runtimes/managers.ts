/**
 * `npm run test:managers`: installs the packed tarball with each package manager, into a CommonJS project as `npm init -y` makes
 * it, runs the first sample of the README there against a mock, starts the package's own mock, and the command. The package managers come
 * from npm and are installed into a temporary folder. Names choose some: `-- pnpm bun`.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "geminidb-backup/mock";
import { readManifest } from "../../src/release/manifest.js";
import { pack, packedFiles } from "../../src/release/pack.js";
import { root, run } from "../support/project.js";

interface Manager {
  /** What npm installs to have it. */
  readonly from: string;
  /** The program, below `node_modules`. Node runs those in JavaScript. */
  readonly program: string;
  readonly files?: Readonly<Record<string, string>>;
  /** The arguments that install packages, before their names. */
  readonly add: readonly string[];
  /** The arguments that run a file of the project, before its name. */
  readonly script: readonly string[];
  /** The arguments that run the command, before its own. */
  readonly command: readonly string[];
}

const yarn4 = {
  from: "@yarnpkg/cli-dist@4.18.1",
  program: "@yarnpkg/cli-dist/bin/yarn.js",
  add: ["add"],
  script: ["node"],
  command: ["run"],
};
/** Yarn 4 looks for a project in the folders above, unless there is a lock file. */
const yarn4Files = (settings: string) => ({ "yarn.lock": "", ".yarnrc.yml": `enableTelemetry: false\n${settings}\n` });
const managers: Record<string, Manager> = {
  npm: {
    from: "npm@11.21.2",
    program: "npm/bin/npm-cli.js",
    add: ["install"],
    script: ["exec", "--", "node"],
    command: ["exec", "--"],
  },
  pnpm: {
    from: "pnpm@10.34.9",
    program: "pnpm/bin/pnpm.cjs",
    add: ["add"],
    script: ["exec", "node"],
    command: ["exec"],
  },
  "yarn-1": {
    from: "yarn@1.22.22",
    program: "yarn/bin/yarn.js",
    // Parts of Prism say that they need Node 24. What the mock uses of them runs on Node 20, but Yarn 1 takes that as an error.
    add: ["add", "--ignore-engines"],
    script: ["--silent", "node"],
    command: ["--silent", "run"],
  },
  "yarn-4": { ...yarn4, files: yarn4Files("nodeLinker: node-modules") },
  // Node finds no ES module in the archives of Plug'n'Play without the loader. Yarn adds it to projects of ES modules only.
  "yarn-4-pnp": { ...yarn4, files: yarn4Files("nodeLinker: pnp\npnpEnableEsmLoader: true") },
  bun: {
    from: "@oven/bun-linux-x64@1.4.5",
    program: "@oven/bun-linux-x64/bin/bun",
    add: ["add"],
    script: ["run"],
    command: ["run", "--bun"],
  },
};

/** A create, answered by the mock of the installed package. */
const mockScript = `
import { createClient } from "geminidb-backup";
import { startMock } from "geminidb-backup/mock";
const mock = await startMock();
const client = createClient({ baseUrl: mock.url, project_id: "p", auth: "any" });
const { backup_id } = await client.createManualBackup({ instance_id: "i", name: "nightly", description: "" });
console.log("mock made", backup_id);
await mock.close();
`;

const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-managers-"));
const manifest = await readManifest();
const peer = `@stoplight/prism-http@${manifest.peerDependencies?.["@stoplight/prism-http"]}`;
const mock = await startMock();
const env = {
  GEMINIDB_URL: mock.url,
  GEMINIDB_INSTANCE_ID: "my-instance",
  HUAWEICLOUD_SDK_AK: "an-access-key",
  HUAWEICLOUD_SDK_SK: "a-secret-key",
  HUAWEICLOUD_SDK_PROJECT_ID: "my-project",
  HUAWEICLOUD_SDK_REGION: "ap-southeast-1",
};
const chosen = process.argv.slice(2);
const tarball = await pack(manifest, await packedFiles(), folder);

for (const [name, manager] of Object.entries(managers)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  mock.reset();
  const result = await tryIt(name, manager).then(
    () => "ok",
    (error: Error) => `FAILED ${error.message}`,
  );
  if (result !== "ok") process.exitCode = 1;
  console.log(`${name.padEnd(12)} ${result}`);
}
await mock.close();
await rm(folder, { recursive: true });

/** @throws {Error} that tells what does not work */
async function tryIt(name: string, manager: Manager): Promise<void> {
  const tools = join(folder, `${name}-tools`);
  await mkdir(tools);
  await writeFile(join(tools, "package.json"), '{ "private": true }');
  await succeed("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", manager.from], tools);
  const program = join(tools, "node_modules", manager.program);
  const project = join(folder, name);
  const manage = (...args: string[]) =>
    program.endsWith("js") ? succeed(process.execPath, [program, ...args], project) : succeed(program, args, project);

  await mkdir(project);
  await succeed("npm", ["init", "-y"], project);
  for (const [file, text] of Object.entries(manager.files ?? {})) await writeFile(join(project, file), text);
  await cp(tarball, join(project, "geminidb-backup.tgz"));
  await writeFile(join(project, "sample.mjs"), await firstSample());
  await writeFile(join(project, "mock.mjs"), mockScript);

  await manage(...manager.add, "./geminidb-backup.tgz");
  await manage(...manager.add, peer);
  expectText(await manage(...manager.script, "sample.mjs"), "created ");
  expectText(await manage(...manager.script, "mock.mjs"), "mock made ");
  expectText(await manage(...manager.command, "geminidb-backup", "--help"), "Usage");
}

/** The first sample of the README, as it is. */
async function firstSample(): Promise<string> {
  const readme = await readFile(join(root, "README.md"), "utf8");
  return readme.split("```ts\n")[1]?.split("```")[0] ?? "";
}

function expectText(output: string, part: string): void {
  if (!output.includes(part)) throw new Error(`printed ${JSON.stringify(output)}, without "${part}"`);
}

async function succeed(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, stderr } = await run(command, [...args], { cwd, env, timeout: 300_000 });
  if (code !== 0) throw new Error(`${args.slice(-2).join(" ")}: ${`${stderr}${stdout}`.slice(0, 2000)}`);
  return stdout;
}
