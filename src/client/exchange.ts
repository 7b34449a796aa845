import { requestIdHeader } from "../../generated/operations.js";
import type { AttemptResult, Stage } from "./attempt-result.js";
import { type Credential, obtainCredential, withCredential } from "./auth/credential.js";
import { bodyInit } from "./body-init.js";
import type { Call } from "./call.js";
import { isAbortReason, withDeadline } from "./deadline.js";
import { readFailure } from "./failure.js";
import { notify, type RequestEvent } from "./hooks.js";
import { jsonOrText } from "./json.js";
import { oneLine } from "./one-line.js";
import type { Outgoing } from "./outgoing.js";
import { BodyReader, BodyTooLong } from "./read-body.js";
import { redactedResponse } from "./redacted-response.js";
import { checkResponse, hostOf, redirectFault, statusFault } from "./response-checks.js";
import { redactHeaders } from "./secret-names.js";
import { isInstance } from "./untrusted.js";

/**
 * One attempt: gets the credential, sends the request, reads the answer and takes secrets out of it.
 * @param refused the credential that the service has refused in this call
 * @throws the reason of the caller's signal, untouched, when the caller aborts
 */
export function makeAttempt(outgoing: Outgoing, call: Call, refused: Credential | undefined): Promise<AttemptResult> {
  return new Attempt(outgoing, call, refused).run();
}

/** A response whose body is being read, and what it is the answer to. */
interface Received {
  response: Response;
  reader: BodyReader;
  /** The headers of the request. */
  headers: Headers;
  credential: Credential;
}

class Attempt {
  private stage: Stage = "authorizing";
  private readonly began = performance.now();
  private received: Received | undefined;

  constructor(
    private readonly outgoing: Outgoing,
    private readonly call: Call,
    private readonly refused: Credential | undefined,
  ) {}

  async run(): Promise<AttemptResult> {
    const { timeout, signal } = this.call;
    const signals = [signal, this.outgoing.signal];
    try {
      return await withDeadline(timeout, signals, (ended) => this.perform(ended));
    } catch (thrown) {
      if (isAbortReason(signals, thrown)) throw thrown;
      return this.brokenAnswer() ?? { kind: "no-answer", stage: this.stage, thrown };
    }
  }

  private async perform(ended: AbortSignal): Promise<AttemptResult> {
    const credential = await this.authorize(ended);
    // The attempt may have ended while the credential was awaited. Then nothing may be sent any more.
    ended.throwIfAborted();
    if (!credential) return { kind: "no-other-credential" };
    this.call.secrets.addCredential(credential.secrets);
    const { request } = this.outgoing;
    const headers = withCredential(this.outgoing.headers, credential);
    notify(this.call.config.onRequest, () => this.requestEvent(headers));
    // The hook may have ended the call.
    ended.throwIfAborted();
    this.stage = "sending";
    this.call.requestLeaves();
    // The API never redirects, and following would carry the credential to whatever host the answer names.
    const response = await this.call.send(request, {
      headers,
      ...bodyInit(this.outgoing),
      signal: ended,
      redirect: "manual",
    });
    checkResponse(response);
    // A fetch that ignores its signal may answer after the end of the attempt. Nobody must hear of that any more.
    if (ended.aborted) {
      response.body?.cancel().catch(() => {});
      throw ended.reason;
    }
    this.stage = "receiving";
    // Before the body, so that an abort can name it.
    this.noteRequestId(response);
    const reader = new BodyReader(response, this.call.config.maxResponseBytes);
    return this.receive({ response, reader, headers, credential }, ended);
  }

  private authorize(ended: AbortSignal): Promise<Credential | undefined> {
    const { request, headers, body, project_id } = this.outgoing;
    const { method, url } = request;
    const { call } = this;
    return obtainCredential(
      call.config.auth,
      { method, url, headers, body, project_id },
      {
        refusedCredential: this.refused,
        signal: ended,
        // The signal is given to fetch as well: Node stops following that of a Request once nobody holds the Request.
        fetch: (url, init) =>
          call.config.send(new Request(url, { redirect: "manual", ...init }), { signal: init?.signal ?? ended }),
      },
    );
  }

  private async receive(received: Received, ended: AbortSignal): Promise<AttemptResult> {
    const { response, reader } = received;
    const fault = redirectFault(response, (location) => this.shownHost(location)) ?? statusFault(response);
    if (fault) {
      // An unread body keeps its connection occupied, and the process alive.
      response.body?.cancel().catch(() => {});
      return this.unexpected(received, fault);
    }
    this.received = received;
    try {
      await reader.readAll(ended);
    } catch (error) {
      const isSuccess = response.status < 400;
      if (isSuccess && isInstance(error, BodyTooLong)) {
        return this.unexpected(received, `${error.message} (maxResponseBytes)`);
      }
      throw error;
    }
    ended.throwIfAborted();
    return this.answer(received, this.redacted(response, reader.text));
  }

  private unexpected(received: Received, fault: string): AttemptResult {
    const { response, reader } = received;
    this.report(received);
    const body = this.call.secrets.redactCut(reader.text) || undefined;
    return { kind: "unexpected", status: response.status, fault, body };
  }

  /** The host of a URL that came with the response, as a message may show it. */
  private shownHost(location: string): string {
    const { secrets } = this.call;
    // Before the host is taken out of it, which is then in small letters; and after, since some characters are gone then.
    const host = hostOf(secrets.redact(location), this.outgoing.request.url);
    return oneLine(secrets.redact(host));
  }

  /**
   * What is left of an answer whose body is cut, too long or late. If its status says that the call failed, that does not
   * change it.
   */
  private brokenAnswer(): AttemptResult | undefined {
    const { received } = this;
    if (!received) return undefined;
    if (received.response.status >= 400) {
      return this.answer(received, this.call.secrets.redactCut(received.reader.text));
    }
    this.report(received);
    return undefined;
  }

  /** @param text the body without secrets */
  private answer(received: Received, text: string): AttemptResult {
    const { status } = received.response;
    const response = redactedResponse(received.response, text, (value) => this.redacted(received.response, value));
    const failure = status < 400 ? undefined : readFailure(status, jsonOrText(text));
    this.report(received, failure?.requestId);
    return { kind: "answered", response, failure, credential: received.credential };
  }

  /** A part of a response without secrets. What is in a success is data, which a caller needs as it is. */
  private redacted({ ok }: Response, text: string): string {
    const { secrets } = this.call;
    return ok ? secrets.redactData(text) : secrets.redact(text);
  }

  /**
   * Remembers the request ID of a response.
   * @param idOfBody the one that its body names
   */
  private noteRequestId({ headers }: Response, idOfBody?: string): string | undefined {
    const { call } = this;
    const requestId = oneLine(call.secrets.redact(headers.get(requestIdHeader) ?? "")) || idOfBody;
    call.requestId = requestId ?? call.requestId;
    return requestId;
  }

  /** Tells the call and the hook of a response. */
  private report({ headers, response }: Received, idOfBody?: string): void {
    const { call } = this;
    const requestId = this.noteRequestId(response, idOfBody);
    notify(call.config.onResponse, () => ({
      ...this.requestEvent(headers),
      status: response.status,
      requestId,
      duration: Math.round(performance.now() - this.began),
    }));
  }

  private requestEvent(headers: Headers): RequestEvent {
    const { method, url } = this.outgoing.request;
    const { event, secrets } = this.call;
    const shown: Record<string, string> = {};
    for (const [name, value] of Object.entries(redactHeaders(headers))) {
      // A credential can stand under any name.
      shown[name] = secrets.redact(value);
    }
    return { ...event, method, url: secrets.redactUrl(url), headers: shown };
  }
}
