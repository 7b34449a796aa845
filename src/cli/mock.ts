import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type CatalogueOperation, catalogue } from "../../generated/catalogue.js";
import { type Mock, type ServerOptions, startMock } from "../mock/index.js";
import { logHead, logLine } from "./mock-log.js";
import { readScenario } from "./scenario.js";

const help = `Usage: geminidb-backup mock [options]

Serves the GeminiDB backup API on this machine, with the documented examples.

Options
  --port N          port to listen on; 0 takes any that is free   (default 4010)
  --host ADDRESS    address to listen on                          (default 127.0.0.1)
  --scenario FILE   replies to queue, by operation, in YAML or JSON; each answers one request
  --latency MS      milliseconds to wait before every answer      (default 0)
  --busy-for MS     milliseconds for which an operation keeps its instance busy (default 0)
  --quota N         backups that a project may have
  --stateless       answer every call with the documented example, remember nothing
  --chaos SHARE     random faults for a share of the requests, such as 0.1
  --seed N          repeats the faults of --chaos
  --har FILE        write the traffic as HTTP Archive, as it happens
  --control         serve the control interface for tests in other languages, under /__mock/
  --cert FILE, --key FILE   a certificate and its key, in PEM: serve https
  --help

A scenario
  createManualBackup:
    - example: DBS.200019        # the first create meets a busy instance,
      retryAfter: 1
    - fault: reset               # the second makes its backup, but the answer is lost
  deleteManualBackup:
    - { status: 502, html: true, when: { backup_id: some-backup } }
`;

const options = {
  port: { type: "string", default: "4010" },
  host: { type: "string", default: "127.0.0.1" },
  scenario: { type: "string" },
  latency: { type: "string", default: "0" },
  "busy-for": { type: "string", default: "0" },
  quota: { type: "string" },
  stateless: { type: "boolean", default: false },
  chaos: { type: "string" },
  seed: { type: "string" },
  har: { type: "string" },
  control: { type: "boolean", default: false },
  cert: { type: "string" },
  key: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

const longestWait = 2 ** 31 - 1;

/**
 * The command `mock`: serves until it is interrupted, and prints a line for each request.
 * @throws {Error} in one sentence that says what is wrong
 */
export async function runMock(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options });
  if (values.help) return console.log(help);
  const started = performance.now();
  const mock = await startMock(await optionsOf(values));
  const end = () => void mock.close().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  print([...introduction(mock, values, Math.round(performance.now() - started)), "", logHead].join("\n"));
}

async function optionsOf(values: Values): Promise<ServerOptions> {
  const { host, har, control, stateless, scenario, cert, key, chaos, seed, quota } = values;
  if ((cert === undefined) !== (key === undefined)) throw new Error("--cert and --key are needed together");
  if (seed !== undefined && chaos === undefined)
    throw new Error("--seed repeats the faults of --chaos, which is missing");
  return {
    port: whole("port", values.port, 65_535),
    host,
    latency: whole("latency", values.latency, longestWait),
    busyFor: whole("busy-for", values["busy-for"], longestWait),
    quota: quota === undefined ? undefined : whole("quota", quota, 1e9),
    stateless,
    control,
    har,
    scenario: scenario === undefined ? undefined : await readScenario(scenario),
    chaos:
      chaos === undefined
        ? undefined
        : { share: shareOf(chaos), seed: seed === undefined ? undefined : whole("seed", seed, 2 ** 32 - 1) },
    tls:
      cert === undefined || key === undefined
        ? undefined
        : { cert: await pem("cert", cert), key: await pem("key", key) },
    onRequest: (request) => print(logLine(request)),
  };
}

function introduction(mock: Mock, { host, chaos }: Values, ready: number): string[] {
  const lines = [`${catalogue.title}: mock at ${mock.url}, ready in ${ready} ms. Ctrl-C ends it.`];
  if (!/^(127\.|localhost$|::1$)/.test(host)) {
    lines.push(`It listens on ${host}: everybody who reaches this machine can use it. It holds no data but its own.`);
  }
  if (chaos !== undefined)
    lines.push(`A share of ${chaos} of the requests meets a fault. --seed ${mock.seed} repeats them.`);
  for (const operation of catalogue.operations) {
    lines.push("", `# ${operation.operationId}`, curlLine(mock.url, operation));
  }
  return lines;
}

function curlLine(base: string, { method, path, parameters, requestBody }: CatalogueOperation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, wanted: string) =>
    encodeURIComponent(String(parameters.find(({ name }) => name === wanted)?.example)),
  );
  const line = `curl -X ${method} ${base}${filled} -H 'X-Auth-Token: any'`;
  const json = JSON.stringify(requestBody?.examples.at(-1)?.value);
  if (!requestBody || json === undefined) return line;
  return `${line} -H 'Content-Type: ${requestBody.mediaType}' -d '${json.replaceAll("'", "\\u0027")}'`;
}

/** Lines that come together leave together: a write for each would be what a fast test waits for. */
const waiting: string[] = [];

function print(text: string): void {
  if (waiting.push(text) > 1) return;
  setImmediate(() => console.log(waiting.splice(0).join("\n")));
}

async function pem(name: string, file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new Error(`--${name}: the file ${file} cannot be read`);
  }
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  throw new Error(`--${name} must be a whole number from 0 to ${most}, not ${JSON.stringify(text)}`);
}

function shareOf(text: string): number {
  const share = Number(text);
  if (text.trim() !== "" && share >= 0 && share <= 1) return share;
  throw new Error(`--chaos must be a share from 0 to 1, not ${JSON.stringify(text)}`);
}
