import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { Problem } from "../shared/problem.js";
import { program } from "./command.js";

type Running = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Does something while the mock of the built command runs.
 * @param args flags of the command `mock`
 * @param work is given the address of the mock
 * @throws {Problem} in the words of the command, when it does not start
 */
export async function withMock<Result>(
  args: readonly string[],
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const child = spawn(process.execPath, [program, "mock", "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  try {
    return await work(await addressOf(child, ended));
  } finally {
    child.kill();
    await ended;
  }
}

/** The address that the mock prints when it is ready. */
async function addressOf({ stdout, stderr }: Running, ended: Promise<unknown>): Promise<string> {
  let complaint = "";
  stderr.on("data", (chunk) => (complaint += chunk));
  let printed = "";
  return new Promise((resolve, reject) => {
    // To the end of the work: a mock that could not print any more would not be the one that users run.
    stdout.on("data", (chunk) => {
      printed += chunk;
      // Only a whole address has something behind it.
      const [, address] = /(http:\/\/\S+:\d+)[\s,.]/.exec(printed) ?? [];
      if (address !== undefined) resolve(address);
    });
    ended.then(() => reject(new Problem(complaint.trim() || "The mock ended before it was ready.")), reject);
  });
}
