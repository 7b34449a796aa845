import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  type ServerOptions as ServerSettings,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { controlAnswer } from "./control.js";
import { type Core, createCore, type Mock } from "./mock.js";
import { checkServerOptions, type ServerOptions } from "./options.js";
import { type Answer, type Delivery, type Exchange, gone, type Incoming, pieces } from "./outcome.js";
import { warmUp } from "./warm-up.js";

/** Twice the gateway's 32 kB for one header, so that its limit is not Node's. */
const largestHeaders = 2 ** 17;
/** Milliseconds. A client may think between two calls for as long as it likes: a closed connection would be a fault that nobody asked for. */
const keepAlive = 600_000;
/** Milliseconds within which a request must have arrived whole. */
const requestTimeout = 60_000;

/**
 * Starts a mock on this machine.
 * @throws {TypeError} in one sentence that names a wrong option
 * @throws {Error} in one sentence, when the port is busy or Prism is not installed
 * @example
 * await using mock = await startMock();
 * const geminidb = createClient({ baseUrl: mock.url, project_id: "p", auth: "any" });
 */
export async function startMock(options: ServerOptions = {}): Promise<Mock> {
  checkServerOptions(options);
  const { port = 0, host = "127.0.0.1", tls, control = false, unref = false, ...rest } = options;
  const sockets = new Set<Socket>();
  /** The connections on which a request is under way. */
  const busy = new WeakSet<Duplex>();
  /** What is being served. Each of them ends soon after its connection. */
  const underWay = new Set<Promise<void>>();
  const settings = { maxHeaderSize: largestHeaders, requestTimeout, keepAliveTimeout: keepAlive };
  const server: Server = tls ? tlsServer(settings, tls) : createHttpServer(settings);
  let url = "";
  const core = createCore(rest, {
    url: () => url,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      await Promise.all(underWay);
    },
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    if (unref) socket.unref();
  });
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const controlled = control ? controlAnswer(core, request) : undefined;
    const served = controlled ? sendControlled(controlled, request, response) : serve(core, sockets, request, response);
    busy.add(request.socket);
    underWay.add(served);
    void served.then(() => {
      // What comes after a request that is not whole still belongs to it.
      if (request.complete) busy.delete(request.socket);
      underWay.delete(served);
    });
  };
  server.on("request", handle);
  // Whatever a client expects, it gets the answer to its request.
  server.on("checkExpectation", handle);
  /** The connections on which something was refused that is no HTTP. What still comes there belongs to it. */
  const refused = new WeakSet<Duplex>();
  server.on("clientError", (error: ClientError, socket) => {
    const { text, status } = refuse(error, socket);
    // A request that ends before its body does is in the record already.
    if (!busy.has(socket) && !refused.has(socket)) core.malformed(text, status, error.message);
    refused.add(socket);
  });
  // The mock is no proxy.
  server.on("connect", ({ url }, socket) => {
    // Node listens to a connection no more that it has handed over.
    socket.on("error", () => {});
    end(socket, 405);
    core.malformed(`CONNECT ${url} HTTP/1.1`, 405, "the mock is no proxy");
  });
  try {
    await warmUp();
    await listen(server, port, host);
    core.begin();
  } catch (error) {
    server.close();
    await core.mock.close();
    throw error;
  }
  if (unref) server.unref();
  url = `${tls ? "https" : "http"}://${hostOf(server)}`;
  return core.mock;
}

function tlsServer(settings: ServerSettings, { cert, key }: NonNullable<ServerOptions["tls"]>): Server {
  const pem = (part: string | Uint8Array) => (typeof part === "string" ? part : Buffer.from(part));
  try {
    return createHttpsServer({ ...settings, cert: pem(cert), key: pem(key) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TypeError(`startMock: tls cannot be used: ${reason}`, { cause: error });
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const busy = error.code === "EADDRINUSE";
      const reason = busy ? "is in use: choose another, or 0 for any" : `cannot be used: ${error.message}`;
      reject(new Error(`port ${port} on ${host} ${reason}`, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

function hostOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

async function sendControlled(
  answer: Promise<Answer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const whole = await answer;
  // What is left of a body that was refused is read and dropped, so that the next request can follow.
  request.resume();
  await sendWhole(response, whole);
}

async function serve(
  core: Core,
  sockets: Set<Socket>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = new Caller(response);
  const { outcome, end }: Exchange = await core.exchange(incomingOf(request, caller));
  if (outcome.kind === "answer" && !caller.gone) {
    const isWhole = outcome.pace === "whole";
    const delivery = isWhole ? sendWhole(response, outcome) : sendPieces(response, outcome, caller.signal);
    // What is left of a body that was refused is read and dropped, so that the answer arrives.
    request.resume();
    return end(await delivery);
  }
  if (outcome.kind === "reset") reset(request.socket, sockets);
  if (outcome.kind === "hang") await gone(caller.signal);
  end();
}

/** The other end of a connection. Its signal is made when somebody waits for it, which most requests do not need. */
class Caller {
  readonly #response: ServerResponse;
  #controller: AbortController | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get gone(): boolean {
    return this.#response.destroyed;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      if (this.gone) controller.abort();
      else this.#response.once("close", () => controller.abort());
    }
    return this.#controller.signal;
  }
}

function incomingOf(request: IncomingMessage, caller: Caller): Incoming {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return {
    method: request.method ?? "",
    target: request.url ?? "/",
    headers,
    get signal() {
      return caller.signal;
    },
    get body() {
      // The request must outlive a body that is not read to its end.
      return request.iterator({ destroyOnReturn: false });
    },
  };
}

/** @returns what has left; undefined where the caller has gone */
function sendWhole(response: ServerResponse, { status, headers, body }: Answer): Promise<Delivery | undefined> {
  // A response whose caller has gone tells nobody that it is ended.
  if (response.destroyed) return Promise.resolve(undefined);
  response.writeHead(status, headers);
  return new Promise((resolve) => {
    const delivery = { isComplete: true, bodySize: Buffer.byteLength(body) };
    const end = () => resolve(response.writableFinished ? delivery : undefined);
    response.once("close", end);
    response.end(body, end);
  });
}

/** @returns what has left */
async function sendPieces(response: ServerResponse, answer: Answer, caller: AbortSignal): Promise<Delivery> {
  response.writeHead(answer.status, answer.headers);
  let bodySize = 0;
  for await (const piece of pieces(answer, caller)) {
    // A piece must have left before the next one, or the end of the connection.
    const error = await new Promise((resolve) => response.write(piece, resolve));
    if (!error) bodySize += piece.length;
  }
  // A response whose caller has gone would count as finished as soon as it is ended.
  const isComplete = !caller.aborted;
  if (answer.pace === "cut") response.socket?.destroy();
  else await new Promise<void>((resolve) => response.end(resolve));
  return { isComplete, bodySize };
}

/** Resets a connection. Below TLS only the socket that carries it can. */
function reset(socket: Socket, sockets: Set<Socket>): void {
  const carrier = [...sockets].find((one) => one === socket || one.remotePort === socket.remotePort);
  if (carrier instanceof Socket) carrier.resetAndDestroy();
}

interface ClientError extends NodeJS.ErrnoException {
  rawPacket?: Buffer;
}

/** Answers what is no HTTP request, as Node would answer it. @returns the beginning of its last packet, and the status */
function refuse(error: ClientError, socket: Duplex): { text: string; status: number } {
  const text = error.rawPacket?.subarray(0, longestLine).toString("latin1") ?? "";
  const status = statusOf(error);
  if (socket.writable && error.code !== "ECONNRESET") end(socket, status);
  else socket.destroy();
  return { text, status };
}

/** In bytes. */
const longestLine = 500;

function end(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function statusOf({ code }: ClientError): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === "ERR_HTTP_REQUEST_TIMEOUT" ? 408 : 400;
}

const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  405: "Method Not Allowed",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
};
