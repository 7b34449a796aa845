import { isUtf8 } from "node:buffer";
import type { CatalogueOperation } from "../../generated/catalogue.js";
import { findRoute } from "../client/route.js";
import { collect } from "./bodies.js";
import { Budget } from "./budget.js";
import { nextTurn } from "./clock.js";
import type { Incoming } from "./outcome.js";

/** The largest body that the gateway takes, in bytes. */
export const largestBody = 12 * 2 ** 20;
/** Bodies above this size share the budget, and are parsed and checked one after another. In bytes. */
export const small = 2 ** 18;
/**
 * The large bodies that are held at a time, in bytes: four of the largest. A parsed body can take several times its
 * size. The others are not read on meanwhile, so that they wait at their callers.
 */
const budget = new Budget(4 * largestBody);

/** A request that is for an operation of the description. */
export interface Call {
  readonly operation: CatalogueOperation;
  /** Decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Still percent-encoded. */
  readonly encoded: Readonly<Record<string, string>>;
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

/** Path and query of a request target, which a client that talks to a proxy sends with scheme and host before it. */
export function originForm(target: string): string {
  const absolute = /^https?:\/\/[^/?#]*/i.exec(target);
  if (!absolute) return target;
  const rest = target.slice(absolute[0].length);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** Which operation a request is for. A path that cannot be decoded is for none. */
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
  try {
    const decoded = Object.entries(route.parameters).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { operation, parameters: Object.fromEntries(decoded), encoded: route.parameters, path, query };
  } catch {
    return undefined;
  }
}

/**
 * Reads a body and lets it be used. It must not be kept after that, since its bytes are then free for others.
 * @throws {Error} when the request ends before its body does, when its caller goes away, or what `use` throws
 */
export async function withBody<Result>(incoming: Incoming, use: (body: Body) => Result): Promise<Result> {
  const announced = Number(incoming.headers["content-length"]);
  if (announced > largestBody) return use(tooLarge(announced));
  let taken = 0;
  async function takeShare(): Promise<void> {
    // All at once: bodies that took their share piece by piece could wait for each other for ever.
    const share = announced > small ? announced : largestBody;
    await budget.take(share, incoming.signal);
    taken = share;
  }
  try {
    const needsShare = (size: number) => size > small && taken === 0;
    const bytes = await collect(incoming.body ?? noBody(), largestBody, (size) =>
      needsShare(size) ? takeShare() : undefined,
    );
    if (!bytes) return use(tooLarge(largestBody + 1));
    if (taken > 0) await turn();
    return use(parsed(bytes));
  } finally {
    if (taken > 0) budget.giveBack(taken);
  }
}

async function* noBody(): AsyncGenerator<Uint8Array> {}

function tooLarge(size: number): Body {
  return { text: "", size, value: undefined, fault: `is larger than ${largestBody} bytes`, tooLarge: true };
}

function parsed(bytes: Uint8Array): Body {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  const body: Body = { text, size: bytes.length, value: undefined, fault: undefined, tooLarge: false };
  if (bytes.length === 0) return body;
  if (!isUtf8(bytes)) return { ...body, fault: "is not UTF-8" };
  try {
    return { ...body, value: JSON.parse(text) };
  } catch {
    return { ...body, fault: "is not JSON" };
  }
}

let last: Promise<void> = Promise.resolve();

/** Waits until no other large body is worked on and small requests have had their turn. */
function turn(): Promise<void> {
  last = last.then(nextTurn);
  return last;
}
