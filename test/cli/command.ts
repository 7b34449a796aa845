import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../support/project.js";

export const cli = join(root, "dist/cli/index.js");
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

/** Runs it to its end. No run may show the secret, or a stack. */
export async function command(url: string, args: readonly string[], more: NodeJS.ProcessEnv = {}, input = "") {
  const result = await start(args, variables({ GEMINIDB_URL: url, ...more }), input).ended;
  for (const text of [result.stdout, result.stderr]) {
    if (text.includes(secret)) throw new Error(`the secret is shown: ${text}`);
    if (/\n\s+at /.test(text)) throw new Error(`a stack is shown: ${text}`);
  }
  return result;
}

export const creating = ["create", "--instance-id", "i", "--name", "nightly", "--description", "Before the release"];
export const deleting = ["delete", "--backup-id", "b"];

/** Ends what still runs as Ctrl-C does, and waits for it. */
export async function interrupt(children: readonly ChildProcess[]): Promise<void> {
  const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  await Promise.all(
    running.map((child) => {
      child.kill("SIGINT");
      return once(child, "exit");
    }),
  );
}
