import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root, run } from "../support/project.js";

const folder = join(root, ".github", "workflows");
const workflows = readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), "utf8")]);

interface Step {
  uses?: string;
  run?: string;
  shell?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}
interface Job {
  needs?: string;
  environment?: string;
  permissions?: Record<string, string>;
  uses?: string;
  steps?: Step[];
  strategy?: Strategy;
}
interface Strategy {
  matrix: { node: number[] };
}

/** The jobs that may write, and what. */
const writers: Record<string, string[]> = {
  "release.yml publish": ["id-token"],
  "release.yml attach": ["contents"],
  "release.yml docs": ["pages", "id-token"],
  "pages.yml deploy": ["pages", "id-token"],
};

/** What is unsafe in a workflow, a sentence each. */
function faultsOf(name: string, text: string): string[] {
  const { permissions, jobs } = parse(text) as Workflow;
  const faults: string[] = [];
  for (const line of text.split("\n").filter((one) => one.includes("uses: "))) {
    const isOurs = line.includes("uses: ./");
    if (!isOurs && !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
      faults.push(`not pinned: ${line.trim()}`);
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
    permissions: { packages: write }
    steps:
      - uses: actions/checkout@v6
      - run: echo "\${{ github.ref_name }}"
      - run: one | other || third
`;
    expect(faultsOf("some.yml", text)).toEqual([
      "not pinned: - uses: actions/checkout@v6",
      "every job may write contents",
      "the job one may write packages",
      "the job one leaves its token on the disk",
      `the job one puts a value into a script: echo "\${{ github.ref_name }}"`,
      "the job one pipes without pipefail: one | other || third",
    ]);
    expect(faultsOf("some.yml", "jobs: {}")).toEqual(["the workflow has every permission"]);
  });

  it.each(["test.yml", "release.yml"])("%s tests on Node 20, 22, 24 and 26", (name) => {
    const { jobs } = parse(Object.fromEntries(workflows)[name] ?? "") as Workflow;
    expect(jobs.test?.strategy?.matrix.node).toEqual([20, 22, 24, 26]);
  });
});

describe("the job that publishes", () => {
  const { jobs } = parse(Object.fromEntries(workflows)["release.yml"] ?? "") as Workflow;

  it("waits for the tests, and for whoever approves the environment npm", () => {
    expect(jobs.pack?.needs).toBe("test");
    expect(jobs.publish).toMatchObject({ needs: "pack", environment: "npm" });
  });
  it("is followed by one that attaches the same tarball and the SBOM to the release", () => {
    const takesArtifact = (step: Step) => step.uses?.startsWith("actions/download-artifact@") && step.with?.name;
    for (const job of [jobs.publish, jobs.attach]) expect(job?.steps?.find(takesArtifact)?.with?.name).toBe("release");
    expect(jobs.attach?.needs).toBe("publish");
    const commands = (jobs.attach?.steps ?? []).flatMap(({ run: text = "" }) => text.split("\n"));
    const uploads = commands.filter((line) => /gh release (upload|create)/.test(line));
    expect(uploads).toHaveLength(2);
    for (const line of uploads) expect(line).toContain("./*.tgz sbom.cdx.json");
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
    const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-publish-"));
    const tarball = "geminidb-backup-1.2.3.tgz";
    await writeFile(join(folder, tarball), "some bytes");
    await writeFile(join(folder, "npm"), `#!/bin/sh\nif [ $1 = view ]; then ${view}; else echo "npm $@"; fi\n`);
    await chmod(join(folder, "npm"), 0o755);
    const env = {
      PATH: `${folder}:${process.env.PATH}`,
      TAG: "v1.2.3",
      DIGEST: createHash("sha512").update("some bytes").digest("base64"),
    };
    const result = await run("bash", ["-eo", "pipefail", "-c", script], { cwd: folder, env });
    expect(result).toMatchObject({ code, stdout: expect.stringContaining(output) });
    const published = result.stdout.includes("npm publish");
    expect(published).toBe(output.startsWith("npm publish"));
    await rm(folder, { recursive: true });
  });

  it("has no secret: npm trusts the workflow's own identity", () => {
    for (const [, text] of workflows) expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
  });
});
