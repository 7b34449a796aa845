import { tokenHeader } from "../../generated/operations.js";
import { Unavailable } from "./auth.js";
import { readBody } from "./body.js";
import { overdue, sleep, within } from "./deadline.js";
import {
  AuthenticationError,
  ConnectionError,
  GeminiDBError,
  TimeoutError,
  UnexpectedResponseError,
} from "./errors.js";
import { type Failure, isIdempotent, readFailure, reasonOf } from "./failure.js";
import { notify, scrub, scrubHeaders, secretsOf } from "./hooks.js";
import { match } from "./match.js";
import { type Config, checkLimits } from "./options.js";

/** What a caller may set for one call. */
export interface CallOptions {
  /** Ends the call at any moment; the call then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, in place of the client's. */
  timeout?: number | undefined;
  /** How often a failed call is repeated, in place of the client's. */
  retries?: number | undefined;
}

/** A call on its way out, as openapi-fetch makes it from its options, or a method. */
export interface Call extends CallOptions {
  url: string;
  method: string;
  headers: Headers;
  body?: string | undefined;
  /** What `fetch` gets beside. */
  init?: RequestInit;
}

/**
 * In place of the runtime's `Request`, which would resolve `..` in the path before anybody could refuse it, and would be
 * copied once more by `fetch`.
 */
export function OutgoingRequest(this: object, url: string, init: RequestInit): void {
  Object.assign(this, init, { url, init });
}

/** An answer whose body has been read, without the secrets that it may repeat. */
export interface Answer {
  status: number;
  text: string;
  requestId: string | undefined;
  /** What it says, if it is a failure. */
  failure: Failure | undefined;
  /** The same as a Response, which takes time to make. */
  response(): Response;
}

/** Sends calls: authorizes, limits, repeats and redacts. `raw` and the methods share it. */
export function transport(config: Config): (call: Call) => Promise<Answer> {
  return async (call) => {
    const { url, method, headers, body, signal, init } = call;
    const path = url.slice(config.baseUrl.length);
    const { id, parameters } = match(method, path) ?? {};
    const operation = id ?? `${method} ${path}`;
    const { timeout, retries, maxResponseBytes } = checkLimits(call, config);
    const { auth, fetch = globalThis.fetch } = config;
    let refused: Answer | undefined;
    let secrets: string[] = [];

    for (let attempt = 1; ; attempt++) {
      const began = Date.now();
      const event = () => ({
        operation,
        method,
        url,
        attempt,
        headers: Object.fromEntries(scrubHeaders(headers, secretsOf(headers))),
      });
      let phase: 0 | 1 | 2 = 0;
      let wait: string | null = null;
      let why: string;
      try {
        const answer: Answer = await within(timeout, signal, async (signal) => {
          if (typeof auth === "object") {
            await auth.sign({ method, url, headers, body, project_id: parameters?.project_id });
            secrets = secretsOf(headers);
          } else {
            const old = secrets[0];
            const token = typeof auth === "function" ? await auth({ refused: refused && old, signal, fetch }) : auth;
            // The runtime would refuse it too, but with the token in the message.
            if (!/^[\x21-\x7e]+$/.test(token ?? "")) throw new Error("auth gave none, or one with spaces");
            // The same token would be refused again: the first answer stands.
            if (refused && token === old) return refused;
            headers.set(tokenHeader, token as string);
            secrets = [token as string];
          }
          notify(config.onRequest, event);
          phase = 1;
          const response = await fetch(url, {
            ...init,
            method,
            headers,
            body: body as string,
            signal,
            redirect: "manual",
          });
          phase = 2;
          const { ok, status, headers: received, redirected } = response;
          // The API never redirects. Following would carry the token to whoever the answer names.
          if (redirected || !(ok || status > 399)) {
            const target = /\/\/([^/?#]*@)?([^/?#]+)/.exec(
              (redirected ? response.url : received.get("location")) ?? "",
            );
            const host = scrub(target?.[2] ?? "nowhere", secrets);
            throw new UnexpectedResponseError(`a redirect to ${host}, not followed. Check the host`, { status });
          }
          const text = scrub(await readBody(response, maxResponseBytes), secrets);
          const failure = ok ? undefined : readFailure(status, text, method);
          wait = received.get("retry-after");
          return {
            status,
            text,
            failure,
            requestId: scrub(received.get("x-request-id") ?? failure?.request_id ?? "", secrets) || undefined,
            response: () => new Response(text || null, { status, headers: scrubHeaders(received, secrets) }),
          };
        });
        const { status, failure, requestId } = answer;
        notify(config.onResponse, () => ({ ...event(), status, requestId, duration: Date.now() - began }));
        if (failure?.again === "token" && typeof auth === "function" && !refused) {
          // Refused for its token, so nothing was started: once more with a fresh one, outside the count.
          refused = answer;
          attempt--;
          continue;
        }
        if (!failure?.retryable || attempt > retries) return answer;
        why = `${status} ${failure.code ?? ""}`;
      } catch (cause) {
        if (signal?.aborted && cause === signal.reason) throw cause;
        if (cause instanceof GeminiDBError) {
          // It may have been made where the operation is not known.
          const { message } = cause;
          throw cause.operation ? cause : Object.assign(cause, { operation, message: `${operation}: ${message}` });
        }
        const reason = reasonOf(cause, secrets);
        const late = cause === overdue;
        // A connection that was never made: the request cannot have arrived.
        const refusal = /conn\w* ?refused|ENOTFOUND|EAI_AGAIN|CONNECT_TIMEOUT|dns error/i;
        const unsent = !phase || (phase < 2 && refusal.test(`${reason.code} ${reason.message}`));
        const safe = isIdempotent(method);
        const Kind = late ? TimeoutError : phase ? ConnectionError : AuthenticationError;
        const what = late
          ? `no answer within ${timeout} ms`
          : `${["no token", "no connection", "the answer was cut"][phase]}: ${reason.message}`;
        const outcome = unsent
          ? "Nothing was sent"
          : safe
            ? "Repeating is safe"
            : "It may have been carried out: look before you repeat it";
        const error = new Kind(`${what}. ${outcome}`, { operation, cause: reason });
        const again = phase ? unsent || (safe && !/CERT/.test(`${reason.code}`)) : late || cause instanceof Unavailable;
        if (!again || attempt > retries) throw error;
        why = error.message;
      }
      const delay = backoff(attempt, wait);
      notify(config.onRetry, () => ({ operation, attempt, delay, reason: why }));
      await sleep(delay, signal);
    }
  };
}

/** Milliseconds until the next attempt: what the service asks for, within reason, or full jitter. */
export function backoff(attempt: number, retryAfter: string | null): number {
  const asked = /^\d+$/.test(retryAfter ?? "") ? Number(retryAfter) * 1000 : Date.parse(retryAfter ?? "") - Date.now();
  return asked >= 0 ? Math.min(asked, 30_000) : Math.round(Math.random() * Math.min(20_000, 500 * 2 ** attempt));
}
