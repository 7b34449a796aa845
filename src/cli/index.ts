#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { catalogue } from "../../generated/catalogue.js";
import { type MockOptions, type RecordedRequest, startMock } from "../mock/index.js";

const help = `Usage: geminidb-backup mock [options]

Serves the GeminiDB backup API on this machine, with the documented examples.

Options
  --port N          port to listen on; 0 takes any that is free   (default 4010)
  --host ADDRESS    address to listen on                          (default 127.0.0.1)
  --scenario FILE   replies to queue, by operation, in YAML or JSON
  --latency MS      milliseconds to wait before every answer      (default 0)
  --busy-for MS     milliseconds for which an operation keeps its instance busy (default 0)
  --stateless       answer every call with the documented example, remember nothing
  --har FILE        write the traffic as HTTP Archive at the end
  --help, --version
`;

const started = performance.now();
/** Lines that come together leave together: a write for each would be what a fast test waits for. */
const waiting: string[] = [];

try {
  await main();
} catch (error) {
  console.error(`geminidb-backup: ${(error as Error).message.split("\n")[0]}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: "string", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      scenario: { type: "string" },
      latency: { type: "string", default: "0" },
      "busy-for": { type: "string", default: "0" },
      stateless: { type: "boolean", default: false },
      har: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
      version: { type: "boolean", short: "v", default: false },
    },
  });
  if (values.version) return console.log(JSON.parse(await readFile(file("../../package.json"), "utf8")).version);
  if (values.help) return console.log(help);
  if (positionals.length !== 1 || positionals[0] !== "mock") {
    const wrong = positionals.length ? `no command ${JSON.stringify(positionals.join(" "))}` : "a command is missing";
    throw new Error(`${wrong}. Try geminidb-backup mock, or --help`);
  }
  const mock = await startMock({
    port: whole("port", values.port, 65_535),
    host: values.host,
    latency: whole("latency", values.latency, 2 ** 31 - 1),
    busyFor: whole("busy-for", values["busy-for"], 2 ** 31 - 1),
    stateless: values.stateless,
    har: values.har,
    scenario: values.scenario === undefined ? undefined : await readScenario(values.scenario),
    onRequest: (request) => print(line(request)),
  });
  const end = () => void mock.close().then(() => process.exit(0));
  process.once("SIGINT", end);
  process.once("SIGTERM", end);

  const ready = Math.round(performance.now() - started);
  const lines = [`${catalogue.title}: mock at ${mock.url}, ready in ${ready} ms. Ctrl-C ends it.`];
  if (!/^(127\.|localhost$|::1$)/.test(values.host)) {
    lines.push(
      `It listens on ${values.host}: everybody who reaches this machine can use it. It holds no data but its own.`,
    );
  }
  for (const { method, path, parameters, requestBody, operationId } of catalogue.operations) {
    const example = (wanted: string) => String(parameters.find(({ name }) => name === wanted)?.example);
    const url = mock.url + path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(example(name)));
    const json = JSON.stringify(requestBody?.examples.at(-1)?.value)?.replaceAll("'", "\\u0027");
    const data = json === undefined ? "" : ` -H 'Content-Type: ${requestBody?.mediaType}' -d '${json}'`;
    lines.push("", `# ${operationId}`, `curl -X ${method} ${url} -H 'X-Auth-Token: any'${data}`);
  }
  const head = [
    "time".padEnd(8),
    "method".padEnd(6),
    "operation".padEnd(20),
    "answer".padEnd(11),
    "path, and what was wrong",
  ];
  console.log([...lines, "", head.join("  ")].join("\n"));
}

function print(text: string): void {
  if (waiting.push(text) > 1) return;
  setImmediate(() => console.log(waiting.splice(0).join("\n")));
}

function line({ method, operationId, answer, path, violations }: RecordedRequest): string {
  const time = new Date().toTimeString().slice(0, 8);
  const wrong = violations.map(({ path, message }) => `${path.slice(1).join(".") || path[0]}: ${message}`).join("; ");
  // What a client sends must not steer the terminal.
  const text = `${path}${wrong ? `  ${wrong}` : ""}`.replace(/\p{Cc}/gu, "?").slice(0, 500);
  return `${time}  ${method.padEnd(6)}  ${(operationId ?? "-").padEnd(20)}  ${answer.padEnd(11)}  ${text}`;
}

async function readScenario(name: string): Promise<NonNullable<MockOptions["scenario"]>> {
  const text = await readFile(name, "utf8").catch(() => {
    throw new Error(`the scenario ${name} cannot be read`);
  });
  // YAML by the reader that Prism brings along; JSON is YAML too.
  const require = createRequire(createRequire(import.meta.url).resolve("@stoplight/prism-http"));
  const { data, diagnostics } = require("@stoplight/yaml").parseWithPointers(text);
  const [fault] = diagnostics;
  if (fault) throw new Error(`the scenario ${name} is no YAML, line ${fault.range.start.line + 1}: ${fault.message}`);
  if (
    typeof data !== "object" ||
    data === null ||
    Array.isArray(data) ||
    Object.values(data).some((replies) => !Array.isArray(replies))
  ) {
    throw new Error(`the scenario ${name} must map each operation to a list of replies`);
  }
  return data;
}

function whole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most)
    throw new Error(`--${name} must be a whole number from 0 to ${most}, not ${JSON.stringify(text)}`);
  return value;
}

function file(path: string): URL {
  return new URL(path, import.meta.url);
}
