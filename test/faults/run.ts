import type { End } from "./endings.js";
import { type FaultServer, startFaultServer, warmUpId } from "./server.js";
import { type Fault, faults } from "./table.js";

/** What the driver needs to know of a call. */
export interface DriverCall {
  id: number;
  url: string;
  iamUrl: string | undefined;
  operation: "create" | "delete";
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
}

/** One call of the table, and what came of it. */
export interface Tried {
  fault: Fault;
  operation: "create" | "delete";
  retries: 0 | 2;
  connection: "fresh" | "reused";
  /** What the client says. Undefined where the driver did not tell. */
  result: DriverResult | undefined;
  /** What the server says. Undefined where there is none. */
  seen: FaultServer | undefined;
}

/** No call may end by this timeout: where a fault is that nothing comes in time, it has a short one of its own. */
const longTimeout = 60_000;

/**
 * Makes every call of the table: each fault with both operations, with and without retries, over a fresh connection and over
 * one that was used before.
 * @param drive makes the calls on some runtime, and gives what driver.mjs returns
 */
export async function tryAll(drive: (calls: DriverCall[]) => Promise<unknown>): Promise<Tried[]> {
  const cases = Object.values(faults).flat().flatMap(casesOf);
  const servers = await Promise.all(cases.map(({ fault }) => (fault.address ? undefined : startFaultServer(fault))));
  try {
    const calls = cases.map((one, id) => driverCall(one, id, servers[id]));
    const results = (await drive(calls)) as DriverResult[];
    const byId = new Map(results.map((result) => [result.id, result]));
    return cases.map((one, id) => ({ ...one, result: byId.get(id), seen: servers[id] }));
  } finally {
    for (const server of servers) server?.close();
  }
}

type Case = Omit<Tried, "result" | "seen">;

function casesOf(fault: Fault): Case[] {
  const connections = (["fresh", "reused"] as const).filter((one) => fault.only === undefined || fault.only === one);
  return (["create", "delete"] as const).flatMap((operation) =>
    ([0, 2] as const).flatMap((retries) =>
      connections.map((connection) => ({ fault, operation, retries, connection })),
    ),
  );
}

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
    idle: fault.closesIdle ? 200 : 20,
    abortAfter: fault.abortAfter,
  };
}

/** What is not as the table says, in one line for each. */
export function differences(tried: Tried, expected: End): string[] {
  const { fault, operation, retries, connection, result, seen } = tried;
  const name = `${fault.name}, ${operation}, ${retries} retries, ${connection} connection`;
  if (!result) return [`${name}: the call did not end`];
  const found: string[] = [];
  const compare = (what: string, is: unknown, should: unknown) => {
    if (is !== should) found.push(`${name}: ${what} is ${is}, should be ${should}. ${result.message ?? ""}`);
  };
  compare("the result", result.result, expected.result);
  compare("the outcome", result.outcome, expected.outcome);
  compare("retryable", result.retryable, expected.retryable);
  // What resolves, and a reason of the caller's, cannot tell.
  if (result.attempts !== undefined) compare("the number of attempts", result.attempts, expected.attempts);
  if (seen) {
    compare("the number of requests on the wire", requestsOf(tried), fault.unseen ? 0 : expected.attempts);
    if (seen.backups > 1) found.push(`${name}: ${seen.backups} backups were made`);
  }
  return found;
}

/** Requests on the wire. What never became HTTP is none. */
function requestsOf({ fault, seen }: Tried): number {
  return fault.tls ? 0 : (seen?.requests ?? 0);
}

/** What the table says of a call. */
export function expectedEnd({ fault, operation, retries }: Tried): End {
  return retries === 0 ? fault[operation].without : fault[operation].withTwo;
}
