import { createSecureContext, type SecureContextOptions } from "node:tls";
import { type CatalogueOperation, catalogue } from "../../generated/catalogue.js";
import { tokenHeader } from "../../generated/operations.js";
import { isLoopback } from "../client/base-url.js";
import { reasonOf } from "../client/untrusted.js";
import type { Mock, ServerOptions } from "../mock/index.js";
import { mostResources } from "../mock/limits.js";
import { checkedScenario } from "../mock/scenario.js";
import { curlParts } from "../shared/curl.js";
import { shellQuoted } from "../shared/shell.js";
import type { Command } from "./command.js";
import type { Context } from "./context.js";
import { UsageError } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { isNameOfFile, notNameOfFile, readTextFile } from "./file.js";
import { type Flag, filePlaceholder } from "./flag.js";
import { flagList, sections } from "./help.js";
import { wrap } from "./layout.js";
import { logHead, logLine } from "./mock-log.js";
import { isOn, parseFlags, type Values, wholeNumber, withHelpFlags } from "./parse.js";
import { readScenario } from "./scenario-file.js";

const flags: readonly Flag[] = [
  {
    name: "port",
    placeholder: "N",
    about: `port to listen on; 0 takes any that is free; default: ${catalogue.mockPort}`,
  },
  { name: "host", placeholder: "ADDRESS", about: "address to listen on; default: 127.0.0.1" },
  {
    name: "scenario",
    placeholder: filePlaceholder,
    about:
      "replies to queue, by operation, in YAML or JSON; each answers one request, or as many as its `times` key says",
  },
  { name: "latency", placeholder: "MS", about: "milliseconds to wait before every answer; default: 0" },
  {
    name: "busy-for",
    placeholder: "MS",
    about: "milliseconds for which an operation keeps its instance busy; default: 0",
  },
  { name: "quota", placeholder: "N", about: "backups that a project may have; with 0, it begins with none" },
  { name: "no-backups", about: "begin without the documented backup" },
  { name: "stateless", about: "answer every call with the documented example, remember nothing" },
  { name: "chaos", placeholder: "SHARE", about: "random faults for a share of the requests, such as 0.1" },
  { name: "seed", placeholder: "N", about: "repeats the faults of --chaos" },
  {
    name: "har",
    placeholder: filePlaceholder,
    about: "write each exchange as HTTP Archive once its answer has left",
  },
  { name: "control", about: "serve the control interface for tests in other languages, under /__mock/" },
  { name: "cert", placeholder: filePlaceholder, about: "a certificate, in PEM: serve https" },
  { name: "key", placeholder: filePlaceholder, about: "the key of the certificate, in PEM" },
];

const scenarioExample = `A scenario
  createManualBackup:
    - example: DBS.200019  # the first create meets a busy instance,
    - fault: reset         # the second makes its backup, but its answer is lost
  deleteManualBackup:
    - { status: 502, html: true, when: { backup_id: some-backup } }`;

/** The command `mock`: serves until it is interrupted, and prints a line for each request. */
export const mockCommand: Command = {
  flags,
  help: () =>
    sections(
      "Usage: geminidb-backup mock [flags]",
      wrap(
        "Serves the GeminiDB backup API on this machine, with the documented examples. It keeps running even if the program that reads its log ends.",
      ),
      `Flags\n${flagList(withHelpFlags(flags))}`,
      "Exit codes\n  0  ended by Ctrl-C or SIGTERM\n  1  could not start\n  2  wrong usage",
      scenarioExample,
    ),
  run: runMock,
};

async function runMock(args: readonly string[], context: Context): Promise<ExitCode> {
  const values = parseFlags(args, flags);
  const writeLine = lineWriter(context);
  const options: ServerOptions = {
    ...(await optionsOf(values)),
    onRequest: (request) => writeLine(logLine(request)),
  };
  const started = performance.now();
  // Loaded late, because no other command needs the mock, and Prism may not be installed.
  const { startMock } = await import("../mock/index.js");
  const mock = await startMock(options);
  writeLine([...introduction(mock, values, Math.round(performance.now() - started)), "", logHead].join("\n"));
  await new Promise<void>((resolve) => {
    context.once("SIGINT", resolve);
    context.once("SIGTERM", resolve);
  });
  await mock.close();
  return exitCodes.done;
}

async function optionsOf(values: Values): Promise<ServerOptions> {
  const scenario = values.get("scenario");
  const chaos = values.get("chaos");
  const isStateless = isOn(values, "stateless");
  for (const name of ["quota", "busy-for"]) {
    if (isStateless && values.has(name)) {
      throw new UsageError(
        `--${name} needs the backups that the mock remembers, and with --stateless it remembers none`,
      );
    }
  }
  if (values.has("seed") && chaos === undefined) {
    throw new UsageError("--seed repeats the faults of --chaos, which is missing");
  }
  return {
    port: wholeNumber(values, "port", { most: 65_535 }) ?? catalogue.mockPort,
    host: hostOf(values),
    latency: wholeNumber(values, "latency"),
    busyFor: wholeNumber(values, "busy-for"),
    quota: wholeNumber(values, "quota", { most: mostResources }),
    backups: isOn(values, "no-backups") ? [] : undefined,
    stateless: isStateless,
    control: isOn(values, "control"),
    har: values.get("har"),
    scenario: scenario === undefined ? undefined : await scenarioOf(scenario),
    chaos:
      chaos === undefined
        ? undefined
        : { share: shareOf(chaos), seed: wholeNumber(values, "seed", { most: 2 ** 32 - 1 }) },
    tls: await tlsOf(values.get("cert"), values.get("key")),
  };
}

/** A scenario that the mock takes. It is checked here as well, where what is wrong can be said of the file. */
async function scenarioOf(file: string): Promise<ServerOptions["scenario"]> {
  const scenario = await readScenario(file);
  try {
    return Object.fromEntries(checkedScenario(scenario).map(([{ operationId }, replies]) => [operationId, replies]));
  } catch (error) {
    throw new UsageError(`the scenario ${file}: ${reasonOf(error)}`);
  }
}

function hostOf(values: Values): string {
  const host = values.get("host") ?? "127.0.0.1";
  if (host.trim() !== "") return host;
  throw new UsageError("--host must be an address; every address of this machine is 0.0.0.0, never an empty text");
}

async function tlsOf(certFile: string | undefined, keyFile: string | undefined): Promise<ServerOptions["tls"]> {
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined || keyFile === undefined) throw new UsageError("--cert and --key are needed together");
  const cert = await readPem("cert", "certificate", certFile);
  const key = await readPem("key", "key", keyFile);
  checkTls(`--cert: the file ${certFile}`, { cert });
  checkTls(`--key: the file ${keyFile}`, { key });
  checkTls("--cert and --key together", { cert, key });
  return { cert, key };
}

function checkTls(subject: string, parts: SecureContextOptions): void {
  try {
    createSecureContext(parts);
  } catch (error) {
    throw new UsageError(`${subject} cannot be used: ${reasonOf(error)}`);
  }
}

function introduction(mock: Mock, values: Values, ready: number): string[] {
  const host = hostOf(values);
  const chaos = values.get("chaos");
  const lines = [`${catalogue.title}: mock at ${mock.url}, ready in ${ready} ms. Ctrl-C ends it.`];
  // As a URL writes it: 127.1 is 127.0.0.1, and an IPv6 address has no zone, such as %lo.
  const { hostname } = new URL(`http://${host.includes(":") ? `[${host.replace(/%.*/, "")}]` : host}`);
  if (!isLoopback(hostname)) {
    lines.push(`It listens on ${host}: everybody who reaches this machine can use it. It holds no data but its own.`);
  }
  if (chaos !== undefined)
    lines.push(`A share of ${chaos} of the requests meets a fault. --seed ${mock.seed} repeats them.`);
  for (const operation of catalogue.operations) {
    lines.push("", `# ${operation.operationId}`, curlLine(mock.url, operation, values.get("cert")));
  }
  return lines;
}

/** @param cert the file of the certificate of a mock that speaks https */
function curlLine(
  base: string,
  { method, exampleTarget, parameters, requestBody }: CatalogueOperation,
  cert: string | undefined,
): string {
  const headers = [`${tokenHeader}: any`];
  for (const { name, in: place, required, example } of parameters) {
    if (place === "header" && required) headers.push(`${name}: ${example}`);
  }
  if (requestBody) headers.push(`Content-Type: ${requestBody.mediaType}`);
  const parts = curlParts({
    method,
    url: shellQuoted(base + exampleTarget),
    headers: headers.map(shellQuoted),
    body: requestBody && JSON.stringify(requestBody.examples[0]?.value),
  });
  // No authority of the system has signed the certificate of a test.
  if (cert !== undefined) parts.push(`--cacert ${shellQuoted(cert)}`);
  return parts.join(" ");
}

/** Collects lines and writes them together, because a write for each line would slow down fast tests. */
function lineWriter({ stdout }: Context): (text: string) => void {
  const waiting: string[] = [];
  return (text) => {
    if (waiting.push(text) > 1) return;
    setImmediate(() => stdout.write(`${waiting.splice(0).join("\n")}\n`));
  };
}

async function readPem(name: string, content: string, file: string): Promise<string> {
  if (!(await isNameOfFile(file))) throw new UsageError(`--${name}: ${notNameOfFile(content)}`);
  return readTextFile(file, (reason) => new UsageError(`--${name}: the file ${file} ${reason}`));
}

function shareOf(text: string): number {
  const share = Number(text);
  if (text.trim() !== "" && share >= 0 && share <= 1) return share;
  throw new UsageError(`--chaos must be a share from 0 to 1, not ${JSON.stringify(text)}`);
}
