import type { IncomingMessage } from "node:http";
import { isLoopback } from "../client/base-url.js";
import { jsonOrText } from "../client/json.js";
import { reasonOf } from "../client/untrusted.js";
import { collect, LateBody, MalformedBody } from "./bodies.js";
import type { Connection } from "./connections.js";
import { isPlainObject } from "./json.js";
import { largestControlBody } from "./limits.js";
import type { Core } from "./mock.js";
import { type Answer, closing, wholeAnswer } from "./outcome.js";
import { requestTarget } from "./request.js";

/** Where the control interface is. Described in docs/mock-control.openapi.yaml. */
export const controlPrefix = "/__mock/";

class ControlError extends Error {
  readonly status: number;
  readonly headers: Answer["headers"];
  constructor(status: number, message: string, headers: Answer["headers"] = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** A request to the control interface. */
interface ControlRequest {
  readonly method: string;
  readonly headers: IncomingMessage["headers"];
  /** Reading throws where the parser refuses a part of it. */
  readonly body: AsyncIterable<Uint8Array>;
}

type Handler = (core: Core, request: ControlRequest) => unknown;

/** What each method and path does. A result is answered as JSON, undefined as 204. */
const handlers: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  health: { GET: ({ mock }) => ({ status: "ok", url: mock.url, seed: mock.seed }) },
  requests: { GET: ({ mock }) => mock.requests },
  replies: { GET: ({ mock }) => mock.pending, POST: queueReplies },
  backups: { GET: ({ mock }) => mock.backups },
  reset: { POST: ({ mock }) => mock.reset() },
  verify: { GET: verify },
};

/** The answer of the control interface; undefined for a request to the mocked API. It never rejects. */
export function controlAnswer(
  core: Core,
  connection: Connection,
  request: IncomingMessage,
): Promise<Answer> | undefined {
  const url = requestTarget(request.url ?? "");
  if (!url.startsWith(controlPrefix)) return undefined;
  const [name = ""] = url.slice(controlPrefix.length).split("?", 1);
  const { method = "", headers } = request;
  return answerTo(core, name, { method, headers, body: connection.bodyOf(request) });
}

async function answerTo(core: Core, name: string, request: ControlRequest): Promise<Answer> {
  try {
    refuseStrangers(request);
    const result = await handlerOf(name, request.method)(core, request);
    return result === undefined ? wholeAnswer(204, uncached) : jsonAnswer(200, uncached, "application/json", result);
  } catch (error) {
    const status = statusOf(error);
    const title = titles[status] ?? "The mock's control interface refuses this";
    const headers = error instanceof ControlError ? { ...uncached, ...error.headers } : uncached;
    return jsonAnswer(status, headers, "application/problem+json", { title, status, detail: reasonOf(error) });
  }
}

const titles: Readonly<Record<number, string>> = {
  409: "The mock was not used as planned",
  500: "The mock's control interface failed",
};

/** @throws {ControlError} where there is no such name, or it does not take the method */
function handlerOf(name: string, method: string): Handler {
  const handlersByMethod = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!handlersByMethod) {
    throw new ControlError(404, `there is no ${controlPrefix}${name}. There are ${Object.keys(handlers).join(", ")}`);
  }
  // Tools that wait for a server ask with HEAD. Node leaves out the body of the answer.
  const handler = handlersByMethod[method === "HEAD" ? "GET" : method];
  if (handler) return handler;
  const known = Object.keys(handlersByMethod);
  const allow = known.includes("GET") ? ["HEAD", ...known] : known;
  throw new ControlError(405, `${controlPrefix}${name} takes ${known.join(" and ")}`, { allow: allow.join(", ") });
}

const uncached = { "cache-control": "no-store" };

function statusOf(error: unknown): number {
  if (error instanceof ControlError) return error.status;
  // A TypeError says what was wrong with the given value. Anything else is a fault of the mock.
  return error instanceof TypeError ? 400 : 500;
}

/** A web page must not control the mock of its reader, neither from its own origin nor by a host name that resolves to this machine. */
function refuseStrangers({ headers: { origin, host = "", "sec-fetch-site": site = "none" } }: ControlRequest): void {
  // Requests for images and links of a page have no Origin, but browsers send Sec-Fetch-Site with them.
  if (origin !== undefined || !ownSites.has(site))
    throw new ControlError(
      403,
      "a request with the header Origin, or a Sec-Fetch-Site of another site, comes from a web page, and none may control the mock",
    );
  if (!isOnThisMachine(hostnameOf(host)))
    throw new ControlError(
      403,
      "the header Host must be localhost, a name that ends in .localhost, or a loopback address such as 127.0.0.1 or [::1]",
    );
}

/** Browsers take every name that ends in .localhost for this machine. */
function isOnThisMachine(hostname: string): boolean {
  return isLoopback(hostname) || hostname.endsWith(".localhost");
}

/** What browsers send where a person has typed the address, and for the mock's own pages. */
const ownSites: ReadonlySet<unknown> = new Set(["none", "same-origin"]);

/** The name or address in a header Host, in the form in which URLs have it; empty where it is none. */
function hostnameOf(host: string): string {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return "";
  }
}

async function queueReplies(core: Core, { body }: ControlRequest): Promise<void> {
  const bytes = await bytesOf(body, core.limit);
  if (!bytes)
    throw new ControlError(
      413,
      `the replies are larger than ${largestControlBody} bytes of JSON: queue fewer at a time`,
    );
  const scenario = jsonOrText(Buffer.from(bytes).toString("utf8"));
  if (!isPlainObject(scenario)) {
    throw new ControlError(400, "the body must be JSON that maps each operation to a list of replies");
  }
  core.queue(scenario);
}

async function bytesOf(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | undefined> {
  try {
    return await collect(body, { most: largestControlBody, limit });
  } catch (error) {
    // The rest of such a body is not waited for: the answer closes the connection.
    if (error instanceof LateBody) throw new ControlError(408, `the body ${error.message}`, closing);
    if (error instanceof MalformedBody) throw new ControlError(400, `the body is malformed: ${error.message}`, closing);
    throw error;
  }
}

function verify({ mock }: Core): void {
  try {
    mock.verify();
  } catch (error) {
    throw new ControlError(409, reasonOf(error));
  }
}

function jsonAnswer(status: number, headers: Answer["headers"], type: string, value: unknown): Answer {
  return wholeAnswer(status, { ...headers, "content-type": type }, JSON.stringify(value));
}
