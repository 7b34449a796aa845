import { createServer as createHttpServer, type Server, type ServerOptions as ServerSettings } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, isIP } from "node:net";
import { reasonOf } from "../client/untrusted.js";
import { Connections } from "./connections.js";
import { bodyTimeout, largestHeaders } from "./limits.js";
import { refuseMalformed } from "./malformed.js";
import { createCore, type Mock } from "./mock.js";
import { checkServerOptions, type ServerOptions } from "./options.js";
import { answerRequests } from "./serve.js";
import { warmUp } from "./warm-up.js";

/** Milliseconds for which an idle connection stays open. To close it earlier could break a request that no test asked to break. */
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
  url = tls ? `https://${hostOf(server, host)}` : `http://${hostOf(server)}`;
  return core.mock;
}

export const settings: ServerSettings = {
  maxHeaderSize: largestHeaders,
  // The core limits how long a body takes. One that waits for its share, because others are read, is not late.
  requestTimeout: 0,
  // Without it, Node would wait for headers as long: for ever.
  headersTimeout: bodyTimeout,
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

/** @param certified the host that a certificate names. Undefined where there is none, so that the address serves as well */
function hostOf(server: Server, certified?: string): string {
  const { address, family, port } = server.address() as AddressInfo;
  const reachable = loopback[address];
  if (certified !== undefined && reachable === undefined && isIP(certified) === 0) return `${certified}:${port}`;
  const named = reachable ?? address;
  return `${family === "IPv6" ? `[${named}]` : named}:${port}`;
}
