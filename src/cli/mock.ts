import { createSecureContext, type SecureContextOptions } from "node:tls";
import { catalogue } from "../../generated/catalogue.js";
import { reasonOf } from "../client/untrusted.js";
import type { ServerOptions } from "../mock/index.js";
import { checkServerOptions } from "../mock/options.js";
import { checkedScenario } from "../mock/scenario.js";
import { OptionError } from "../shared/option-error.js";
import type { Command } from "./command.js";
import type { Context } from "./context.js";
import { aboutFlag, UsageError } from "./errors.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { isNameOfFile, notNameOfFile, readTextFile } from "./file.js";
import { type Flag, filePlaceholder } from "./flag.js";
import { flagList, sections } from "./help.js";
import { wrap } from "./layout.js";
import { introduction } from "./mock-introduction.js";
import { logHead, logLine } from "./mock-log.js";
import { isOn, numberOf, parseFlags, type Values, withHelpFlags } from "./parse.js";
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
  const options = await optionsOf(values);
  const started = performance.now();
  // Loaded late, because no other command needs the mock, and Prism may not be installed.
  const { startMock } = await import("../mock/index.js");
  const mock = await startMock({ ...options, onRequest: (request) => writeLine(logLine(request)) });
  const ready = Math.round(performance.now() - started);
  writeLine([...introduction(mock, options, ready, values.get("cert")), "", logHead].join("\n"));
  await new Promise<void>((resolve) => {
    context.once("SIGINT", resolve);
    context.once("SIGTERM", resolve);
  });
  await mock.close();
  return exitCodes.done;
}

/** @throws {UsageError} that names the flag which is wrong */
async function optionsOf(values: Values): Promise<ServerOptions & { readonly host: string }> {
  const scenario = values.get("scenario");
  const options = {
    port: numberOf(values, "port") ?? catalogue.mockPort,
    host: values.get("host") ?? "127.0.0.1",
    latency: numberOf(values, "latency"),
    busyFor: numberOf(values, "busy-for"),
    quota: numberOf(values, "quota"),
    backups: isOn(values, "no-backups") ? [] : undefined,
    stateless: isOn(values, "stateless"),
    control: isOn(values, "control"),
    har: values.get("har"),
    scenario: scenario === undefined ? undefined : await scenarioOf(scenario),
    chaos: chaosOf(values),
    tls: await tlsOf(values.get("cert"), values.get("key")),
  };
  try {
    checkServerOptions(options);
  } catch (error) {
    throw error instanceof OptionError ? aboutFlag(error) : error;
  }
  return options;
}

function chaosOf(values: Values): ServerOptions["chaos"] {
  const share = numberOf(values, "chaos");
  const seed = numberOf(values, "seed");
  if (share !== undefined) return { share, seed };
  if (seed !== undefined) throw new UsageError("--seed repeats the faults of --chaos, which is missing");
  return undefined;
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
