import { isUtf8 } from "node:buffer";
import type { CatalogueOperation } from "../../generated/catalogue.js";
import { withoutFragment } from "../client/query.js";
import { encodeSegment, findRoute } from "../client/route.js";
import { collect } from "./bodies.js";
import { nextTurn } from "./clock.js";
import { structureFault } from "./json-structure.js";
import { largestBody } from "./limits.js";
import type { Incoming } from "./outcome.js";
import { Share } from "./share.js";

/** A request that is for an operation of the description. */
export interface Call {
  readonly operation: CatalogueOperation;
  /** Decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly path: string;
  readonly query: string;
}

/** The body of a request: what it says, or why it cannot be read. */
export interface Body {
  readonly text: string;
  /** In bytes. */
  readonly size: number;
  readonly value: unknown;
  /** Why it cannot be read; undefined if it can. */
  readonly fault: string | undefined;
  readonly tooLarge: boolean;
}

/**
 * A request target as it is routed and recorded: path and query, without the scheme and the host that a client sends to a
 * proxy. Other forms, such as `ftp://host/x` or the `host:443` of CONNECT, lose user and password only. A fragment
 * is for the caller alone.
 */
export function requestTarget(written: string): string {
  const target = withoutFragment(written);
  const absolute = /^https?:\/\/[^/?]*/i.exec(target);
  if (!absolute) return target.replace(/^([a-z][a-z\d+.-]*:\/\/)?[^/?]*@/i, "$1");
  const rest = target.slice(absolute[0].length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** Which operation a request is for. A path with a segment that cannot be decoded, or is `.` or `..`, is for none. */
export function routeOf(
  method: string,
  target: string,
  operations: ReadonlyMap<string, CatalogueOperation>,
): Call | undefined {
  const at = target.indexOf("?");
  const [path, query] = at < 0 ? [target, ""] : [target.slice(0, at), target.slice(at + 1)];
  const route = findRoute(method, path);
  const operation = route && operations.get(route.operationId);
  if (!route || !operation) return undefined;
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(route.parameters)) {
    const decoded = decodedSegment(value);
    if (decoded === undefined) return undefined;
    parameters[name] = decoded;
  }
  return { operation, parameters, path, query };
}

/** Undefined where it cannot be decoded, or where clients and gateways resolve it away: `.` and `..`. */
function decodedSegment(segment: string): string | undefined {
  try {
    const decoded = decodeURIComponent(segment);
    return encodeSegment(decoded) === undefined ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/**
 * Reads a body and passes it to `use`, which must not keep it: its share of the memory is given back afterwards.
 * @param limit milliseconds, as `bodyTimeout`
 * @throws {LateBody} when the caller keeps the mock waiting for longer
 * @throws {Error} when the request ends before its body does, when its caller goes away, or what `use` throws
 */
export async function withBody<Result>(
  incoming: Incoming,
  limit: number,
  use: (body: Body) => Result,
): Promise<Result> {
  const announced = Number(incoming.headers["content-length"]);
  if (announced > largestBody) return use(tooLarge(announced));
  const share = new Share(announced, () => incoming.signal);
  try {
    const bytes = await collect(incoming.readBody(), { most: largestBody, limit, admit: (size) => share.admit(size) });
    if (!bytes) return use(tooLarge(largestBody + 1));
    if (share.isTaken) await turn();
    return use(parsed(bytes));
  } finally {
    share.giveBack();
  }
}

function tooLarge(size: number): Body {
  return { text: "", size, value: undefined, fault: `is larger than ${largestBody} bytes`, tooLarge: true };
}

function parsed(bytes: Uint8Array): Body {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  const body: Body = { text, size: bytes.length, value: undefined, fault: undefined, tooLarge: false };
  if (bytes.length === 0) return body;
  if (!isUtf8(bytes)) return { ...body, fault: "is not UTF-8" };
  const fault = structureFault(bytes);
  if (fault !== undefined) return { ...body, fault };
  try {
    return { ...body, value: JSON.parse(text) };
  } catch {
    return { ...body, fault: "is not JSON" };
  }
}

let last: Promise<void> = Promise.resolve();

/** Waits until no other large body is being handled and small requests have been served. */
function turn(): Promise<void> {
  last = last.then(nextTurn);
  return last;
}
