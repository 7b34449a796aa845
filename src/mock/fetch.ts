import { STATUS_CODES } from "node:http";
import { emptyStatuses } from "../client/http.js";
import { withoutFragment } from "../client/query.js";
import { withUrl } from "../client/redacted-response.js";
import { deliveryOf, pieces } from "./bodies.js";
import { FetchCalls } from "./fetch-calls.js";
import { codedError, fetchFailed } from "./fetch-errors.js";
import { incomingOf, refuseWhatNodeRefuses } from "./fetch-request.js";
import { type Answer, type Delivery, type Exchange, type Incoming, resetDelivery } from "./outcome.js";
import { UnderWay, waitForAbort } from "./waiting.js";

export type MockFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** The Fetch API's way into the mock. */
export interface FetchShell {
  readonly fetch: MockFetch;
  /** Ends the calls that are under way, as a server does that closes its connections, and refuses later ones. */
  close(): Promise<void>;
}

/** The statuses that the Fetch API takes for redirects. */
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * A shell that answers, rejects and streams as the `fetch` of Node does with a server behind it. Only the `type` of its
 * responses differs: it is "default", as that of every response that a program makes.
 */
export function createFetchShell(exchange: (incoming: Incoming) => Promise<Exchange>): FetchShell {
  const calls = new FetchCalls();
  const underWay = new UnderWay();
  let closed = false;

  const fetch: MockFetch = async (input, init) => {
    // A copy, also of a Request. As with fetch, that uses up the body of the original.
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    refuseWhatNodeRefuses(request);
    if (closed) throw fetchFailed(codedError("ECONNREFUSED", "the mock is closed"));
    const call = new FetchCall(request, calls);
    const exchanged = exchange(call.toIncoming());
    underWay.add(exchanged);
    const { outcome, end } = await exchanged;
    if (outcome.kind === "hang") await waitForAbort(call.signal);
    if (call.signal.aborted) {
      // The record says how the request ended before its caller hears of it.
      call.finish(end);
      throw call.rejection;
    }
    if (outcome.kind !== "answer") {
      call.finish(() => end(resetDelivery));
      throw fetchFailed(codedError("ECONNRESET", "read ECONNRESET"));
    }
    const response = call.responseOf(outcome, (delivery) => call.finish(() => end(delivery)));
    // An answer that fetch withholds from its caller has been sent all the same.
    const reason = reasonToWithhold(request, outcome);
    if (reason) throw fetchFailed(reason);
    return response;
  };

  return {
    fetch,
    async close() {
      closed = true;
      calls.abort();
      await underWay.ended();
    },
  };
}

/** Why Node's fetch does not show an answer to its caller; undefined where it does. */
function reasonToWithhold({ redirect }: Request, { status }: Answer): Error | undefined {
  if (redirect === "error" && redirects.has(status)) return new Error("unexpected redirect");
  // fetch cannot ask anybody for the password of a proxy. Node's error has no message either.
  return status === 407 ? new Error() : undefined;
}

/** One call of `fetch`. Its signal aborts when the caller aborts, when the request breaks off, and when the mock is closed. */
class FetchCall {
  readonly #request: Request;
  readonly #calls: FetchCalls;
  readonly #caller = new AbortController();
  /** Why the body of the request broke off. */
  #fault: unknown;

  constructor(request: Request, calls: FetchCalls) {
    this.#request = request;
    this.#calls = calls;
    calls.add(this.#caller);
    request.signal.addEventListener("abort", this.#leave);
  }

  readonly #leave = () => this.#caller.abort();

  get signal(): AbortSignal {
    return this.#caller.signal;
  }

  toIncoming(): Incoming {
    return incomingOf(this.#request, this.signal, (fault) => {
      this.#fault = fault;
      this.#leave();
    });
  }

  /** Ends the call, once: the caller may abort just as the answer ends. @param record called the first time */
  finish(record: () => void): void {
    if (!this.#calls.delete(this.#caller)) return;
    this.#request.signal.removeEventListener("abort", this.#leave);
    this.#discardRequest();
    record();
  }

  /** Stops reading the request, as where a server closes the connection. */
  #discardRequest(): void {
    this.#caller.abort();
    const { body } = this.#request;
    // A body that is being read is cancelled by its reader.
    if (body?.locked === false) void body.cancel().catch(() => {});
  }

  /** What `fetch` rejects with when the call has ended without an answer. */
  get rejection(): unknown {
    if (this.#fault !== undefined) return fetchFailed(this.#fault);
    return reasonToLeave(this.#request.signal, fetchFailed(otherSideClosed()));
  }

  /** @param ended called once with what the caller got */
  responseOf(answer: Answer, ended: (delivery: Delivery) => void): Response {
    const { status, headers } = answer;
    const body = bodyOf(answer, this.signal, this.#request.signal, ended);
    const response = new Response(body, { status, statusText: STATUS_CODES[status] ?? "unknown", headers });
    return withUrl(response, withoutFragment(this.#request.url));
  }
}

/**
 * @param callSignal the signal of the call: aborted when the caller aborts, and when the mock is closed
 * @param givenSignal the signal that the caller gave
 * @param ended called once with what the caller got
 */
function bodyOf(
  answer: Answer,
  callSignal: AbortSignal,
  givenSignal: AbortSignal,
  ended: (delivery: Delivery) => void,
): ReadableStream<Uint8Array> | string | null {
  if (answer.pace !== "whole") return streamOf(answer, callSignal, givenSignal, ended);
  ended({ isComplete: true, bodySize: Buffer.byteLength(answer.body) });
  // With these statuses, the Fetch API refuses even an empty text.
  return emptyStatuses.has(answer.status) ? null : answer.body;
}

/** A body that comes slowly, or does not come to its end. The parameters are those of `bodyOf`. */
function streamOf(
  answer: Answer,
  callSignal: AbortSignal,
  givenSignal: AbortSignal,
  ended: (delivery: Delivery) => void,
): ReadableStream<Uint8Array> {
  const terminated = new TypeError("terminated", { cause: otherSideClosed() });
  let bodySize = 0;
  let isCut = false;
  // The caller may abort at any time, also with the last piece. The signal of the call is aborted in each case.
  const leave = () => ended(deliveryOf(answer, bodySize));
  callSignal.addEventListener("abort", leave);
  return new ReadableStream({
    start(controller) {
      void send(controller);
    },
    // The reader sees the end of the connection after everything that was sent before it.
    pull(controller) {
      if (isCut) controller.error(terminated);
    },
    cancel: leave,
  });

  /** Sends without waiting for a reader, as a socket does. */
  async function send(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    for await (const piece of pieces(answer, callSignal)) {
      if (callSignal.aborted) break;
      bodySize += piece.length;
      controller.enqueue(piece);
    }
    if (callSignal.aborted) return controller.error(reasonToLeave(givenSignal, terminated));
    ended(deliveryOf(answer, bodySize));
    isCut = answer.pace === "cut";
    if (!isCut) controller.close();
    // An error discards what has not been read yet. So it only comes at once when everything has been read.
    else if ((controller.desiredSize ?? 0) > 0) controller.error(terminated);
  }
}

/** What Node's fetch says where a server closes the connection. */
function otherSideClosed(): Error {
  return codedError("UND_ERR_SOCKET", "other side closed");
}

/** The reason of the caller where it aborted; otherwise what it sees when the mock is closed. */
function reasonToLeave(signal: AbortSignal, closed: TypeError): unknown {
  return signal.aborted ? signal.reason : closed;
}
