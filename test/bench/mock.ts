import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { Agent, request as httpRequest } from "node:http";
import { join } from "node:path";
import { root } from "../support/project.js";
import { creating, exampleUri } from "../support/transcript.js";
import { heading, median, quick, row } from "./table.js";

export async function mockBench(): Promise<void> {
  heading("Mock, side by side with prism mock on the same bundle");
  const { prism, ours } = await servers();
  row("start, cold, median", `${ours.start.toFixed(0)} ms`, "≤ 1,200 ms", `prism ${prism.start.toFixed(0)} ms`);
  row("start against prism", `${(ours.start / prism.start).toFixed(2)} ×`, "≤ 0.4 ×");
  for (const connections of [1, 16]) {
    const rates: { fast: number; slow: number }[] = [];
    // In turn, since whatever else the machine does would meet one of them only.
    for (let round = 0; round < (quick ? 1 : 5); round++) {
      const fast = await load(ours.url, connections, quick ? 500 : 1500);
      rates.push({ fast, slow: await load(prism.url, connections, quick ? 300 : 700) });
    }
    const fast = median(rates.map((one) => one.fast));
    const slow = median(rates.map((one) => one.slow));
    row(
      `requests a second, ${connections} connection${connections > 1 ? "s" : ""}`,
      `${fast.toFixed(0)} /s`,
      "",
      `prism ${slow.toFixed(0)} /s`,
    );
    row("  against prism", `${median(rates.map((one) => one.fast / one.slow)).toFixed(2)} ×`, "≥ 2 ×");
  }
  await load(ours.url, 16, 3000);
  const before = await memory(ours.process);
  await load(ours.url, 16, quick ? 2000 : 20_000);
  const after = await memory(ours.process);
  row(
    "memory growth over 20,000 requests, warm",
    `${((after - before) / 2 ** 20).toFixed(1)} MB`,
    "< 20 MB",
    `${(after / 2 ** 20).toFixed(0)} MB in all`,
  );
  for (const one of [prism, ours]) one.process.kill("SIGKILL");
}

/** Starts both a few times, in turn, and leaves the last of each running. */
async function servers() {
  const commands = {
    prism: [
      join(root, "node_modules/@stoplight/prism-cli/dist/index.js"),
      "mock",
      join(root, "generated/openapi.json"),
      "--port",
      "0",
    ],
    ours: ["--expose-gc", join(root, "dist/cli/index.js"), "mock", "--port", "0"],
  };
  const starts: Record<string, number[]> = { prism: [], ours: [] };
  const last: Record<string, { url: string; process: ChildProcess }> = {};
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    for (const [name, command] of Object.entries(commands)) {
      last[name]?.process.kill("SIGKILL");
      const began = performance.now();
      const child = spawn(process.execPath, command, { env: { ...process.env, NO_COLOR: "1" } });
      const url = await new Promise<string>((resolve) => {
        let text = "";
        child.stdout.on("data", (chunk) => {
          text += chunk;
          const found = /http:\/\/127\.0\.0\.1:\d+(?=[\s,]|$)/m.exec(text);
          if (found && (name === "ours" || text.includes("listening"))) resolve(found[0]);
        });
      });
      starts[name]?.push(performance.now() - began);
      last[name] = { url, process: child };
    }
  }
  const result = (name: "prism" | "ours") => ({
    ...(last[name] as { url: string; process: ChildProcess }),
    start: median(starts[name] ?? []),
  });
  return { prism: result("prism"), ours: result("ours") };
}

/** Requests a second of a create that is answered with the documented example. */
async function load(url: string, connections: number, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const body = '{"name":"nightly","description":""}';
  const headers = {
    "content-type": "application/json",
    "x-auth-token": "any",
    "content-length": body.length,
    prefer: "example=tables",
  };
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const request = httpRequest(url + exampleUri(creating).path, { method: "POST", headers, agent }, (response) => {
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

/** Resident memory of a process, in bytes. */
async function memory({ pid }: ChildProcess): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? Number.NaN) * 1024;
}
