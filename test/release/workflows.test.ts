import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../support/project.js";

const folder = join(root, ".github", "workflows");
const workflows = readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), "utf8")]);

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<string, { permissions?: Record<string, string>; uses?: string; steps?: Step[]; strategy?: Strategy }>;
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
    for (const { uses, run, with: inputs } of job.steps ?? []) {
      if (uses?.startsWith("actions/checkout@") && inputs?.["persist-credentials"] !== false) {
        faults.push(`the job ${id} leaves its token on the disk`);
      }
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
`;
    expect(faultsOf("some.yml", text)).toEqual([
      "not pinned: - uses: actions/checkout@v6",
      "every job may write contents",
      "the job one may write packages",
      "the job one leaves its token on the disk",
      `the job one puts a value into a script: echo "\${{ github.ref_name }}"`,
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

  it("runs no code of the repository and installs nothing", () => {
    const steps = jobs.publish?.steps ?? [];
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual([
      "npm publish ./geminidb-backup-*.tgz --provenance --access public",
    ]);
    expect(steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))).toEqual([]);
  });

  it("has no secret: npm trusts the workflow's own identity", () => {
    for (const [, text] of workflows) expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
  });
});
