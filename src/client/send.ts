/** Sends one request, as the global `fetch` does. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * Sends a request with the credentials and the signal of one attempt, which `init` holds. The global `fetch` takes
 * `init` as its second parameter. A caller's fetch takes only a Request, so `init` is merged into a new one.
 */
export type Send = (request: Request, init: RequestInit) => Promise<Response>;

/** What `new Headers()` takes. Not every project has the DOM's own name for it. */
export type HeadersSource = ConstructorParameters<typeof Headers>[0];

/** What `new Request()` takes as a body. */
export type BodySource = ConstructorParameters<typeof Response>[0];

/** How to send with the fetch of a caller, or with the global one. */
export function sendWith(fetch: Fetch | undefined): Send {
  if (fetch) return (request, init) => sendHeld(fetch, new Request(request, init), init.signal);
  // The global fetch is looked up at each request, so that a test may replace it.
  return (request, init) => globalThis.fetch(request, init);
}

/** The requests without an answer, by the signals that end them. */
const pending = new WeakMap<AbortSignal, Set<Request>>();
/** The requests whose answers are being read. */
const answered = new WeakMap<Response, Request>();

/**
 * Sends a request, and keeps it in memory until its answer has been read: Node stops following the signal of a Request once nobody
 * holds the Request. The connection would then stay open after the end of the attempt, and with it the process.
 */
async function sendHeld(fetch: Fetch, request: Request, signal: AbortSignal | null | undefined): Promise<Response> {
  if (!signal) return fetch(request);
  const held = pending.get(signal) ?? new Set();
  pending.set(signal, held.add(request));
  try {
    const response = await fetch(request);
    // A stub may give anything.
    if (response instanceof Response) answered.set(response, request);
    return response;
  } finally {
    held.delete(request);
  }
}
