import { deviations } from "./deviations.js";
import type { End } from "./endings.js";
import { type FaultServer, startFaultServer, warmUpId } from "./server.js";
import { type Fault, faults } from "./table.js";

/** One call of the table. */
interface Case {
  fault: Fault;
  operation: "create" | "delete";
  retries: 0 | 2;
  connection: "fresh" | "reused";
}

/** What the driver needs to know of a call. */
interface DriverCall {
  id: number;
  url: string;
  iamUrl: string | undefined;
  operation: Case["operation"];
  retries: number;
  timeout: number;
  /** The backup ID of the request that comes before, over the same connection. */
  warmUp: string | undefined;
  /** Milliseconds between the two. */
  idle: number;
  abortAfter: number | undefined;
}

/** What the driver tells of a call. */
interface DriverResult extends Partial<End> {
  id: number;
  message?: string;
  /** Milliseconds from the call to its end. */
  elapsed: number;
}

/** A call, and what came of it. */
export interface Tried extends Case {
  /** What the client says. Undefined where the driver did not tell. */
  result: DriverResult | undefined;
  /** What the server says. Undefined where there is none. */
  seen: FaultServer | undefined;
}

/**
 * Makes every call of the table: each fault with both operations, with and without retries, over a fresh connection and over
 * one that was used before.
 * @param drive makes the calls on some runtime, and gives what driver.mjs returns
 */
export async function tryAll(drive: (calls: DriverCall[]) => Promise<unknown>): Promise<Tried[]> {
  const cases = Object.values(faults).flat().flatMap(casesOf);
  const servers = await Promise.all(cases.map(({ fault }) => (fault.address ? undefined : startFaultServer(fault))));
  try {
    const results = (await drive(cases.map((one, id) => driverCall(one, id, servers[id])))) as DriverResult[];
    const byId = new Map(results.map((result) => [result.id, result]));
    return cases.map((one, id) => ({ ...one, result: byId.get(id), seen: servers[id] }));
  } finally {
    for (const server of servers) server?.close();
  }
}

function casesOf(fault: Fault): Case[] {
  const cases: Case[] = [];
  for (const operation of ["create", "delete"] as const)
    for (const retries of [0, 2] as const)
      for (const connection of ["fresh", "reused"] as const)
        if (fault.only === undefined || fault.only === connection)
          cases.push({ fault, operation, retries, connection });
  return cases;
}

/** No call may end by this timeout: where a fault is that nothing comes in time, it has a short one of its own. */
const longTimeout = 60_000;

/** Milliseconds that a call may take beyond what it waits for. The machine is busy with the calls beside it and with other tests. */
const tolerance = 10_000;

/** Milliseconds by which a runtime may round its clock and its timers. */
const rounding = 5;

function driverCall(
  { fault, operation, retries, connection }: Case,
  id: number,
  server: FaultServer | undefined,
): DriverCall {
  const url = server?.url ?? fault.address ?? "";
  return {
    id,
    url,
    iamUrl: fault.tokenAddress ?? (fault.token && url),
    operation,
    retries,
    timeout: fault.timeout ?? longTimeout,
    warmUp: connection === "reused" ? warmUpId : undefined,
    idle: fault.closesIdle ? 250 : 50,
    abortAfter: fault.abortAfter,
  };
}

/** What the table says of a call on a runtime. */
interface Expected extends End {
  requests: number;
  /** The most backups that it makes. */
  backups: number;
}

/** The ends that the table allows for a call on a runtime. The first is the usual one. */
function expected({ fault, operation, retries, connection }: Case, runtime: string): [Expected, ...Expected[]] {
  const deviation = deviations.find(
    (one) =>
      one.runtimes.some((name) => runtime.startsWith(name)) &&
      one.faults.includes(fault.name) &&
      (one.operation ?? operation) === operation &&
      (!one.reusedOnly || connection === "reused"),
  );
  const column = retries === 0 ? "without" : "withTwo";
  const usual = (deviation?.endings ?? fault)[operation][column];
  const sentByRuntime = deviation?.sentTwice ? 1 : 0;
  const usualEnd: Expected = {
    ...usual,
    requests: fault.unseen ? 0 : usual.attempts + sentByRuntime,
    backups: 1 + sentByRuntime,
  };
  if (!deviation?.sometimes || operation !== "create") return [usualEnd];
  // There, the request that the runtime repeats arrives whole, or not.
  const other = deviation.sometimes[column];
  const repeated = [0, sentByRuntime].map((more) => ({ ...other, requests: other.attempts + more, backups: 1 }));
  return [usualEnd, ...repeated];
}

/** How many milliseconds a call takes that ends like this. */
function durationOf(
  { timeout = 0, abortAfter = 0 }: Fault,
  { result, attempts }: End,
): { least: number; most: number } {
  const isAborted = result === "the signal's reason";
  const awaited = isAborted ? abortAfter : attempts * timeout;
  const waitsToTheEnd = isAborted || result === "TimeoutError";
  return { least: waitsToTheEnd ? awaited - rounding : 0, most: awaited + tolerance };
}

/**
 * What is not as the table says, a line for each.
 * @param runtime its name, as in test/runtimes/runtimes.ts
 */
export function differences(tried: Tried, runtime: string): string[] {
  const [usual, ...others] = expected(tried, runtime);
  const found = differencesFrom(usual, tried);
  return others.some((other) => differencesFrom(other, tried).length === 0) ? [] : found;
}

function differencesFrom(should: Expected, { fault, operation, retries, connection, result, seen }: Tried): string[] {
  const name = `${fault.name}, ${operation}, ${retries} retries, ${connection} connection`;
  if (!result) return [`${name}: the call did not end`];
  const found: string[] = [];
  const compare = (what: string, is: unknown, expectedValue: unknown) => {
    if (is !== expectedValue) found.push(`${name}: ${what} is ${is}, not ${expectedValue}. ${result.message ?? ""}`);
  };
  compare("the result", result.result, should.result);
  compare("the outcome", result.outcome, should.outcome);
  compare("retryable", result.retryable, should.retryable);
  // Only errors of ours tell the number: a success and the reason of the caller's signal do not.
  if (should.outcome !== undefined) compare("the number of attempts", result.attempts, should.attempts);
  const { least, most } = durationOf(fault, should);
  const took = Math.round(result.elapsed);
  if (took < least || took > most) found.push(`${name}: the call took ${took} ms, not ${least} to ${most}`);
  if (!seen) return found;
  // A server without TLS counts the beginning of the handshake, which is no request.
  compare("the number of requests on the wire", fault.tls === "none" ? 0 : seen.requests, should.requests);
  if (seen.backups > should.backups) found.push(`${name}: ${seen.backups} backups were made`);
  return found;
}
