/** A mock of the service for test suites: Prism's engine behind a small server. For Node only. */
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { catalogue as generated, type CatalogueOperation as Known } from "../../generated/catalogue.js";
import type { OperationId } from "../../generated/operations.js";
import { redactHeaders } from "../client/redact.js";
import { findRoute } from "../client/route.js";
import { catalogue } from "./catalogue.js";
import { createEngine, type Decision, type EngineAnswer, type Violation } from "./engine.js";
import { type Exchange, har } from "./har.js";
import { checkReply, findExample, type Reply, write } from "./reply.js";
import { createState } from "./state.js";

export type { Violation } from "./engine.js";
export type { Fault, Reply } from "./reply.js";

export interface MockOptions {
  /**
   * The port; 0 takes any that is free.
   * @default 0
   */
  port?: number | undefined;
  /**
   * The address to listen on. Any other than this machine's own opens the mock to the network.
   * @default "127.0.0.1"
   */
  host?: string | undefined;
  /**
   * Answers every call with the documented example, and remembers nothing.
   * @default false
   */
  stateless?: boolean | undefined;
  /**
   * Milliseconds for which an accepted operation keeps its instance busy; another is then answered with the busy code.
   * @default 0
   */
  busyFor?: number | undefined;
  /**
   * Milliseconds to wait before every answer.
   * @default 0
   */
  latency?: number | undefined;
  /** Replies to queue from the start, by operation. */
  scenario?: Readonly<Record<string, readonly Reply[]>> | undefined;
  /** A file that gets every exchange as HTTP Archive when the mock closes. Credentials are redacted. */
  har?: string | undefined;
  /** Called when a request has been answered. */
  onRequest?: ((request: RecordedRequest) => void) | undefined;
}

/** What the mock has received. */
export interface RecordedRequest {
  /** Undefined where the spec has no such path and method. */
  operationId: OperationId | undefined;
  method: string;
  /** Path and query as received. */
  path: string;
  /** The path parameters, decoded. */
  parameters: Record<string, string>;
  /** The headers, with credentials replaced by `[redacted]`. */
  headers: Record<string, string>;
  /** The parsed body; its text, where it is no JSON; undefined where there is none. */
  body: unknown;
  /** What was wrong with the request. */
  violations: Violation[];
  /** What was answered: a status, or the fault. */
  answer: string;
  /** Milliseconds from the request to the end of the answer. */
  duration: number;
}

export interface Mock {
  /** Scheme, host and port, for `createClient({ baseUrl })`. */
  readonly url: string;
  /** The last 1,000 requests, oldest first; fewer where their bodies are large. */
  readonly requests: readonly RecordedRequest[];
  /**
   * Queues replies: each answers one request of that operation that keeps to the spec; faults of the line come first.
   * @throws {TypeError} when there is no such operation, example or fault; lists those that exist
   */
  respond(operationId: OperationId, ...replies: Reply[]): void;
  /** Forgets requests, queued replies and backups: all is as after the start. */
  reset(): void;
  /** Ends the server and every connection. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The gateway takes no larger body. */
const largestBody = 12 * 2 ** 20;
/** Twice the gateway's 32 kB for one header, so that its limit is not Node's. */
const largestHeaders = 2 ** 17;
/** What is kept of the past, in requests and in bytes. */
const recorded = { items: 1000, bytes: 2 ** 25 };
const archived = { items: 100_000, bytes: 2 ** 28 };

/**
 * Starts a mock on this machine.
 * @throws {Error} in one sentence, when the port is busy or Prism's engine is not installed
 * @example
 * await using mock = await startMock();
 * const geminidb = createClient({ baseUrl: mock.url, project_id: "p", auth: "any" });
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 0, host = "127.0.0.1", stateless = false, busyFor = 0, latency = 0 } = options;
  const spec: object = JSON.parse(await readFile(new URL("../../generated/openapi.json", import.meta.url), "utf8"));
  const operations = catalogue;
  const state = stateless ? undefined : createState(operations.values(), busyFor);
  const unknownRoute = gatewayAnswer(operations.values());
  const requests: RecordedRequest[] = [];
  const exchanges: Exchange[] = [];
  const keepRequest = keeper(requests, recorded);
  const keepExchange = keeper(exchanges, archived);
  const queues = new Map<string, Reply[]>();

  const respond = (operationId: string, ...replies: Reply[]) => {
    const operation = operations.get(operationId);
    if (!operation)
      throw new TypeError(`there is no operation ${operationId}. There are ${[...operations.keys()].join(", ")}`);
    const checked = replies.map((reply) => checkReply(operation, reply));
    queues.set(operationId, [...(queues.get(operationId) ?? []), ...checked]);
  };
  const scenario = () => {
    for (const [operationId, replies] of Object.entries(options.scenario ?? {}))
      respond(operationId, ...[replies].flat());
  };
  scenario();
  const engine = await createEngine(spec);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = new Date();
    const path = request.url ?? "/";
    const headers = headersOf(request);
    const cors = { "access-control-allow-origin": "*", "access-control-expose-headers": "*" };
    if (request.method === "OPTIONS" && headers["access-control-request-method"]) {
      const allow = {
        "access-control-allow-methods": "*",
        "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
      };
      response.writeHead(204, { ...cors, ...allow, "access-control-max-age": "600" }).end();
      return;
    }
    const sent = Object.entries(headers);
    const found = isEncoded(path) ? findRoute(request.method ?? "", path) : undefined;
    const operation = found && operations.get(found.operationId);
    const entry: RecordedRequest = {
      operationId: found?.operationId,
      method: request.method ?? "",
      path,
      parameters: Object.fromEntries(
        Object.entries(found?.parameters ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
      ),
      headers: redactHeaders(sent),
      body: undefined,
      violations: [],
      answer: "",
      duration: 0,
    };
    const queue = (operation && queues.get(operation.operationId)) ?? [];
    let reply: Reply = {};
    let result: Pick<EngineAnswer, "status" | "headers" | "body">;
    let text = "";
    const next = queue[0];
    if (next?.fault === "reset-early") {
      queue.shift();
      reply = next;
      result = { status: 0, headers: {}, body: undefined };
    } else {
      const bytes = await readBody(request);
      text = bytes?.toString("utf8") ?? "";
      entry.body = text ? parse(text) : undefined;
      ({ reply, result } = await decide(headers, text, bytes, entry, operation, queue));
    }
    if (result.status && entry.violations.length) result.headers["sl-violations"] = ascii(entry.violations);
    Object.assign(result.headers, cors);
    if (latency) reply = { ...reply, delay: (reply.delay ?? 0) + latency };
    entry.answer = await write(response, result, reply);
    entry.duration = Date.now() - started.getTime();
    keepRequest(entry, text.length + path.length);
    if (options.har && response.headersSent) {
      const exchange: Exchange = {
        started,
        milliseconds: entry.duration,
        method: entry.method,
        url: `${url}${path}`,
        requestHeaders: entry.headers,
        requestBody: text,
        status: response.statusCode,
        responseHeaders: result.headers,
        responseBody: JSON.stringify(result.body) ?? "",
        fault: reply.fault ?? (reply.html ? "html" : undefined),
      };
      keepExchange(exchange, text.length + path.length);
    }
    options.onRequest?.(entry);
  }

  /** What to answer: the spec's word on what is wrong, else what was queued or preferred, else what the state says. */
  async function decide(
    headers: Record<string, string>,
    text: string,
    bytes: Buffer | undefined,
    entry: RecordedRequest,
    operation: Known | undefined,
    queue: Reply[],
  ): Promise<{ reply: Reply; result: EngineAnswer }> {
    const [pathname = "", query = ""] = entry.path.split("?", 2);
    if (!operation) return { reply: {}, result: unknownRoute() };
    const malformed = text !== "" && typeof entry.body === "string" && !/^\s*"/.test(text);
    let reply: Reply = {};
    const result = await engine.handle(
      {
        method: entry.method.toLowerCase(),
        path: pathname,
        query: Object.fromEntries(new URLSearchParams(query)),
        headers: forPrism(headers, bytes?.length ?? 0),
        body: malformed ? undefined : entry.body,
      },
      (_, violations): Decision => {
        if (bytes === undefined) {
          entry.violations.push({ path: ["body"], message: `is larger than ${largestBody} bytes` });
          return fail(operation, 413);
        }
        entry.violations.push(...(malformed ? [{ path: ["body"], message: "is not JSON" }] : []), ...violations);
        const security = entry.violations.find(({ path }) => path[0] === "security");
        if (security) return fail(operation, 401);
        if (entry.violations.length) return fail(operation, 400, fittingCode(operation, entry.violations));
        reply = preferred(operation, headers.prefer) ?? queue.shift() ?? {};
        if (reply.html || reply.fault === "reset" || reply.fault === "hang")
          return findExample(operation, undefined, undefined);
        if (reply.example !== undefined || reply.status !== undefined)
          return findExample(operation, reply.example, reply.status);
        const outcome = state?.apply(operation, { parameters: entry.parameters, body: entry.body });
        if (!outcome) return operation.success;
        return "code" in outcome
          ? fail(operation, undefined, outcome.code)
          : { ...operation.success, body: outcome.body };
      },
    );
    if (!result) return { reply, result: unknownRoute() };
    if (result.violations.length) {
      throw new Error(
        `the mock's own answer breaks the spec: ${result.violations.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ")}`,
      );
    }
    return { reply, result };
  }

  const server = createServer({ maxHeaderSize: largestHeaders, requestTimeout: 60_000 }, (request, response) => {
    answer(request, response).catch((error: Error) => problem(response, error));
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`port ${port} on ${host} is in use: choose another, or 0 for any`, { cause: error })
          : error,
      );
    });
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const url = `http://${address.family === "IPv6" ? `[${address.address}]` : address.address}:${address.port}`;

  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      });
      if (options.har) await writeFile(options.har, `${JSON.stringify(har(exchanges, generated.version), null, 2)}\n`);
    })();
    return closing;
  };
  return {
    url,
    requests,
    respond,
    reset() {
      requests.length = 0;
      queues.clear();
      scenario();
      state?.reset();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Adds to a list and lets the oldest go, so that neither many requests nor large ones fill the memory. */
function keeper<T>(list: T[], most: { items: number; bytes: number }): (item: T, bytes: number) => void {
  let sizes: number[] = [];
  let total = 0;
  return (item, bytes) => {
    // Somebody may have emptied the list meanwhile.
    if (list.length < sizes.length) {
      sizes = sizes.slice(sizes.length - list.length);
      total = sizes.reduce((sum, size) => sum + size, 0);
    }
    list.push(item);
    sizes.push(bytes);
    total += bytes;
    while (list.length > 1 && (list.length > most.items || total > most.bytes)) {
      list.shift();
      total -= sizes.shift() ?? 0;
    }
  };
}

/**
 * The failure of that status and code, or the first of that status.
 * @throws {Error} when the description has none: a success in its place would hide what is wrong
 */
function fail({ operationId, failures }: Known, status: number | undefined, code?: string): Decision {
  const found =
    failures.find(
      (one) => (status === undefined || one.status === status) && (code === undefined || one.code === code),
    ) ?? failures.find((one) => one.status === status);
  if (found) return found;
  throw new Error(`the description has no failure ${[status, code].filter(Boolean).join(" ")} of ${operationId}`);
}

/** The code that the spec gives to the first field that is wrong. */
function fittingCode({ fieldCodes: codes }: Known, violations: Violation[]): string | undefined {
  const field = violations.find(({ path }) => path.length === 2 && Object.hasOwn(codes, path[1] ?? ""))?.path[1];
  return field === undefined ? undefined : codes[field];
}

/** The header Prefer, RFC 7240: `code=400, example=DBS.201214`, and the keys of a reply. */
function preferred(operation: Known, header: string | undefined): Reply | undefined {
  if (!header) return undefined;
  const pairs = header.split(/[,;]/).map((pair) => pair.trim().split("=") as [string, string?]);
  const values = Object.fromEntries(
    pairs.map(([name, value = "true"]) => [name === "code" ? "status" : name, value.replace(/^"|"$/g, "")]),
  );
  const reply = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name === "status" || name === "delay" ? Number(value) : name === "html" ? value !== "false" : value,
    ]),
  );
  return checkReply(operation, reply);
}

/** What the gateway answers where there is no such API: the documented 404 without an operation around it. */
function gatewayAnswer(operations: Iterable<Known>): () => EngineAnswer {
  const failures = [...operations].flatMap((operation) => operation.failures);
  const gateway = failures.find(({ status, code }) => status === 404 && code?.startsWith("APIGW"));
  return () => ({ status: 404, headers: { "content-type": "application/json" }, body: gateway?.body, violations: [] });
}

/** A request that the mock itself cannot serve, such as a preference for an example that does not exist. */
function problem(response: ServerResponse, error: Error): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const body = JSON.stringify({ title: "The mock cannot answer this", detail: error.message, status: 500 });
  response.writeHead(500, { "content-type": "application/problem+json", "access-control-allow-origin": "*" }).end(body);
}

/** The body of a request; undefined where it is too large. The rest is then read and dropped, so that the answer arrives. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on("end", () => resolve(size > largestBody ? undefined : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("close", () => reject(new Error("the request was not finished")));
  });
}

/**
 * The headers as Prism can take them. It counts an empty header as credentials, which the service does not, and fails on
 * media types that it cannot parse.
 */
function forPrism(headers: Record<string, string>, length: number): Record<string, string> {
  const { accept: _, prefer: __, "content-type": type, ...rest } = headers;
  const entries = Object.entries(rest).filter(([, value]) => value !== "");
  const known = /^[\w.+-]+\/[\w.+-]+ *(;.*)?$/.test(type ?? "");
  const media =
    type === undefined && !length
      ? []
      : [["content-type", known ? (type?.split(";")[0]?.trim() ?? "") : "application/unknown"]];
  return Object.fromEntries([...entries, ...media, ["content-length", String(length)]]);
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether each `%` of a path stands for a byte of well-formed text. */
function isEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** JSON that can travel in a header, whatever language it is in. */
function ascii(violations: Violation[]): string {
  const text = JSON.stringify(violations.slice(0, 20)).replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return text.length > 4096 ? JSON.stringify([{ path: [], message: `${violations.length} violations` }]) : text;
}
