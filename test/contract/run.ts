/**
 * `npm run contract -- --base-url https://… --yes-this-creates-a-backup`: holds a service to the description. Runs
 * `openapi/workflow.arazzo.yaml` with redocly respect, then gives its traffic to redocly drift.
 * GEMINIDB_TOKEN, GEMINIDB_PROJECT_ID and GEMINIDB_INSTANCE_ID come from the environment. The traffic is kept in `dist/contract`,
 * without the token.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../../src/tools/project.js";
import { redocly } from "../../src/tools/redocly.js";

/** Whether the service keeps to the description, and the account of it. */
export async function contract(
  baseUrl: string,
  input: { token: string; project_id: string; instance_id: string; name: string },
) {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-contract-"));
  const har = join(folder, "traffic.har");
  try {
    const inputs = Object.entries(input).flatMap(([name, value]) => ["--input", `${name}=${value}`]);
    const workflow = await redocly(
      "respect",
      "openapi/workflow.arazzo.yaml",
      "--server",
      `geminidb=${baseUrl}`,
      ...inputs,
      "--har-output",
      har,
    ).then(
      (text) => ({ ok: true, text }),
      (error: Error) => ({ ok: false, text: error.message }),
    );
    const traffic = await readFile(har, "utf8").then(
      () => drift(har, baseUrl),
      () => ({ findings: ["There is no traffic to compare with the description."] }),
    );
    const kept = await keep(har, input);
    const text = [workflow.text.replaceAll(har, kept), ...traffic.findings]
      .join("\n")
      .replaceAll(input.token, "[redacted]");
    return { ok: workflow.ok && traffic.findings.length === 0, text };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Keeps the traffic where somebody can look at it, without the token. */
async function keep(har: string, { name, token }: { name: string; token: string }): Promise<string> {
  const folder = join(root, "dist", "contract");
  const kept = join(folder, `${name}.har`);
  await mkdir(folder, { recursive: true });
  const text = await readFile(har, "utf8").catch(() => "");
  await writeFile(kept, text.replaceAll(token, "[redacted]"));
  return kept;
}

/** What redocly drift says about the traffic in an HTTP Archive. */
export interface Drift {
  /** What is wrong with the responses. Requests are not judged, because the workflow sends wrong ones on purpose. */
  findings: string[];
  /** How much of the description the traffic exercised. */
  coverage: Record<string, { covered: number; total: number }>;
}

/** Compares traffic with the description. */
export async function drift(har: string, baseUrl: string): Promise<Drift> {
  const [report, totals] = [`${har}.drift.json`, `${har}.coverage.json`];
  const args = [har, "--api", "generated/openapi.json", "--server", baseUrl, "--ignore-headers", ignored];
  const outputs = ["--format", "json", "--output", report, "--coverage", "--coverage-output", totals];
  // It ends with 1 when it finds something; what, is in the file.
  await redocly("drift", ...args, ...outputs).catch(() => {});
  const { problems } = JSON.parse(await readFile(report, "utf8")) as {
    problems: { target: string; message: string; status: number }[];
  };
  const findings = problems.filter(({ target }) => target !== "request");
  return {
    findings: findings.map(({ status, target, message }) => `${target} ${status}: ${message}`),
    coverage: (JSON.parse(await readFile(totals, "utf8")) as { totals: Drift["coverage"] }).totals,
  };
}

/** Headers of HTTP itself, of the page that calls, and of this project's mock. */
export const ignored =
  "accept,accept-*,access-control-*,authorization,cache-control,connection,content-*,date,host,keep-alive,prefer,retry-after,sec-*,sl-violations,transfer-encoding,user-agent,x-auth-token,x-request-id";

const help = `Usage: npm run contract -- --base-url URL --yes-this-creates-a-backup

Holds a service to the description: makes a backup, deletes it, and judges the responses.

  --base-url URL               the service, such as https://gaussdb-nosql.ap-southeast-1.myhuaweicloud.com
  --yes-this-creates-a-backup  confirms that a backup is made, which may cost money
  --help                       shows this text

Environment: GEMINIDB_TOKEN, GEMINIDB_PROJECT_ID, GEMINIDB_INSTANCE_ID
Exit codes: 0 the service keeps to the description, 1 it does not, 2 wrong usage`;

function readArguments() {
  const options = {
    "base-url": { type: "string" },
    "yes-this-creates-a-backup": { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}. --help lists the options`);
  }
}

async function main(): Promise<void> {
  try {
    const values = readArguments();
    if (values.help) {
      console.log(help);
      return;
    }
    const { GEMINIDB_TOKEN: token = "", GEMINIDB_PROJECT_ID: project_id = "" } = process.env;
    const { GEMINIDB_INSTANCE_ID: instance_id = "" } = process.env;
    const baseUrl = values["base-url"];
    if (!baseUrl)
      throw new Error("--base-url is missing, such as https://gaussdb-nosql.ap-southeast-1.myhuaweicloud.com");
    if (!values["yes-this-creates-a-backup"])
      throw new Error(
        `this creates a backup at ${baseUrl}, which may cost money, and deletes it: add --yes-this-creates-a-backup`,
      );
    const variables = { GEMINIDB_TOKEN: token, GEMINIDB_PROJECT_ID: project_id, GEMINIDB_INSTANCE_ID: instance_id };
    for (const [name, value] of Object.entries(variables))
      if (!value) throw new Error(`${name} is missing in the environment`);
    const { ok, text } = await contract(baseUrl, { token, project_id, instance_id, name: `contract-${Date.now()}` });
    console.log(text);
    process.exitCode = ok ? 0 : 1;
  } catch (error) {
    console.error(`contract: ${(error as Error).message}`);
    process.exitCode = 2;
  }
}

if (process.argv[1] === import.meta.filename) await main();
