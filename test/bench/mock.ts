/** The mock, side by side with `prism mock` on the same description and with a bare server of node:http. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMock, startMock } from "geminidb-backup/mock";
import { root } from "../support/project.js";
import { addressIn } from "../support/serve.js";
import { creating, exampleUri } from "../support/transcript.js";
import { heading, median, quick, ratio, row } from "./table.js";

type Name = "prism" | "ours" | "bare";
interface Server {
  readonly url: string;
  readonly process: ChildProcess;
}

const body = '{"name":"nightly","description":""}';
const headers = { "content-type": "application/json", "x-auth-token": "any", prefer: "example=tables" };
const { path } = exampleUri(creating);
/** Linux counts CPU time in hundredths of a second. */
const tick = 10;

export async function mockBench(): Promise<void> {
  heading("Mock, side by side with prism mock on the same bundle and with bare node:http");
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-bench-"));
  const servers = await coldStarts();
  const archiving = await start("ours", ["--har", join(folder, "traffic.har")]);
  const rounds = quick ? 1 : 3;

  const names: Name[] = ["ours", "bare", "prism"];
  for (const name of names) await load(servers[name].url, 16, quick ? 300 : 1500);
  const cpus: Record<Name, number[]> = { prism: [], ours: [], bare: [] };
  for (const connections of [1, 16, 64]) {
    const rates: Record<Name, number[]> = { prism: [], ours: [], bare: [] };
    // In turn, since whatever else the machine does would meet one of them only.
    for (let round = 0; round < rounds; round++) {
      for (const name of names) {
        const count = (quick ? 300 : 1000) * (name === "prism" ? 1 : 4);
        const before = await cpu(servers[name].process);
        rates[name].push(await load(servers[name].url, connections, count));
        cpus[name].push(((await cpu(servers[name].process)) - before) / count);
      }
    }
    const [prism, ours, bare] = [median(rates.prism), median(rates.ours), median(rates.bare)];
    const what = `requests a second, ${connections} connection${connections > 1 ? "s" : ""}`;
    row(what, `${ours.toFixed(0)} /s`, "", `prism ${prism.toFixed(0)} /s, bare ${bare.toFixed(0)} /s`);
    ratio(
      `  ${what}, against prism`,
      rates.ours,
      rates.prism,
      "≥ 3 ×",
      `${(ours / bare).toFixed(2)} × the bare server`,
    );
  }
  const [prism, ours, bare] = [median(cpus.prism), median(cpus.ours), median(cpus.bare)];
  row("CPU for a create", `${ours.toFixed(3)} ms`, "", `prism ${prism.toFixed(3)} ms, bare ${bare.toFixed(3)} ms`);
  ratio("  CPU, against prism", cpus.ours, cpus.prism, "≤ 0.25 ×", `${(ours / bare).toFixed(1)} × the bare server`);

  const many = quick ? 10_000 : 100_000;
  for (const [what, server] of [
    ["", servers.ours],
    [", with HAR", archiving],
  ] as const) {
    await load(server.url, 16, 3000);
    const before = await memory(server.process);
    await load(server.url, 16, many);
    const growth = ((await memory(server.process)) - before) / 2 ** 20;
    row(`memory growth over ${many} requests${what}`, `${growth.toFixed(1)} MB`, "< 100 MB");
  }
  await withoutPort();
  for (const { process } of [...Object.values(servers), archiving]) process.kill("SIGKILL");
  await rm(folder, { recursive: true });
}

/** Starts each a few times, in turn, and leaves the last of each running. */
async function coldStarts(): Promise<Record<Name, Server>> {
  const times: Record<Name, number[]> = { prism: [], ours: [], bare: [] };
  const cpus: Record<Name, number[]> = { prism: [], ours: [], bare: [] };
  const round = async (name: Name) => {
    const began = performance.now();
    const server = await start(name);
    times[name].push(performance.now() - began);
    cpus[name].push(await cpu(server.process));
    return server;
  };
  let servers = { prism: await round("prism"), ours: await round("ours"), bare: await round("bare") };
  for (let index = 1; index < (quick ? 2 : 5); index++) {
    for (const { process } of Object.values(servers)) process.kill("SIGKILL");
    servers = { prism: await round("prism"), ours: await round("ours"), bare: await round("bare") };
  }
  for (const [what, values] of [
    ["cold start, time", times],
    ["cold start, CPU", cpus],
  ] as const) {
    const [prism, ours, bare] = [median(values.prism), median(values.ours), median(values.bare)];
    row(what, `${ours.toFixed(0)} ms`, "", `prism ${prism.toFixed(0)} ms, bare ${bare.toFixed(0)} ms`);
    ratio(`  ${what}, against prism`, values.ours, values.prism, "≤ 0.3 ×");
  }
  return servers;
}

function start(name: Name, more: string[] = []): Promise<Server> {
  const commands: Record<Name, string[]> = {
    prism: ["node_modules/@stoplight/prism-cli/dist/index.js", "mock", "generated/openapi.json", "--port", "0"],
    ours: ["dist/cli/index.js", "mock", "--port", "0"],
    bare: ["test/bench/bare.mjs"],
  };
  const args = [...commands[name], ...more];
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NO_COLOR: "1" } });
  return new Promise((resolve, reject) => {
    let text = "";
    const read = (chunk: Buffer) => {
      text += chunk;
      const url = addressIn(text);
      if (!url || (name === "prism" && !text.includes("listening"))) return;
      // A line for each request follows. Who looks through all of them again and again measures that.
      child.stdout.off("data", read).resume();
      resolve({ url, process: child });
    };
    child.once("exit", () => reject(new Error(`${name} ended: ${text}`)));
    child.stdout.on("data", read);
  });
}

/** Through `mock.fetch` against through the port, both in this process. */
async function withoutPort(): Promise<void> {
  const count = quick ? 1000 : 5000;
  await using started = await startMock();
  const unported = createMock();
  const ways = {
    fetch: () => unported.fetch(unported.url + path, { method: "POST", headers, body }),
    port: () => fetch(started.url + path, { method: "POST", headers, body }),
  };
  const cost = async (way: () => Promise<Response>) => {
    for (let index = 0; index < 500; index++) await (await way()).json();
    const before = process.cpuUsage();
    for (let index = 0; index < count; index++) await (await way()).json();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 / count;
  };
  const [direct, port] = [await cost(ways.fetch), await cost(ways.port)];
  const note = `${port.toFixed(3)} ms through the port, both ends in one process`;
  row("a create through mock.fetch, CPU", `${direct.toFixed(3)} ms`, "< the port", note);
}

/** Requests a second of a create that is answered with the documented example. */
async function load(url: string, connections: number, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const sent = { ...headers, "content-length": body.length };
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const request = httpRequest(url + path, { method: "POST", headers: sent, agent }, (response) => {
        if (response.statusCode !== 202) reject(new Error(`${url} answers ${response.statusCode}`));
        response.resume().on("end", resolve);
      });
      request.on("error", reject);
      request.end(body);
    });
  let left = count;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left-- > 0) await one();
    }),
  );
  agent.destroy();
  return count / ((performance.now() - began) / 1000);
}

/** CPU time of a process, in milliseconds. Not a number where the system does not tell. */
async function cpu({ pid }: ChildProcess): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * tick;
}

/** Resident memory of a process, in bytes. */
async function memory({ pid }: ChildProcess): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? Number.NaN) * 1024;
}
