import { type Credential, obtainCredential } from "./auth/credential.js";
import type { Call } from "./call.js";
import { withDeadline } from "./deadline.js";
import { type Failure, isIdempotent, parseJson, readFailure } from "./failure.js";
import { notify, type RequestEvent } from "./hooks.js";
import type { Outgoing } from "./outgoing.js";
import { BodyReader, BodyTooLong } from "./read-body.js";
import { redactHeaders, secretsIn } from "./redact.js";
import { isInstance } from "./untrusted.js";

/** How far an attempt has come. */
export type Stage = "authorizing" | "sending" | "receiving";

/** What one attempt led to. */
export type ExchangeResult = Answered | Unexpected | NoAnswer | NoOtherCredential;

export interface Answered {
  kind: "answered";
  /** The response, with its body already read and without secrets. */
  response: Response;
  /** What it says, if its status is 4xx or 5xx. */
  failure: Failure | undefined;
  credential: Credential;
}
/** An answer came, but not one that the API gives. */
export interface Unexpected {
  kind: "unexpected";
  status: number;
  fault: string;
  body: string | undefined;
}
export interface NoAnswer {
  kind: "no-answer";
  stage: Stage;
  thrown: unknown;
}
/** The last credential was refused, and there is no other. Nothing was sent. */
export interface NoOtherCredential {
  kind: "no-other-credential";
  refused: Answered;
}

/**
 * One attempt: gets the credential, sends the request, reads the answer and takes secrets out of it.
 * @param refused the answer that refused the credential of the attempt before
 * @throws the reason of the caller's signal, untouched, when the caller aborts
 */
export async function exchange(outgoing: Outgoing, call: Call, refused: Answered | undefined): Promise<ExchangeResult> {
  return new Exchange(outgoing, call, refused).run();
}

/** A response whose body is being read, and what it is the answer to. */
interface Received {
  response: Response;
  reader: BodyReader;
  /** The headers of the request. */
  headers: Headers;
  credential: Credential;
}

class Exchange {
  private stage: Stage = "authorizing";
  private readonly began = Date.now();
  private received: Received | undefined;

  constructor(
    private readonly outgoing: Outgoing,
    private readonly call: Call,
    private readonly refused: Answered | undefined,
  ) {}

  async run(): Promise<ExchangeResult> {
    const { timeout, signal } = this.call;
    const signals = [signal, this.outgoing.signal];
    try {
      return await withDeadline(timeout, signals, (ended) => this.exchange(ended));
    } catch (thrown) {
      if (signals.some((one) => one?.aborted && one.reason === thrown)) throw thrown;
      return this.failedAnswer() ?? { kind: "no-answer", stage: this.stage, thrown };
    }
  }

  private async exchange(ended: AbortSignal): Promise<ExchangeResult> {
    const credential = await this.authorize(ended);
    // The attempt may have ended while the credential was awaited. Then nothing may be sent any more.
    ended.throwIfAborted();
    if (!credential) return this.noOtherCredential();
    this.call.keepSecrets(credential.secrets);
    const { request } = this.outgoing;
    const headers = this.authorizedHeaders(credential);
    notify(this.call.config.onRequest, () => this.requestEvent(headers));
    this.stage = "sending";
    // The API never redirects, and following would carry the credential to whatever host the answer names.
    const response = await this.call.send(request, { headers, ...this.bodyInit(), signal: ended, redirect: "manual" });
    this.stage = "receiving";
    const reader = new BodyReader(response, this.call.config.maxResponseBytes);
    return this.receive({ response, reader, headers, credential });
  }

  private authorize(ended: AbortSignal): Promise<Credential | undefined> {
    const { request, headers, body, project_id } = this.outgoing;
    const { method, url } = request;
    const { call, refused } = this;
    // Headers that the caller gave may be secret too.
    call.keepSecrets(secretsIn(headers));
    return obtainCredential(
      call.config.auth,
      { method, url, headers, body, project_id },
      { refused: refused?.credential, signal: ended, fetch: (url, init) => call.send(new Request(url, init), {}) },
    );
  }

  private noOtherCredential(): ExchangeResult {
    if (!this.refused) throw new Error("auth gave no credentials");
    return { kind: "no-other-credential", refused: this.refused };
  }

  private authorizedHeaders(credential: Credential): Headers {
    const headers = new Headers(this.outgoing.headers);
    for (const [name, value] of Object.entries(credential.headers)) headers.set(name, value);
    return headers;
  }

  private bodyInit(): { body: BodyInit | null; duplex?: "half" } {
    const { body, request } = this.outgoing;
    if (!repeatsByItself || isIdempotent(request.method)) return { body };
    // A stream can be sent once only. Without `duplex`, fetch refuses it.
    return { body: new Blob([body ?? ""]).stream(), duplex: "half" };
  }

  private async receive(received: Received): Promise<ExchangeResult> {
    const { response, reader } = received;
    const fault = this.faultOf(response);
    if (fault) return this.unexpected(received, fault);
    this.received = received;
    try {
      await reader.readAll();
      return this.answer(received);
    } catch (error) {
      if (isInstance(error, BodyTooLong)) return this.unexpected(received, `${error.message} (maxResponseBytes)`);
      throw error;
    }
  }

  private unexpected(received: Received, fault: string): ExchangeResult {
    const { response, reader } = received;
    this.report(received, response.headers.get("x-request-id") ?? undefined);
    return { kind: "unexpected", status: response.status, fault, body: this.call.redact(reader.text) || undefined };
  }

  /** Why a response is not one of an API that never redirects. Nothing, if it is. */
  private faultOf({ status, type, redirected, url, headers }: Response): string | undefined {
    // A browser shows nothing of a redirect but the type. A fetch of the caller's may have followed it.
    if (redirected || type === "opaqueredirect" || (status >= 300 && status < 400)) {
      const target = redirected ? url : headers.get("location");
      const host = /\/\/(?:[^/?#]*@)?([^/?#]+)/.exec(target ?? "")?.[1] ?? "nowhere";
      return `a redirect to ${this.call.redact(host)}, not followed. Check the host`;
    }
    if (status < 200 || status > 599) return `the status ${status}, which HTTP does not have`;
    return undefined;
  }

  /** The answer, if its status alone says that the call failed. A body that is cut does not change that. */
  private failedAnswer(): ExchangeResult | undefined {
    if (!this.received || this.received.response.status < 400) return undefined;
    return this.answer(this.received);
  }

  private answer(received: Received): ExchangeResult {
    const { call } = this;
    const { status } = received.response;
    const text = call.redact(received.reader.text);
    const response = redactedResponse(received.response, text, (value) => call.redact(value));
    const failure = status < 400 ? undefined : readFailure(status, parseJson(text));
    this.report(received, response.headers.get("x-request-id") ?? failure?.requestId);
    return { kind: "answered", response, failure, credential: received.credential };
  }

  /** Tells the call and the hook of a response. */
  private report({ headers, response }: Received, requestId: string | undefined): void {
    const { call } = this;
    call.requestId = requestId ?? call.requestId;
    notify(call.config.onResponse, () => ({
      ...this.requestEvent(headers),
      status: response.status,
      requestId,
      duration: Date.now() - this.began,
    }));
  }

  private requestEvent(headers: Headers): RequestEvent {
    const { method, url } = this.outgoing.request;
    return { ...this.call.event, method, url, headers: redactHeaders(headers) };
  }
}

/** Statuses whose responses have no body. */
const emptyStatuses = new Set([204, 205, 304]);

/** A response with the body that was read. */
function redactedResponse(received: Response, text: string, redact: (value: string) => string): Response {
  const { status, statusText, url } = received;
  const headers = new Headers(received.headers);
  received.headers.forEach((value, name) => {
    const clean = redact(value);
    if (clean !== value) headers.set(name, clean);
  });
  const body = emptyStatuses.has(status) ? null : text;
  const response = new Response(body, { status, statusText, headers });
  // A response that was made by hand has no URL.
  Object.defineProperty(response, "url", { value: url });
  return response;
}

/**
 * Deno sends a POST a second time by itself when a connection that was used before closes without an answer. That would
 * double a create, so its body is given in a form that can be sent once only. Browsers do the same, and nothing prevents it there.
 */
const repeatsByItself = "Deno" in globalThis;
