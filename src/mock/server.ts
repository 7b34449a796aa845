import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  type ServerOptions as ServerSettings,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { reasonOf } from "../client/untrusted.js";
import { deliveryOf, pieces } from "./bodies.js";
import { type Connection, Connections } from "./connections.js";
import { controlAnswer } from "./control.js";
import { refuseMalformed } from "./malformed.js";
import { type Core, createCore, type Mock } from "./mock.js";
import { checkServerOptions, type ServerOptions } from "./options.js";
import { type Answer, closingAnswer, type Delivery, type Exchange, type Incoming } from "./outcome.js";
import { waitForAbort } from "./waiting.js";
import { warmUp } from "./warm-up.js";

/** In bytes. The gateway takes 32 kB in one header, and Node no more than 16 kB in all by default. */
export const largestHeaders = 2 ** 17;
/** Milliseconds for which an idle connection stays open. A closed one would be a fault that nobody asked for. */
const keepAlive = 600_000;

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
  const server: Server = tls ? tlsServer(tls) : createHttpServer(settings);
  // Their size is limited. Beyond a number, Node would drop them without a word.
  server.maxHeadersCount = 0;
  const connections = new Connections(server, unref);
  let url = "";
  const core = createCore(rest, {
    url: () => url,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await connections.close();
      await closed;
    },
  });
  answerRequests(server, connections, core, control);
  refuseMalformed(server, connections, core);
  try {
    await warmUp();
    await listen(server, port, host);
    core.begin();
  } catch (error) {
    await core.mock.close();
    throw error;
  }
  if (unref) server.unref();
  url = `${tls ? "https" : "http"}://${hostOf(server)}`;
  return core.mock;
}

const settings: ServerSettings = {
  maxHeaderSize: largestHeaders,
  // The core limits how long a body takes. One that waits for its share, because others are read, is not late.
  requestTimeout: 0,
  keepAliveTimeout: keepAlive,
  // What Node refuses by itself would not be recorded.
  requireHostHeader: false,
};

function tlsServer({ cert, key }: NonNullable<ServerOptions["tls"]>): Server {
  const pem = (part: string | Uint8Array) => (typeof part === "string" ? part : Buffer.from(part));
  try {
    return createHttpsServer({ ...settings, cert: pem(cert), key: pem(key) });
  } catch (error) {
    const reason = reasonOf(error);
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

/** For each address that stands for every address of this machine, the loopback address under which it reaches itself. */
const loopback: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

function hostOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  const reachable = loopback[address] ?? address;
  return `${family === "IPv6" ? `[${reachable}]` : reachable}:${port}`;
}

export function answerRequests(server: Server, connections: Connections, core: Core, control: boolean): void {
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const connection = connections.of(request.socket);
    // What follows a request that was refused is not served: the answer to that one closes the connection.
    if (connection.isRefused) return;
    const served = begin(core, control, connection, request, response);
    connection.serve(request, served);
    connections.track(served);
  };
  server.on("request", handle);
  // Whatever a client expects, it gets the answer to its request.
  server.on("checkExpectation", handle);
}

/** Begins to serve a request. @returns a promise that is fulfilled when its answer has left, or cannot leave any more */
function begin(
  core: Core,
  control: boolean,
  connection: Connection,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const controlled = control ? controlAnswer(core, request) : undefined;
  if (controlled) return sendControlled(controlled, connection, request, response);
  if (request.httpVersion === "1.1" && request.headers.host === undefined) {
    return refuseWithoutHost(core, connection, request, response);
  }
  return serve(core, connection, request, response);
}

/** RFC 9112 says that such a request is answered 400. */
async function refuseWithoutHost(
  core: Core,
  connection: Connection,
  { method, url }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  connection.isRefused = true;
  const recorded = core.refusedBeforeRouting(`${method} ${url} HTTP/1.1`, 400, "the header Host is missing");
  recorded((await sendWhole(connection, response, closingAnswer(400))) !== undefined);
}

async function sendControlled(
  answer: Promise<Answer>,
  connection: Connection,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const whole = await answer;
  // What is left of a body that was refused is read and dropped, so that the next request can follow.
  request.resume();
  await sendWhole(connection, response, whole);
}

async function serve(
  core: Core,
  connection: Connection,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = new Caller(connection, response);
  const { outcome, end }: Exchange = await core.exchange(incomingOf(request, caller));
  if (outcome.kind === "answer" && !caller.isGone) {
    const isWhole = outcome.pace === "whole";
    const delivery = isWhole
      ? sendWhole(connection, response, outcome)
      : sendPieces(connection, response, outcome, caller.signal);
    // What is left of a body that was refused is read and dropped, so that the answer arrives.
    request.resume();
    return end(await delivery);
  }
  if (outcome.kind === "reset") connection.reset();
  if (outcome.kind === "hang") await waitForAbort(caller.signal);
  end();
}

/** The other end of a connection. Its signal is made when somebody waits for it, which most requests do not need. */
class Caller {
  readonly #connection: Connection;
  readonly #response: ServerResponse;
  #controller: AbortController | undefined;

  constructor(connection: Connection, response: ServerResponse) {
    this.#connection = connection;
    this.#response = response;
  }

  get isGone(): boolean {
    return this.#response.destroyed || this.#connection.isClosed;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      if (this.isGone) controller.abort();
      else {
        const stop = this.#connection.whenClosed(() => controller.abort());
        this.#response.once("close", () => {
          stop();
          controller.abort();
        });
      }
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
async function sendWhole(
  connection: Connection,
  response: ServerResponse,
  { status, headers, body }: Answer,
): Promise<Delivery | undefined> {
  // A response whose caller has gone tells nobody that it is ended.
  if (response.destroyed || connection.isClosed) return undefined;
  response.writeHead(status, headers);
  await connection.unlessClosed((done) => {
    response.once("close", done);
    response.end(body, done);
  });
  return response.writableFinished ? { isComplete: true, bodySize: Buffer.byteLength(body) } : undefined;
}

/** @returns what has left */
async function sendPieces(
  connection: Connection,
  response: ServerResponse,
  answer: Answer,
  caller: AbortSignal,
): Promise<Delivery> {
  response.writeHead(answer.status, answer.headers);
  let bodySize = 0;
  for await (const piece of pieces(answer, caller)) {
    // A piece must have left before the next one, or the end of the connection.
    await connection.unlessClosed((done) =>
      response.write(piece, (error) => {
        if (!error) bodySize += piece.length;
        done();
      }),
    );
  }
  if (answer.pace === "cut") response.socket?.destroy();
  else await connection.unlessClosed((done) => response.end(done));
  return deliveryOf(answer, bodySize);
}
