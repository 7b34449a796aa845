import { type ControlLine, connectionClosed } from "./control-line.js";
import type { MockFetch } from "./fetch.js";
import { codedError, fetchFailed } from "./fetch-errors.js";
import { refuseOtherSchemes } from "./fetch-request.js";
import { waitForAbort } from "./waiting.js";

/**
 * The fetch of Node, taken when this module is loaded, because a test may replace the global one, even by the fetch of this
 * mock.
 */
const { fetch } = globalThis;

/** The fetch of a connected mock: it sends requests to the mock, whichever address they name. */
export function remoteFetch(base: string, line: ControlLine): MockFetch {
  // An async function, because `fetch` rejects where the request cannot be made, and never throws.
  return async (input, init) => {
    const named = input instanceof Request ? input : new Request(input);
    refuseOtherSchemes(named);
    if (!line.isOpen) throw fetchFailed(codedError("ECONNREFUSED", connectionClosed));
    const { pathname, search } = new URL(named.url);
    const address = base + pathname + search;
    return input instanceof Request ? fetchAgain(address, input, init) : fetch(address, init);
  };
}

/** What a request to another address takes over, besides the body and the signal. */
const carried = [
  "method",
  "headers",
  "cache",
  "credentials",
  "integrity",
  "keepalive",
  "mode",
  "redirect",
  "referrer",
  "referrerPolicy",
] as const satisfies readonly (keyof Request & keyof RequestInit)[];

/** Sends a request to another address than its own. */
async function fetchAgain(address: string, original: Request, init: RequestInit | undefined): Promise<Response> {
  // A copy, as with fetch. That uses up the body of the original.
  const request = new Request(original, init);
  const fields = Object.fromEntries(carried.map((name) => [name, request[name]]));
  const isStream = init?.body instanceof ReadableStream;
  const body = isStream ? init.body : await wholeBody(request);
  // Given explicitly, because Node stops following the signal of a Request that is garbage-collected.
  const signal = init?.signal === undefined ? original.signal : init.signal;
  return fetch(address, { ...fields, ...(body && { body }), ...(isStream && { duplex: "half" }), signal });
}

/**
 * All bytes of a body. A Request hands out a stream, whatever it was made of, and a stream would be sent without its length, and
 * not at all with `keepalive`.
 * @throws the reason of the signal, when it is aborted before
 */
async function wholeBody(request: Request): Promise<ArrayBuffer | undefined> {
  if (!request.body) return undefined;
  const bytes = await Promise.race([request.arrayBuffer(), waitForAbort(request.signal)]);
  request.signal.throwIfAborted();
  return bytes ?? undefined;
}
