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
  try {
    return await work(await addressOf(child));
  } finally {
    child.kill();
  }
}

/** The address that the mock prints when it is ready. */
async function addressOf(child: Running): Promise<string> {
  const { stdout, stderr } = child;
  const closed = once(child, "close");
  let complaint = "";
  stderr.on("data", (chunk) => (complaint += chunk));
  let printed = "";
  for await (const chunk of stdout) {
    printed += chunk;
    const [address] = /http:\/\/\S+:\d+/.exec(printed) ?? [];
    if (address !== undefined) return address;
  }
  // What it said last may come after the end of its standard output.
  await closed;
  throw new Problem(complaint.trim() || "The mock ended before it was ready.");
}
