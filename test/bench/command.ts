/** How long the command takes from its start to its end, beside Node alone and a bare call. */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "../support/project.js";
import { heading, median, quick, ratio, row } from "./table.js";

const create = ["dist/cli/index.js", "create", "--instance-id=i", "--name=nightly", "--description="];
const bareCall = `
const headers = { "content-type": "application/json", "x-auth-token": "any-token" };
const body = JSON.stringify({ name: "nightly", description: "" });
const url = process.env.GEMINIDB_URL + "/v3/p/instances/i/backups";
console.log(await (await fetch(url, { method: "POST", headers, body })).text());`;

/** What is measured: the arguments of Node. */
const programs = {
  node: ["-e", "0"],
  help: ["dist/cli/index.js", "create", "--help"],
  create,
  call: ["--input-type=module", "-e", bareCall],
};
type Name = keyof typeof programs;

export async function commandBench(): Promise<void> {
  heading("Command, from start to end");
  const server = fork(fileURLToPath(new URL("server.mjs", import.meta.url)));
  const port = await new Promise((resolve) => server.once("message", resolve));
  const times: Record<Name, number[]> = { node: [], help: [], create: [], call: [] };
  const names = Object.keys(programs) as Name[];
  for (let round = 0; round < (quick ? 5 : 15); round++) {
    // In turn, because whatever else the machine does would meet one of them only.
    for (const name of names) times[name].push(await timeOf(programs[name], `http://127.0.0.1:${port}`));
  }
  server.kill();
  const milliseconds = (name: Name) => `${median(times[name]).toFixed(0)} ms`;
  row("node -e 0", milliseconds("node"));
  row("create --help", milliseconds("help"));
  ratio("  against node -e 0", times.help, times.node, "≤ 2 ×");
  row("create on loopback", milliseconds("create"), "", `node with one bare fetch ${milliseconds("call")}`);
  // What the call costs by itself: a bare one, without the start of Node.
  const limits = times.call.map((call, round) => call + (times.node[round] ?? Number.NaN));
  ratio("  create against twice node -e 0, and the call", times.create, limits, "≤ 1 ×");
  ratio("  create against node with one bare fetch", times.create, times.call);
}

async function timeOf(args: readonly string[], url: string): Promise<number> {
  const env = { ...process.env, GEMINIDB_URL: url, OS_TOKEN: "any-token", HUAWEICLOUD_SDK_PROJECT_ID: "p" };
  const began = performance.now();
  const child: ChildProcess = spawn(process.execPath, [...args], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout?.resume();
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`node ${args.join(" ")} ended with ${code}`);
  return performance.now() - began;
}
