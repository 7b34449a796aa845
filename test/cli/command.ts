import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";
import { vi } from "vitest";
import { main } from "../../src/cli/main.js";
import { addressIn, cli } from "../support/serve.js";

/** What no output may ever show. */
export const secret = "planted/token+0123456789==";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
}

/** The variables of a command: nothing of this process but what Node needs. */
export function variables(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { PATH, OS_TOKEN: secret, HUAWEICLOUD_SDK_PROJECT_ID: "p", ...more };
}

/** Starts the command as a shell would. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv, input = ""): Running {
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: "pipe" });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/**
 * Runs the command to its end in this process, where it costs a hundredth of what a process costs. What only a process has,
 * such as its arguments and the variables that Node itself reads, takes `start`. No run may show the secret, or a stack.
 */
export async function command(
  url: string,
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
  input = "",
): Promise<Ended> {
  const { ended } = begin(args, { GEMINIDB_URL: url, ...more }, input);
  const result = await ended;
  for (const text of [result.stdout, result.stderr]) {
    if (text.includes(secret)) throw new Error(`the secret is shown: ${text}`);
    if (/\n\s+at /.test(text)) throw new Error(`a stack is shown: ${text}`);
  }
  return result;
}

/** The command `mock` in this process, on a free port, until it is disposed of. */
export async function serveHere(...args: string[]) {
  const { output, signals, ended } = begin(["mock", "--port", "0", ...args]);
  const url = await Promise.race([
    vi.waitFor(() => addressIn(output()) ?? Promise.reject(new Error("there is no address")), {
      interval: 5,
      timeout: 60_000,
    }),
    ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  const end = () => {
    signals.emit("SIGINT");
    return ended;
  };
  return {
    url,
    output,
    end,
    async [Symbol.asyncDispose]() {
      await end();
    },
  };
}

/** Starts the command in this process. `signals` emits what the system would send. */
export function begin(
  args: readonly string[],
  more: NodeJS.ProcessEnv = {},
  input = "",
  { stdout = new Collector(), isTTY = false } = {},
) {
  const signals = new EventEmitter();
  const stderr = Object.assign(new Collector(), { isTTY });
  const context = {
    env: variables(more),
    stdin: Readable.from([Buffer.from(input)]),
    stdout,
    stderr,
    once: signals.once.bind(signals),
    on: signals.on.bind(signals),
    off: signals.off.bind(signals),
  };
  const ended = main(args, context).then((code): Ended => ({ code, stdout: stdout.text, stderr: stderr.text }));
  return { signals, ended, output: () => stdout.text + stderr.text };
}

/** Keeps what is written to it. */
export class Collector extends Writable {
  text = "";
  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.text += chunk;
    done();
  }
}

/** Cannot be written, for a reason of the operating system. */
export class Unwritable extends Collector {
  readonly #code: string;

  constructor(code: string) {
    super();
    this.#code = code;
    this.on("error", () => {});
  }

  override _write(_chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    done(Object.assign(new Error("it cannot be written"), { code: this.#code }));
  }
}

export const creating = ["create", "--instance-id", "i", "--name", "nightly", "--description", "Before the release"];
export const deleting = ["delete", "--backup-id", "b"];
