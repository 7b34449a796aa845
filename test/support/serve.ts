import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./project.js";

export const cli = join(root, "dist/cli/index.js");

/** A program that serves, in a process of its own. */
export interface Serving {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has written to standard output and standard error. */
  output(): string;
  /** Ends it as Ctrl-C does. @returns its exit code */
  end(): Promise<number | null>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The mock as a shell starts it, on a free port. */
export const serveMock = (...args: string[]) => serve([cli, "mock", "--port", "0", ...args]);

/** Starts a program of Node, and waits until it has printed its address. */
export async function serve(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Serving> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], ...(env && { env }) });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = addressIn(text);
      if (!found) return;
      child.stdout.off("data", look);
      resolve(found);
    };
    child.stdout.on("data", look);
    ended.then(() => reject(new Error(`${args.join(" ")} has ended: ${text}`)));
  });
  const end = () => {
    child.kill("SIGINT");
    return ended;
  };
  return {
    url,
    child,
    output: () => text,
    end,
    async [Symbol.asyncDispose]() {
      await end();
    },
  };
}

/** The first address that is whole: a character that belongs to no address follows. */
export function addressIn(text: string): string | undefined {
  return /(https?:\/\/(?:127\.0\.0\.1|0\.0\.0\.0|\[::1\]):\d+)[\s,.]/.exec(text)?.[1];
}
