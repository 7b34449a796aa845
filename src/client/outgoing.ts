import { credentialHeaders } from "./auth/credential.js";
import type { Call } from "./call.js";
import { DeadlineExceeded, isAbortReason, withDeadline } from "./deadline.js";
import { connectionHeaders, isIdempotent } from "./http.js";
import { oneLine } from "./one-line.js";
import { isInstance, reasonOf } from "./untrusted.js";

/** What every attempt of a call sends, except for the credentials. */
export interface Outgoing {
  /** Gives the URL, the method, and whatever else a middleware has set. */
  request: Request;
  headers: Headers;
  body: string | null;
  /** The signal of a request that a middleware made. Ours have none. */
  signal: AbortSignal | undefined;
  project_id: string | undefined;
}

/** The bodies of the requests that openapi-fetch made. */
const knownBodies = new WeakMap<Request, string | null>();

let ownRequest: typeof Request | undefined;

/**
 * The class of the requests that openapi-fetch makes for us. A body can be read once only, and reading it takes time, so the
 * text that it is made of is kept beside it. The class is made when the first client is, because Node takes many milliseconds to
 * load `Request`.
 */
export function ownRequestClass(): typeof Request {
  ownRequest ??= class extends Request {
    constructor(input: RequestInfo | URL, init: RequestInit = {}) {
      super(input, init);
      const body = init.body ?? null;
      // A copy of another request has the body of that one, which is not known here.
      const isCopy = body === null && input instanceof Request;
      if (!isCopy && (body === null || typeof body === "string")) knownBodies.set(this, body);
    }

    /** openapi-fetch asks with this class whether a middleware gave a request. Any request will do. */
    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof Request;
    }
  };
  return ownRequest;
}

/** The body of a request, as `fetch` takes it. */
export function bodyInit({ body, request }: Outgoing): { body: BodyInit | null; duplex?: "half" } {
  if (!repeatsByItself || isIdempotent(request.method) || !mayConnect(request.url)) return { body };
  // A stream can be sent once only. Without `duplex`, fetch refuses it.
  return { body: new Blob([body ?? ""]).stream(), duplex: "half" };
}

/**
 * Deno sends a POST a second time by itself when a connection that was used before closes without an answer. That would
 * double a create, so its body is given in a form that can be sent once only. Browsers do the same, and nothing prevents it there.
 */
const repeatsByItself = "Deno" in globalThis;

/**
 * Whether Deno lets the program connect to a host. Where it does not, it would not end while a stream waits to be sent. Nor can a
 * connection have been used before.
 */
function mayConnect(url: string): boolean {
  const { permissions } = Reflect.get(globalThis, "Deno");
  return permissions.querySync({ name: "net", host: new URL(url).host }).state === "granted";
}

/** Prepares a request for its attempts. A middleware may have put its own in the place of ours. */
export async function prepareRequest(request: Request, call: Call, project_id: string | undefined): Promise<Outgoing> {
  const headers = new Headers(request.headers);
  // Credentials come from `auth` alone, and a signature must not travel beside a token.
  for (const name of credentialHeaders) headers.delete(name);
  const reserved = connectionHeaders.find((name) => headers.has(name));
  if (reserved) throw call.notSentError(`a middleware must not set the header ${reserved}: the runtime sets it`);
  const body = knownBodies.get(request);
  if (body !== undefined) return { request, headers, body, signal: undefined, project_id };
  return { request, headers, body: await textOf(request, call), signal: request.signal, project_id };
}

/**
 * The body of a request that a middleware made.
 * @throws {GeminiDBError} when the body is not text, since a signature is made over text, or when it does not end in time
 */
async function textOf(request: Request, call: Call): Promise<string | null> {
  const bytes = await readInTime(request, call);
  // Not every runtime tells a body that is empty from one that is not there, and some methods cannot have one.
  if (bytes.byteLength === 0) return request.method === "GET" || request.method === "HEAD" || !request.body ? null : "";
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw call.notSentError("the request body must be text in UTF-8");
  }
}

function readInTime(request: Request, call: Call): Promise<ArrayBuffer> {
  const signals = [call.signal, request.signal];
  return withDeadline(call.timeout, signals, () => request.arrayBuffer()).catch((thrown: unknown) => {
    if (isAbortReason(signals, thrown)) throw thrown;
    if (isInstance(thrown, DeadlineExceeded)) {
      throw call.notSentError(`the request body did not end within ${call.timeout} ms`);
    }
    const reason = oneLine(reasonOf(thrown));
    throw call.notSentError(`the body of the request that a middleware gave cannot be read: ${reason}`);
  });
}
