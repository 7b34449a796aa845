/**
 * `npm run test:runtimes`: one smoke suite and the table of faults on every runtime that npm has, with the packed tarball.
 * Names of runtimes choose some: `-- bun deno`.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startMock } from "geminidb-backup/mock";
import { differences, tryAll } from "../faults/run.js";
import { trusted } from "../faults/server.js";
import { prepareRuntimes, type Runtime } from "./runtimes.js";

/** How many checks smoke.mjs makes. */
const checks = 12;
const chosen = process.argv.slice(2);
const runtimes = await prepareRuntimes(trusted);
const mock = await startMock();
const fragile = await startFragile();
let failed = false;

for (const [name, runtime] of Object.entries(runtimes.all)) {
  if (chosen.length && !chosen.includes(name)) continue;
  report(name, "smoke checks", await smoke(runtime).catch(asFailure));
  report(name, "calls of the table of faults", await tryFaults(runtime, name).catch(asFailure));
}
if (chosen.length === 0 || chosen.includes("deno")) {
  report("deno", "checks without permissions", await withoutPermissions().catch(asFailure));
}
await mock.close();
fragile.close();
await runtimes.close();
process.exit(failed ? 1 : 0);

interface Result {
  total: number;
  failures: string[];
}

function report(name: string, what: string, { total, failures }: Result): void {
  failed ||= failures.length > 0;
  console.log([`${name.padEnd(16)} ${String(total).padStart(4)} ${what}`, ...failures].join("\n"));
}

function asFailure({ message }: Error): Result {
  return { total: 0, failures: [`FAILED ${message}`] };
}

async function smoke(runtime: Runtime): Promise<Result> {
  const argument = { base: mock.url, fragile: fragile.url };
  const module = new URL("smoke.mjs", import.meta.url);
  const lines = (await runtime({ module, call: "smoke", argument })) as string[];
  const failures = lines.filter((line) => !line.startsWith("ok "));
  if (lines.length !== checks) failures.push(`FAILED: ${lines.length} checks in place of ${checks}`);
  return { total: lines.length, failures };
}

/** What a program gets that Deno does not let connect, or read the variables that name a proxy. */
async function withoutPermissions(): Promise<Result> {
  const script = { module: new URL("smoke.mjs", import.meta.url), argument: { base: mock.url } };
  const lines = [
    ...((await runtimes.denoWithoutPermissions({ ...script, call: "mayNotConnect" })) as string[]),
    ...((await runtimes.denoWithoutVariables({ ...script, call: "mayNotReadVariables" })) as string[]),
  ];
  return { total: lines.length, failures: lines.filter((line) => !line.startsWith("ok ")) };
}

async function tryFaults(runtime: Runtime, name: string): Promise<Result> {
  const module = new URL("../faults/driver.mjs", import.meta.url);
  const tried = await tryAll((argument) => runtime({ module, call: "makeCalls", argument }));
  return { total: tried.length, failures: tried.flatMap((one) => differences(one, name)) };
}

/** Answers a delete, and closes the connection of a create without an answer. Counts the creates of each project. */
async function startFragile(): Promise<{ url: string; close(): void }> {
  const sent = new Map<string, number>();
  const cors = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "*",
    "access-control-allow-methods": "*",
  };
  const server = createServer((request, response) => {
    const [, first = "", second = ""] = (request.url ?? "").split("/");
    if (request.method === "OPTIONS") return response.writeHead(204, cors).end();
    if (first === "sent") return response.writeHead(200, cors).end(String(sent.get(second) ?? 0));
    if (request.method === "DELETE") return response.writeHead(202, cors).end('{"job_id":"j"}');
    sent.set(second, (sent.get(second) ?? 0) + 1);
    return request.resume().on("end", () => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
