/** What arrives at the port and cannot be served as a request: it is answered where that is possible, and recorded. */
import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { destroyLater } from "./clock.js";
import type { Connection, Connections } from "./connections.js";
import type { Core } from "./mock.js";

interface ClientError extends NodeJS.ErrnoException {
  /** The bytes that were received last, where the HTTP parser fails. */
  rawPacket?: Buffer;
}

export function refuseMalformed(server: Server, connections: Connections, core: Core): void {
  server.on("clientError", (error: ClientError, socket: Socket) => {
    const connection = connections.of(socket);
    // The connection is being closed: what still arrives is neither answered nor recorded.
    if (connection.isRefused) return;
    if (!isOfRequest(error, socket)) {
      if (isWithoutTls(error, connection)) {
        const record = core.refusedBeforeRouting("", undefined, withoutTls);
        record(false);
      }
      return socket.destroy();
    }
    connection.isRefused = true;
    if (error.code === endedEarly) connection.breakOff();
    if (error.code !== endedEarly && connection.isInsideBody && connection.isServingLatest) {
      // The code that serves the request reads its body, and answers and records what is wrong with it.
      connection.breakBody(error.message);
      connections.track(connection.untilLatestServed().then(() => destroyLater(socket, lingerTime)));
      return;
    }
    const status = refusalStatus(error);
    // The rest of a body belongs to a request that has been recorded already.
    const record = connection.isInsideBody
      ? undefined
      : core.refusedBeforeRouting(startOfPacket(error, connection, socket), status, error.message);
    connections.track(refuse(connection, socket, status).then(record));
  });
  // The mock is not a proxy.
  server.on("connect", ({ url }: IncomingMessage, socket: Socket) => {
    // After the event `connect`, Node handles neither the errors nor the end of the connection.
    socket.on("error", () => {});
    socket.resume().on("end", () => socket.destroySoon());
    const connection = connections.of(socket);
    connection.isRefused = true;
    const record = core.refusedBeforeRouting(`CONNECT ${url} HTTP/1.1`, 405, "the mock is not a proxy");
    connections.track(refuse(connection, socket, 405).then(record));
  });
}

/**
 * Whether the parser has refused what was received, or waits for the rest of it. Any other error says that the connection broke, or
 * that TLS failed, so that there was no request.
 */
function isOfRequest({ code = "" }: ClientError, { bytesRead }: Socket): boolean {
  // Only if something was received: a browser connects in advance, and may then have nothing to send.
  if (code === tooSlow) return bytesRead > 0;
  return code.startsWith("HPE_");
}

/** The caller has ended its side of the connection before its request was complete. */
const endedEarly = "HPE_INVALID_EOF_STATE";
const tooSlow = "ERR_HTTP_REQUEST_TIMEOUT";

/** Whether a client speaks plain HTTP to a server with TLS. OpenSSL recognizes some HTTP methods, and reports the others as a wrong version of TLS. */
function isWithoutTls({ code = "" }: ClientError, { hasServed }: Connection): boolean {
  return plainHttp.has(code) && !hasServed;
}

const plainHttp = new Set(["ERR_SSL_HTTP_REQUEST", "ERR_SSL_HTTPS_PROXY_REQUEST", "ERR_SSL_WRONG_VERSION_NUMBER"]);
const withoutTls = "it came without TLS, and this mock speaks https: let the address begin with https://";

/**
 * The beginning of what the parser refused, in which a request line may stand. Empty where a request of the same packet has
 * been served, because the packet then begins with the line of that one.
 */
function startOfPacket({ rawPacket }: ClientError, connection: Connection, socket: Socket): string {
  if (!rawPacket || connection.hasServedSinceLastRead(socket)) return "";
  return rawPacket.subarray(0, longestLine).toString("latin1");
}

/** In bytes. */
const longestLine = 500;

function refusalStatus({ code }: ClientError): number {
  if (code === "HPE_HEADER_OVERFLOW") return 431;
  return code === tooSlow ? 408 : 400;
}

/**
 * Answers after the answers to the earlier requests, and closes the connection.
 * @returns whether the answer has been sent
 */
async function refuse(connection: Connection, socket: Socket, status: number): Promise<boolean> {
  // Checked before the wait: a request that has been answered, and whose body then breaks off, gets no second answer.
  const isAnswered = connection.isInsideBody && !connection.isServingLatest;
  await connection.untilServed();
  if (isAnswered || !socket.writable) {
    // What has been written is still sent.
    socket.destroySoon();
    return false;
  }
  const answer = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  await connection.unlessClosed((done) => socket.end(answer, done));
  const hasLeft = socket.writableFinished;
  destroyLater(socket, lingerTime);
  return hasLeft;
}

/** Milliseconds for which a caller may keep its side of a refused connection open. If it were reset at once, the answer could be lost. */
const lingerTime = 1_000;
