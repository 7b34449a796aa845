import type { ServerResponse } from "node:http";
import type { CatalogueOperation as Known } from "../../generated/catalogue.js";
import type { ErrorCode } from "../../generated/operations.js";

/** A fault on the line. */
export type Fault =
  /** The connection is reset after the request was read. */
  | "reset"
  /** The connection is reset before the request's body is read. */
  | "reset-early"
  /** No answer at all. */
  | "hang"
  /** The body ends half-way, then the connection. */
  | "cut"
  /** The body comes byte by byte, 50 ms apart. */
  | "drip"
  /** The right body with the wrong content type. */
  | "content-type"
  /** The right status without a body. */
  | "empty";

/** How one request is to be answered. Without any key, as usual. */
export interface Reply {
  /** The name of a documented example: an error code, or a success. */
  example?: ErrorCode | (string & {}) | undefined;
  /** The status, where the example alone does not tell; with `html`, the status of the page. */
  status?: number | undefined;
  /** An HTML page, as from a proxy, in place of what the API answers. */
  html?: boolean | undefined;
  /** Milliseconds to wait before the answer. */
  delay?: number | undefined;
  /** The header Retry-After: seconds, or a date. */
  retryAfter?: number | string | undefined;
  fault?: Fault | undefined;
}

const faults = ["reset", "reset-early", "hang", "cut", "drip", "content-type", "empty"];
const keys = ["example", "status", "html", "delay", "retryAfter", "fault"];

/**
 * Checks a reply before it is queued, so that a slip shows where it was made.
 * @throws {TypeError} that says what is possible
 */
export function checkReply(operation: Known, reply: unknown): Reply {
  const name = operation.operationId;
  if (typeof reply !== "object" || reply === null || Array.isArray(reply))
    throw new TypeError(`${name}: a reply is an object`);
  for (const key of Object.keys(reply)) {
    if (!keys.includes(key)) throw new TypeError(`${name}: a reply has no key ${key}. It may have ${keys.join(", ")}`);
  }
  const { example, status, delay, fault, html } = reply as Reply;
  if (fault !== undefined && !faults.includes(fault))
    throw new TypeError(`${name}: no fault ${fault}. There are ${faults.join(", ")}`);
  if (delay !== undefined && !(delay >= 0 && delay < 2 ** 31))
    throw new TypeError(`${name}: delay must be milliseconds, 0 or more`);
  if (html) {
    if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599)) {
      throw new TypeError(`${name}: status must be a whole number from 200 to 599`);
    }
  } else if (example !== undefined || status !== undefined) findExample(operation, example, status);
  return reply as Reply;
}

/** The example that a reply names. @throws {TypeError} that lists those that exist */
export function findExample(operation: Known, name: string | undefined, status: number | undefined) {
  const { operationId, failures, success } = operation;
  const all = [{ status: success.status, example: success.example }, ...failures];
  const found = all.find(
    (one) => (name === undefined || one.example === name) && (status === undefined || one.status === status),
  );
  if (found) return found;
  const wanted = [status, name].filter((part) => part !== undefined).join(" ");
  throw new TypeError(
    `${operationId} has no example ${wanted}. There are ${all.map((one) => `${one.status} ${one.example}`).join(", ")}`,
  );
}

/** Writes an answer, with the faults and the waits of its reply. Gives the status that left, or what happened instead. */
export async function write(
  response: ServerResponse,
  answer: { status: number; headers: Record<string, string>; body: unknown },
  { fault, delay = 0, html, retryAfter, status }: Reply,
): Promise<string> {
  if (delay) await pause(delay, response);
  if (fault === "hang") {
    await new Promise((resolve) => response.once("close", resolve));
    return "hang";
  }
  if (fault === "reset" || fault === "reset-early") {
    response.socket?.resetAndDestroy();
    return fault;
  }
  const headers = { ...answer.headers };
  let { status: code } = answer;
  let body = answer.body === undefined ? "" : JSON.stringify(answer.body);
  if (html) {
    code = status ?? 502;
    headers["content-type"] = "text/html";
    body = `<html><head><title>${code}</title></head><body><h1>${code}</h1></body></html>\n`;
  }
  if (fault === "content-type") headers["content-type"] = "text/plain";
  if (fault === "empty") body = "";
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
  response.writeHead(code, { ...headers, "content-length": Buffer.byteLength(body) });
  if (fault === "cut") {
    response.write(body.slice(0, Math.ceil(body.length / 2)));
    // Half an answer must have left before the line breaks.
    await pause(20, response);
    response.socket?.destroy();
    return `${code} cut`;
  }
  if (fault === "drip") {
    for (const byte of Buffer.from(body)) {
      if (response.destroyed) break;
      response.write(Buffer.of(byte));
      await pause(50, response);
    }
  }
  await new Promise<void>((resolve) => {
    response.once("close", resolve);
    response.end(fault === "drip" ? undefined : body, () => resolve());
  });
  return String(code);
}

/** Waits, but no longer than the connection lives. */
function pause(milliseconds: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      response.off("close", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    response.on("close", end);
    if (response.destroyed) end();
  });
}
