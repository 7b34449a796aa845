import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";

/** A request as it arrived on the wire. */
export interface Received {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}
export interface TestServer {
  url: string;
  port: number;
  received: Received[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A real server on a free port of this machine, which counts what arrives. What its handler throws ends the connection, and is
 * thrown once more when the server is closed: a client would take it for one more failure of the network.
 */
export async function listen(
  handler: (request: Received, response: ServerResponse, raw: IncomingMessage) => unknown,
  options: { maxHeaderSize?: number } = {},
): Promise<TestServer> {
  const received: Received[] = [];
  const faults: unknown[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(options, async (raw, response) => {
    const body = await bodyOf(raw);
    if (body === undefined) return void response.destroy();
    const request = { method: raw.method ?? "", url: raw.url ?? "", headers: raw.headers, body };
    received.push(request);
    try {
      await handler(request, response, raw);
    } catch (error) {
      faults.push(error);
      response.destroy();
    }
  });
  // On a busy machine, five idle seconds pass unnoticed: the client would send its request while the connection is closed.
  server.keepAliveTimeout = 600_000;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    if (faults.length > 0) throw faults[0];
  };
  return { url: `http://127.0.0.1:${port}`, port, received, close, [Symbol.asyncDispose]: close };
}

/** A body as text. Undefined where the client left before its end. */
async function bodyOf(raw: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of raw as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString();
}

/** A server that answers every connection with bytes as they are, and closes it. */
export async function listenRaw(...parts: (string | Uint8Array)[]): Promise<AsyncDisposable & { url: string }> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      for (const part of parts) socket.write(part);
      socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close };
}

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** The error that a call ends with. Fails if it succeeds. */
export async function failing<T = Error>(call: Promise<unknown>): Promise<T> {
  try {
    await call;
  } catch (error) {
    return error as T;
  }
  throw new Error("the call should have failed");
}
