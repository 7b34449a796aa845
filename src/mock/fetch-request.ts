import { codedError, fetchFailed } from "./fetch-errors.js";
import type { Incoming } from "./outcome.js";

/** Headers of the connection, which Node's fetch does not let its caller set. */
const headersOfConnection = ["keep-alive", "transfer-encoding", "upgrade"];
/** The values of the header `connection` that every supported version of Node accepts. Node 24 accepts more. */
const connections: ReadonlySet<string> = new Set(["close", "keep-alive"]);

/** @throws {TypeError} where Node's fetch would not send a request, because of its address or its headers */
export function refuseWhatNodeRefuses(request: Request): void {
  refuseOtherSchemes(request);
  const { headers } = request;
  if (headers.has("expect")) throw fetchFailed(codedError("UND_ERR_NOT_SUPPORTED", "expect header not supported"));
  for (const name of headersOfConnection) if (headers.has(name)) throw invalidHeader(name);
  const connection = headers.get("connection");
  if (connection !== null && !connections.has(connection.toLowerCase())) throw invalidHeader("connection");
  const length = headers.get("content-length");
  if (length !== null && !/^\d+$/.test(length)) throw invalidHeader("content-length");
}

function invalidHeader(name: string): TypeError {
  return fetchFailed(codedError("UND_ERR_INVALID_ARG", `invalid ${name} header`));
}

/** @throws {TypeError} where a request is for another scheme than http and https */
export function refuseOtherSchemes({ url }: Request): void {
  if (!/^https?:/.test(url)) throw fetchFailed(new Error("unknown scheme"));
}

/**
 * A request as the mock's core takes it. The header `content-length` is not passed on: like a server, the core can
 * trust it only where the body has that length, which is checked here.
 * @param fail called with the reason when the body breaks off or Node's fetch would not send it
 */
export function incomingOf(request: Request, signal: AbortSignal, fail: (error: unknown) => void): Incoming {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    target: pathname + search,
    headers: Object.fromEntries(headersOf(request).filter(([name]) => name !== "content-length")),
    signal,
    readBody: () => (request.body ? piecesOf(request.body, announcedLength(request), signal, fail) : noBody()),
  };
}

/** The names are put in lower case, because the Request of happy-dom keeps them as they were written. */
function headersOf({ headers }: Request): [name: string, value: string][] {
  return [...headers].map(([name, value]) => [name.toLowerCase(), value]);
}

async function* noBody(): AsyncGenerator<Uint8Array> {}

function announcedLength({ headers }: Request): number | undefined {
  const text = headers.get("content-length");
  return text === null ? undefined : Number(text);
}

/** The pieces of a stream. It is cancelled where it is not read to its end. Reading throws when the caller aborts. */
async function* piecesOf(
  body: ReadableStream<unknown>,
  announced: number | undefined,
  signal: AbortSignal,
  fail: (error: unknown) => void,
): AsyncGenerator<Uint8Array, void, void> {
  const reader = body.getReader();
  // Ends a read that waits.
  const cancel = () => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener("abort", cancel);
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const bytes = bytesOf(next.value);
      length += bytes.length;
      if (announced !== undefined && length > announced) throw wrongLength();
      yield bytes;
    }
    signal.throwIfAborted();
    if (announced !== undefined && length < announced) throw wrongLength();
  } catch (error) {
    if (!signal.aborted) fail(error);
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
    cancel();
  }
}

function wrongLength(): Error {
  const message = "Request body length does not match content-length header";
  return codedError("UND_ERR_REQ_CONTENT_LENGTH_MISMATCH", message);
}

/**
 * A stream that a caller made may hold anything. Node's fetch sends texts as UTF-8 and the bytes behind every view.
 * @throws {Error} for the rest
 */
function bytesOf(piece: unknown): Uint8Array {
  if (typeof piece === "string") return Buffer.from(piece);
  if (ArrayBuffer.isView(piece)) return new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
  throw codedError("ERR_INVALID_ARG_TYPE", "a stream that is sent as a body must hold texts or views of bytes");
}
