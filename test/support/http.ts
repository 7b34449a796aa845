import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

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

/** A real server on a free port of this machine, which counts what arrives. */
export async function listen(
  handler: (request: Received, response: ServerResponse, raw: IncomingMessage) => unknown,
  options: { maxHeaderSize?: number } = {},
): Promise<TestServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const listener: RequestListener = async (raw, response) => {
    const chunks: Buffer[] = [];
    raw.on("error", () => {});
    for await (const chunk of raw as AsyncIterable<Buffer>) chunks.push(chunk);
    const request = {
      method: raw.method ?? "",
      url: raw.url ?? "",
      headers: raw.headers,
      body: Buffer.concat(chunks).toString(),
    };
    received.push(request);
    await handler(request, response, raw);
  };
  const server = createServer(options, (raw, response) => {
    Promise.resolve(listener(raw, response)).catch(() => response.destroy());
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, port, received, close, [Symbol.asyncDispose]: close };
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
