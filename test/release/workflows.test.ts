import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { rooms } from "../mutate/code/rooms.js";
import { type Result, root, run } from "../support/project.js";

const folder = join(root, ".github", "workflows");
const workflows = readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), "utf8")]);

interface Step {
  uses?: string;
  run?: string;
  shell?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
  if?: string;
  "continue-on-error"?: unknown;
}
interface Workflow {
  on: Record<string, unknown>;
  concurrency?: Record<string, unknown>;
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}
interface Job {
  needs?: string;
  "runs-on"?: string;
  environment?: string;
  permissions?: Record<string, string>;
  uses?: string;
  steps?: Step[];
  strategy?: { matrix: { node?: number[]; room?: string[] } };
  if?: string;
  "continue-on-error"?: unknown;
}

const workflowOf = (name: string) => parse(Object.fromEntries(workflows)[name] ?? "") as Workflow;
const inputsOf = (job: Job | undefined, action: string) =>
  job?.steps?.find(({ uses }) => uses?.startsWith(`actions/${action}@`))?.with ?? {};

/** What stands for a value of GitHub while a step runs here. */
const values: Record<string, string> = {
  "github.ref_name": "v1.2.3",
  "github.repository": "somebody/geminidb-backup",
  "github.token": "any",
  "matrix.room": "client",
};

/** A folder in which the steps of a job run. */
interface Place {
  folder: string;
  /** Makes a program of this name the first on the path. Its script says what it does. */
  fake(program: string, script: string): Promise<void>;
  /** Runs the steps of a job one after the other, until one fails. */
  steps(job: Job | undefined): Promise<Result>;
  [Symbol.asyncDispose](): Promise<void>;
}

async function newPlace(variables: NodeJS.ProcessEnv = {}, cwd?: string): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-job-"));
  const programs = join(folder, "programs");
  await mkdir(programs);
  return {
    folder,
    fake: (program, script) => writeFile(join(programs, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 }),
    async steps(job) {
      let stdout = "";
      for (const { run: script, env: own = {} } of job?.steps ?? []) {
        if (script === undefined) continue;
        const filled = Object.entries(own).map(([name, text]) => [
          name,
          text.replace(/\$\{\{ ([^}]*) \}\}/g, (_, value: string) => values[value] ?? ""),
        ]);
        const env = { PATH: `${programs}:${process.env.PATH}`, ...Object.fromEntries(filled), ...variables };
        const result = await run("bash", ["-eo", "pipefail", "-c", script], { cwd: cwd ?? folder, env });
        stdout += result.stdout;
        if (result.code !== 0) return { ...result, stdout };
      }
      return { code: 0, stdout, stderr: "" };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** The jobs that may write, and what. */
const writers: Record<string, string[]> = {
  "release.yml publish": ["id-token"],
  "release.yml attach": ["contents"],
  "release.yml docs": ["pages", "id-token"],
  "pages.yml deploy": ["pages", "id-token"],
};

/** The first major version of each action that runs on Node 24: GitHub has removed the Node 20 of the ones before. */
const firstMajor: Record<string, number> = {
  "actions/checkout": 5,
  "actions/setup-node": 5,
  "actions/upload-artifact": 6,
  "actions/download-artifact": 7,
  "actions/upload-pages-artifact": 5,
  "actions/deploy-pages": 5,
};

/** What is wrong with the action of a line such as `uses: actions/checkout@… # v6.0.2`. */
function faultOfAction(line: string): string | undefined {
  const [, action = "", major] = /uses: ([\w-]+\/[\w-]+)@[0-9a-f]{40} # v(\d+)\.\d+\.\d+$/.exec(line) ?? [];
  if (major === undefined) return `not pinned: ${line.trim()}`;
  const least = firstMajor[action];
  if (least === undefined)
    return `${action} is not known to the test, which says from which version it runs on Node 24`;
  return Number(major) < least ? `${action} runs on Node 24 from version ${least} on, and this is ${major}` : undefined;
}

/** Whether a step is always done. One that uploads a report may have a condition with that meaning. */
function isAlwaysDone(part: Job | Step): boolean {
  if ("continue-on-error" in part) return false;
  if (!("if" in part)) return true;
  return part.if === "always()" && part.uses?.startsWith("actions/upload-artifact@") === true;
}

/** What is unsafe in a workflow, a sentence each. */
function faultsOf(name: string, text: string): string[] {
  const { permissions, jobs } = parse(text) as Workflow;
  const faults: string[] = [];
  for (const line of text.split("\n").filter((one) => one.includes("uses: ") && !one.includes("uses: ./"))) {
    const fault = faultOfAction(line);
    if (fault !== undefined) faults.push(fault);
  }
  if (permissions === undefined) faults.push("the workflow has every permission");
  for (const [scope, access] of Object.entries(permissions ?? {})) {
    if (access === "write") faults.push(`every job may write ${scope}`);
  }
  for (const [id, job] of Object.entries(jobs)) {
    const written = Object.entries(job.permissions ?? {}).filter(([, access]) => access === "write");
    for (const [scope] of written) {
      if (!writers[`${name} ${id}`]?.includes(scope)) faults.push(`the job ${id} may write ${scope}`);
    }
    for (const { uses, run, shell, with: inputs } of job.steps ?? []) {
      if (uses?.startsWith("actions/checkout@") && inputs?.["persist-credentials"] !== false) {
        faults.push(`the job ${id} leaves its token on the disk`);
      }
      // Only a shell that is named fails where the first command of a pipe does.
      if (/[^|]\|(?!\|)/.test(run ?? "") && shell !== "bash")
        faults.push(`the job ${id} pipes without pipefail: ${run}`);
      if (run?.includes("${{")) faults.push(`the job ${id} puts a value into a script: ${run}`);
    }
    if (job["runs-on"]?.endsWith("-latest")) faults.push(`the job ${id} runs on a system that GitHub exchanges`);
    for (const part of [job, ...(job.steps ?? [])]) {
      if (!isAlwaysDone(part)) faults.push(`the job ${id} may leave something out unseen`);
    }
  }
  return faults;
}

describe("the workflows", () => {
  it.each(workflows)("%s pins each action by its commit, and has no permission that it does not need", (name, text) => {
    expect(faultsOf(name, text)).toEqual([]);
  });

  it("are read by a check that finds what is unsafe", () => {
    const text = `
permissions: { contents: write }
jobs:
  one:
    runs-on: ubuntu-latest
    permissions: { packages: write }
    steps:
      - uses: actions/checkout@v6
      - uses: actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5
      - uses: others/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        if: always()
      - run: echo "\${{ github.ref_name }}"
      - run: one | other || third
        continue-on-error: true
`;
    expect(faultsOf("some.yml", text)).toEqual([
      "not pinned: - uses: actions/checkout@v6",
      "actions/deploy-pages runs on Node 24 from version 5 on, and this is 4",
      "others/checkout is not known to the test, which says from which version it runs on Node 24",
      "every job may write contents",
      "the job one may write packages",
      "the job one leaves its token on the disk",
      `the job one puts a value into a script: echo "\${{ github.ref_name }}"`,
      "the job one pipes without pipefail: one | other || third",
      "the job one runs on a system that GitHub exchanges",
      "the job one may leave something out unseen",
      "the job one may leave something out unseen",
    ]);
    expect(faultsOf("some.yml", "jobs: {}")).toEqual(["the workflow has every permission"]);
  });

  it.each(["test.yml", "release.yml"])("%s tests on each Node that the texts name", (name) => {
    const { test } = workflowOf(name).jobs;
    const text = (file: string) => readFileSync(join(root, file), "utf8");
    const [, tested = ""] = /it tests on Node ([^:]*?), packs/.exec(text("CONTRIBUTING.md").replace(/\s+/g, " ")) ?? [];
    const versions = (tested.match(/\d+/g) ?? []).map(Number);
    expect(test?.strategy?.matrix.node).toEqual(versions);
    expect(inputsOf(test, "setup-node")["node-version"]).toBe(`\${{ matrix.node }}`);
    const { engines } = JSON.parse(text("package.json"));
    expect(engines.node).toMatch(new RegExp(`^>=${versions[0]}\\.`));
    expect(text("README.md")).toContain(`on Node ${versions[0]} to ${versions.at(-1)}, Bun`);
  });

  it.each<[string, string, string[]]>([
    ["test.yml", "test", ["ci", "test"]],
    ["test.yml", "all", ["ci", "run test:all"]],
    ["test.yml", "coverage", ["ci", "run coverage"]],
    ["release.yml", "test", ["ci", "test"]],
    ["release.yml", "pack", ["ci --ignore-scripts", "run release -- --tag v1.2.3"]],
    ["mutate.yml", "description", ["ci", "run mutate"]],
    ["mutate.yml", "code", ["ci", "run mutate:code -- client"]],
  ])("%s: the job %s is green after %j, and red when one of them is", async (name, id, commands) => {
    const job = workflowOf(name).jobs[id];
    for (const failing of [undefined, ...commands]) {
      await using place = await newPlace({}, root);
      const log = join(place.folder, "commands");
      await place.fake("npm", `echo "$*" >> "${log}"; [ "$*" != "${failing}" ]`);
      const { code } = await place.steps(job);
      const reached = failing === undefined ? commands : commands.slice(0, commands.indexOf(failing) + 1);
      expect((await readFile(log, "utf8")).trim().split("\n")).toEqual(reached);
      expect(code === 0, failing).toBe(failing === undefined);
    }
  });

  it("start for each change, for a tag of a version, and once a week", () => {
    expect(workflowOf("test.yml").on).toEqual({ push: { branches: ["main"] }, pull_request: null });
    expect(workflowOf("release.yml").on).toEqual({ push: { tags: ["v*"] } });
    expect(workflowOf("pages.yml").on).not.toHaveProperty("push");
    expect(workflowOf("mutate.yml").on).toMatchObject({ schedule: [{ cron: expect.stringMatching(/ \* \* \d$/) }] });
  });

  it("change the code of each room that has a threshold", () => {
    expect(workflowOf("mutate.yml").jobs.code?.strategy?.matrix.room).toEqual(Object.keys(rooms));
  });

  it("keep the report of the changed code, which the script writes", () => {
    const room = `\${{ matrix.room }}`;
    const { path, name } = inputsOf(workflowOf("mutate.yml").jobs.code, "upload-artifact");
    const script = readFileSync(join(root, "test/mutate/code/run.ts"), "utf8");
    expect(script).toContain(String(path).replace(room, `\${name}`));
    // Each room has one of its own.
    expect(name).toContain(room);
  });

  const { build } = workflowOf("pages.yml").jobs;

  /** Builds the site of two releases, of which one has no archive of its docs. */
  async function buildSite(place: Place, failing?: string): Promise<Result> {
    await writeFile(join(place.folder, "index.html"), "the page");
    await run("tar", ["-czf", "kept.tgz", "index.html"], { cwd: place.folder });
    await place.fake("npm", "exit 0");
    await place.fake(
      "gh",
      `[ "$2" = "${failing}" ] && exit 1
      case "$2 $3" in
        list*) printf 'v1.2.3\\nv1.2.2\\n' ;;
        "view v1.2.3") printf 'docs-1.2.3.tgz\\nsbom.cdx.json\\n' ;;
        "view v1.2.2") printf 'sbom.cdx.json\\n' ;;
        # gh release download TAG --pattern PATTERN --dir FOLDER
        "download v1.2.3") mkdir "$7"; cp kept.tgz "$7/docs-1.2.3.tgz" ;;
        *) exit 1 ;;
      esac`,
    );
    const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/loader.mjs"));
    await place.fake("npx", `exec node --import ${tsx} "${root}/$2" "$PWD/$3" "$PWD/$4"`);
    return place.steps(build);
  }

  it("make of the archive of each release the site that they deploy, and name a release that has none", async () => {
    await using place = await newPlace();
    const { code, stdout, stderr } = await buildSite(place);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("::notice::The release v1.2.2 has no archive of its docs");
    const site = join(place.folder, String(inputsOf(build, "upload-pages-artifact").path));
    for (const page of ["index.html", "1.2.3/index.html"])
      expect(await readFile(join(site, page), "utf8")).toBe("the page");
  });

  it.each(["list", "view", "download"])("deploy no site without a version that gh could not %s", async (failing) => {
    await using place = await newPlace();
    expect(await buildSite(place, failing)).not.toMatchObject({ code: 0 });
  });
});

describe("the job that publishes", () => {
  const { concurrency, jobs } = workflowOf("release.yml");

  it("waits for the tests, and for whoever approves the environment npm", () => {
    expect(jobs.pack?.needs).toBe("test");
    expect(jobs.publish).toMatchObject({ needs: "pack", environment: "npm" });
  });
  it("is cancelled by no other run, once it began", () => {
    expect(concurrency).toEqual({ group: expect.stringContaining("github.ref_name"), "cancel-in-progress": false });
  });
  it("has a Node whose npm npm trusts: 11.5.1 comes with Node 24", () => {
    expect(inputsOf(jobs.publish, "setup-node")["node-version"]).toBeGreaterThanOrEqual(24);
  });
  it("gets what was packed, or the release ends before it", () => {
    expect(inputsOf(jobs.pack, "upload-artifact")).toEqual({
      name: "release",
      path: "dist/release",
      "if-no-files-found": "error",
    });
  });
  it("is followed by one that attaches the same tarball, the SBOM and the notes, and that by the docs", async () => {
    for (const job of [jobs.publish, jobs.attach]) expect(inputsOf(job, "download-artifact").name).toBe("release");
    expect([jobs.attach?.needs, jobs.docs?.needs]).toEqual(["publish", "attach"]);
    const cases = {
      1: ["create v1.2.3 --verify-tag --title v1.2.3 --notes-file notes.md ./one.tgz sbom.cdx.json"],
      // A run that is repeated finds the release.
      0: ["upload v1.2.3 ./one.tgz sbom.cdx.json --clobber", "edit v1.2.3 --draft=false"],
    };
    for (const [known, commands] of Object.entries(cases)) {
      await using place = await newPlace();
      await writeFile(join(place.folder, "one.tgz"), "");
      await place.fake("gh", `shift; [ $1 = view ] && exit ${known}; echo "$*"`);
      expect(await place.steps(jobs.attach)).toMatchObject({ code: 0, stdout: `${commands.join("\n")}\n` });
    }
  });

  const steps = jobs.publish?.steps ?? [];
  const script = steps.flatMap((step) => step.run ?? []).join("\n");

  it("runs no code of the repository and installs nothing", () => {
    expect(
      [...script.matchAll(/\b(?:npm|npx|node|tsx)\b.*/g)].map(([command]) => command.split(" ", 2).join(" ")),
    ).toEqual(["npm view", "npm publish"]);
    expect(steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))).toEqual([]);
  });

  it.each([
    [
      "publishes a version that npm does not know, with its provenance",
      "echo 'npm error code E404' >&2; exit 1",
      0,
      "npm publish ./geminidb-backup-1.2.3.tgz --provenance --access public",
    ],
    ["leaves a version that npm has with the same bytes", "echo sha512-$DIGEST", 0, "with the same bytes"],
    ["refuses a version that npm has with other bytes", "echo sha512-other", 1, "with other bytes"],
    ["publishes nothing where npm cannot be asked", "echo 'npm error code ENOTFOUND' >&2; exit 1", 1, "ENOTFOUND"],
  ])("%s", async (_name, view, code, output) => {
    const DIGEST = createHash("sha512").update("some bytes").digest("base64");
    await using place = await newPlace({ DIGEST });
    await writeFile(join(place.folder, "geminidb-backup-1.2.3.tgz"), "some bytes");
    await place.fake("npm", `if [ $1 = view ]; then ${view}; else echo "npm $@"; fi`);
    const result = await place.steps(jobs.publish);
    expect(result).toMatchObject({ code, stdout: expect.stringContaining(output) });
    const published = result.stdout.includes("npm publish");
    expect(published).toBe(output.startsWith("npm publish"));
  });

  it("has no secret: npm trusts the workflow's own identity", () => {
    for (const [, text] of workflows) expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
  });
});
