/** The scripts of package.json do what the README says of them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.js";
import { rooms } from "../mutate/code/rooms.js";
import { root, run } from "../support/project.js";

const read = (name: string) => readFileSync(join(root, name), "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

/** How one script starts others: `npm run --silent build`, `run-p --silent check site`. */
const starter = /^(?:TEST_ALL=1 )?(?:npm run|npm|run-p) (?<names>[-\w: ]+)$/;

/** The commands that a script comes down to. A script fails with each of them, so nothing but `&&` may stand between two. */
function commandsOf(script: string): string[] {
  const text = scripts[script];
  if (text === undefined) throw new Error(`package.json has no script ${script}.`);
  return text.split(" && ").flatMap((command) => {
    if (/[;|&]/.test(command)) throw new Error(`The script ${script} may hide a failure: ${command}`);
    const { names } = starter.exec(command)?.groups ?? {};
    if (names === undefined) return [command];
    const others = names.split(" ").filter((name) => !name.startsWith("--"));
    return others.flatMap(commandsOf);
  });
}

describe("npm test", () => {
  it("builds, and checks what is generated, the page, the rules, the types, all tests and their traffic", () => {
    expect(commandsOf("test")).toEqual([
      ...commandsOf("build"),
      "tsx src/generate/index.ts --check",
      "tsx src/site/build.ts",
      "redocly lint --lint-config=error",
      "biome check .",
      "cspell --quiet",
      "markdownlint-cli2",
      "tsc",
      "vitest run",
      "tsx test/contract/traffic.ts",
    ]);
  });
  it("is a part of npm run test:all, at full size", () => {
    expect(scripts["test:all"]).toMatch(/^TEST_ALL=1 npm test && /);
    expect(commandsOf("test:all")).toEqual([
      ...commandsOf("test"),
      ...commandsOf("build"),
      "tsx test/runtimes/run.ts",
      ...commandsOf("build"),
      "tsx test/runtimes/managers.ts",
    ]);
  });
  it("runs every file of tests, and at full size those that take minutes", async () => {
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const { stdout, stderr } = await run(process.execPath, [vitest, "list", "--filesOnly", "--json"], {
      env: { TEST_ALL: "1" },
    });
    const listed = (JSON.parse(stdout) as { file: string }[]).map(({ file }) => file);
    const files = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:test|long)\.ts$/.test(name))
      // Those of the last release are compiled only.
      .filter((name) => !name.startsWith("compatibility/baseline"))
      .map((name) => join(root, "test", name));
    expect(listed.sort(), stderr).toEqual(files.sort());
  });
});

describe("the script", () => {
  it.each(Object.keys(scripts))(
    "%s starts programs that are installed, with files and commands that exist",
    (script) => {
      for (const command of commandsOf(script)) {
        const [program = "", ...words] = command.split(" ");
        expect(existsSync(join(root, "node_modules/.bin", program)), program).toBe(true);
        for (const word of words.filter((one) => /^\w.*\.(?:ts|json)$/.test(one)))
          expect(existsSync(join(root, word)), word).toBe(true);
        if (words[0] === "src/cli/index.ts") expect(commands.map(({ name }) => name)).toContain(words[1]);
      }
    },
  );
  it("prepack builds, so that no tarball holds an older build", () => {
    expect(commandsOf("prepack")).toEqual(commandsOf("build"));
  });
});

/** A folder with a few files of the project, where packages and programs are replaced. */
async function partOfProject(files: readonly string[], packages: readonly string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-scripts-"));
  for (const file of files) await cp(join(root, file), join(folder, file), { recursive: true });
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text, { mode: 0o755 });
  };
  await write("package.json", '{ "type": "module" }');
  await mkdir(join(folder, "node_modules"));
  for (const name of packages) await symlink(join(root, "node_modules", name), join(folder, "node_modules", name));
  return { folder, write, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

it("npm run build makes JavaScript of 2022 of whatever is newer", async () => {
  const [bundle = ""] = commandsOf("build").filter((command) => command.startsWith("esbuild "));
  const flags = bundle.split(" ").filter((word) => word.startsWith("--") && !word.startsWith("--outdir="));
  await using part = await partOfProject([]);
  await part.write("newer.ts", "export async function use(one: AsyncDisposable) { await using two = one; }");
  const esbuild = join(root, "node_modules/.bin/esbuild");
  const { stdout, stderr } = await run(esbuild, ["newer.ts", ...flags], { cwd: part.folder });
  expect(stdout, stderr).toContain("export {");
  expect(stdout).not.toContain("await using");
});

describe("npm run coverage", () => {
  it("is red below the share that the README promises, of all lines and branches that ship", async () => {
    const [, promised] = /at least (\d+) %/.exec(read("README.md")) ?? [];
    expect(Number(promised)).toBeGreaterThanOrEqual(95);
    await using part = await partOfProject(["test/coverage", "test/support/project.ts"], ["tsx", "esbuild"]);
    await part.write("dist/client/index.js", "export const one = 1;");
    await mkdir(join(part.folder, "coverage/raw"), { recursive: true });
    const programs = { tsc: "mkdir dist", tsx: "", vitest: "mkdir -p coverage/raw", c8: 'printf "%s\\n" "$@"; exit 1' };
    for (const [name, script] of Object.entries(programs))
      await part.write(`programs/${name}`, `#!/bin/sh\n${script}\n`);
    const { code, stdout, stderr } = await run(process.execPath, ["--import", "tsx", "test/coverage/run.ts"], {
      cwd: part.folder,
      env: { PATH: `${part.folder}/programs:${process.env.PATH}` },
    });
    expect(code, stderr).toBe(1);
    const words = stdout.split("\n");
    const behind = (flag: string) => words.filter((_, index) => words[index - 1] === flag);
    expect(words).toEqual(expect.arrayContaining(["--all", "--check-coverage"]));
    for (const flag of ["--lines", "--branches"]) expect(behind(flag)).toEqual([promised]);
    expect(behind("--include")).toEqual(["src/**/*.ts"]);
    for (const pattern of behind("--exclude")) {
      expect(pattern).toMatch(/^src\/(?:site|release|generate)\//);
      expect(stdout).toContain(`Not counted: ${pattern} `);
    }
  });
});

describe("npm run mutate:code", () => {
  it("asks for a score of 85 % of the client, and of 75 % of the other rooms that callers run", () => {
    for (const [room, least] of Object.entries({ client: 85, cli: 75, mock: 75 }))
      expect(rooms[room]?.threshold, room).toBeGreaterThanOrEqual(least);
  });
  it("changes every file of a room, and is red below its score", async () => {
    await using part = await partOfProject(["test/mutate/code", "test/support/project.ts"], ["tsx", "esbuild", "yaml"]);
    const fake = `import { mkdirSync, writeFileSync } from "node:fs";
export class Stryker {
  constructor(options) { this.options = options; }
  async runMutationTest() {
    console.log(JSON.stringify(this.options));
    mkdirSync("coverage");
    writeFileSync("coverage/mutants-client.json", '{ "files": {} }');
  }
}`;
    await part.write("node_modules/@stryker-mutator/core/index.js", fake);
    await part.write("node_modules/@stryker-mutator/core/package.json", '{ "type": "module", "main": "index.js" }');
    const { stdout, stderr } = await run(process.execPath, ["--import", "tsx", "test/mutate/code/run.ts", "client"], {
      cwd: part.folder,
    });
    const [options = ""] = stdout.split("\n");
    expect(options, stderr).not.toBe("");
    expect(JSON.parse(options)).toMatchObject({
      mutate: ["src/client/**/*.ts"],
      thresholds: { break: rooms.client?.threshold },
    });
  });
});
