import type { IncomingMessage } from "node:http";
import { isLoopback } from "../client/base-url.js";
import { jsonOrText } from "../client/json.js";
import { reasonOf } from "../client/untrusted.js";
import { collect, LateBody } from "./bodies.js";
import { isScenario } from "./checks.js";
import type { Core } from "./mock.js";
import type { Answer } from "./outcome.js";
import { requestTarget } from "./request.js";

/** Where the control interface is. Described in docs/mock-control.openapi.yaml. */
export const controlPrefix = "/__mock/";
/** The largest body that it takes, in bytes. */
const largestControlBody = 2 ** 20;

class ControlError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Handler = (core: Core, request: IncomingMessage) => unknown;

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
export function controlAnswer(core: Core, request: IncomingMessage): Promise<Answer> | undefined {
  const url = requestTarget(request.url ?? "");
  return url.startsWith(controlPrefix)
    ? answer(core, request, url.slice(controlPrefix.length).split("?")[0] ?? "")
    : undefined;
}

async function answer(core: Core, request: IncomingMessage, name: string): Promise<Answer> {
  try {
    refuseStrangers(request);
    const methods = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (!methods)
      throw new ControlError(404, `there is no ${controlPrefix}${name}. There are ${Object.keys(handlers).join(", ")}`);
    const handler = methods[request.method ?? ""];
    if (!handler) throw new ControlError(405, `${controlPrefix}${name} takes ${Object.keys(methods).join(" and ")}`);
    const result = await handler(core, request);
    return result === undefined ? jsonAnswer(204, "", "") : jsonAnswer(200, "application/json", JSON.stringify(result));
  } catch (error) {
    const status = statusOf(error);
    const detail = reasonOf(error);
    const title = status === 500 ? "The mock's control interface failed" : "The mock's control interface refuses this";
    const problem = { title, status, detail };
    return jsonAnswer(status, "application/problem+json", JSON.stringify(problem));
  }
}

function statusOf(error: unknown): number {
  if (error instanceof ControlError) return error.status;
  // What was wrong with what the caller gave. Anything else is a fault of the mock.
  return error instanceof TypeError ? 400 : 500;
}

/** A page must not control the mock of the person who looks at it, neither from its own origin nor by a name that leads to this machine. */
function refuseStrangers({ headers: { origin, host = "" } }: IncomingMessage): void {
  if (origin !== undefined)
    throw new ControlError(
      403,
      "a request with the header Origin comes from a web page, and none may control the mock",
    );
  if (!isLoopback(hostnameOf(host)))
    throw new ControlError(403, "the header Host must be localhost, 127.0.0.1 or [::1]");
}

/** The name or address in a header Host, in the form in which URLs have it; empty where it is none. */
function hostnameOf(host: string): string {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return "";
  }
}

async function queueReplies(core: Core, request: IncomingMessage): Promise<void> {
  const bytes = await bodyOf(request, core.limit);
  if (!bytes)
    throw new ControlError(
      413,
      `the replies are larger than ${largestControlBody} bytes of JSON: queue fewer at a time`,
    );
  const scenario = jsonOrText(Buffer.from(bytes).toString("utf8"));
  if (!isScenario(scenario)) {
    throw new ControlError(400, "the body must be JSON that maps each operation to a list of replies");
  }
  core.queue(scenario);
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  try {
    return await collect(request.iterator({ destroyOnReturn: false }), { most: largestControlBody, limit });
  } catch (error) {
    throw error instanceof LateBody ? new ControlError(408, `the body ${error.message}`) : error;
  }
}

function verify({ mock }: Core): void {
  try {
    mock.verify();
  } catch (error) {
    throw new ControlError(409, reasonOf(error));
  }
}

function jsonAnswer(status: number, type: string, body: string): Answer {
  const headers: Record<string, string> = { "cache-control": "no-store" };
  if (type) headers["content-type"] = type;
  // What is left of a body that is late is not waited for.
  if (status === 408) headers.connection = "close";
  if (status !== 204) headers["content-length"] = String(Buffer.byteLength(body));
  return { kind: "answer", status, headers, body, pace: "whole" };
}
