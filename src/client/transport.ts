import { credentials } from "../../generated/operations.js";
import { checkToken, type Signable, Unavailable } from "./auth.js";
import { readBody } from "./body.js";
import { Overdue, sleep, within } from "./deadline.js";
import {
  AuthenticationError,
  attribute,
  ConnectionError,
  GeminiDBError,
  type OperationName,
  TimeoutError,
  UnexpectedResponseError,
} from "./errors.js";
import { type Failure, isIdempotent, isRetryable, neverLeft, readFailure, reasonOf, scrub } from "./failure.js";
import { notify, redactHeaders, secretsOf } from "./hooks.js";
import { checkPath, match } from "./match.js";
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

type Init = RequestInit & CallOptions & { headers: Headers; method: string; body?: string; textOnly?: boolean };

/**
 * A request as openapi-fetch makes it, in place of the runtime's `Request`, which would resolve `..` in the path
 * before anybody could refuse it, and would be copied once more by `fetch`.
 */
export function requestClass(baseUrl: string) {
  return class OutgoingRequest {
    readonly path: string;
    readonly method: string;
    readonly headers: Headers;

    constructor(
      readonly url: string,
      readonly init: Init,
    ) {
      if (!url.startsWith(`${baseUrl}/`))
        throw new TypeError("the call is for another host: make a client for that host");
      this.path = url.slice(baseUrl.length);
      checkPath(this.path);
      this.method = init.method;
      this.headers = init.headers;
    }
  };
}
export type OutgoingRequest = InstanceType<ReturnType<typeof requestClass>>;

/** Sends requests: authorizes, limits, repeats and redacts. openapi-fetch gets it in place of `fetch`. */
export function transport(config: Config): (request: OutgoingRequest) => Promise<Response> {
  return async ({ url, path, init, method, headers }) => {
    const { signal: caller, timeout: ms, retries: more, textOnly, ...rest } = init;
    const found = match(method, path);
    const operation: OperationName = found?.id ?? `${method} ${path}`;
    const { timeout, retries } = checkLimits({ timeout: ms ?? config.timeout, retries: more ?? config.retries });
    const signal = caller ?? undefined;
    if (!headers.has("accept")) headers.set("accept", "application/json");
    const idempotent = isIdempotent(method);
    const request: Signable = { method, url, headers, body: rest.body, project_id: found?.parameters.project_id };
    let refused: { token: string; response: Response } | undefined;

    for (let attempt = 1; ; attempt++) {
      const began = Date.now();
      let secrets: string[] = [];
      const event = () => ({ operation, method, url, attempt, headers: redactHeaders(headers) });
      let phase: "token" | "sending" | "reading" = "token";
      let error: Error;
      let again: boolean;
      let wait: string | null = null;
      try {
        const answer = await within(timeout, signal, async (signal) => {
          const fetch = config.fetch ?? globalThis.fetch;
          let token: string | undefined;
          if (typeof config.auth === "object") {
            await config.auth.sign(request);
            secrets = secretsOf(headers);
          } else {
            const { auth } = config;
            token = checkToken(
              typeof auth === "function" ? await auth({ refused: refused?.token, signal, fetch }) : auth,
            );
            // The same token would be refused again: the first answer stands.
            if (token === refused?.token) return { response: refused.response };
            headers.set(credentials.tokenHeader, token);
            secrets = [token];
          }
          notify(config.onRequest, event);
          phase = "sending";
          const response = await fetch(url, { ...rest, headers, signal, redirect: "manual" });
          phase = "reading";
          checkRedirect(response, url);
          return { token, ...settle(response, await readBody(response, config.maxResponseBytes), secrets, textOnly) };
        });
        const { response, failure, token } = answer as { response: Response; failure?: Failure; token?: string };
        notify(config.onResponse, () => ({
          ...event(),
          status: response.status,
          requestId: failure?.requestId ?? response.headers.get("x-request-id") ?? undefined,
          duration: Date.now() - began,
        }));
        if (!failure) return response;
        if (failure.advice?.newToken && token && !refused && typeof config.auth === "function") {
          // Refused for its token, so nothing was started: once more with a fresh one, outside the count.
          refused = { token, response };
          attempt--;
          continue;
        }
        if (!isRetryable(response.status, failure, method) || attempt > retries) return response;
        error = new Error(`${response.status} ${failure.code ?? ""}`);
        again = true;
        wait = response.headers.get("retry-after");
      } catch (cause) {
        if (signal?.aborted && cause === signal.reason) throw cause;
        const unsent = "Nothing was sent";
        const late = cause instanceof Overdue;
        if (cause instanceof GeminiDBError) throw attribute(cause, operation);
        const reason = reasonOf(cause, secrets);
        const away = phase !== "token" && !(phase === "sending" && neverLeft(reason));
        const outcome = !away
          ? unsent
          : idempotent
            ? "Repeating is safe"
            : "It may have been carried out: look before you repeat it";
        again =
          phase === "token"
            ? late || cause instanceof Unavailable
            : !away || (idempotent && !/CERT|SIGNED/.test(reason.code ?? ""));
        if (late) error = new TimeoutError(`no answer within ${timeout} ms. ${outcome}`, { operation });
        else if (phase === "token") {
          error = new AuthenticationError(`no token: ${reason.message}. ${unsent}`, { operation, cause: reason });
        } else {
          const what = phase === "reading" ? "the answer was cut" : "no connection";
          error = new ConnectionError(`${what}: ${reason.message}. ${outcome}`, { operation, cause: reason });
        }
        if (!again || attempt > retries) throw error;
      }
      const delay = backoff(attempt, wait);
      notify(config.onRetry, () => ({ operation, attempt, delay, reason: error.message }));
      await sleep(delay, signal);
    }
  };
}

/** The API never redirects. Following would carry the token to whoever the answer names. */
function checkRedirect({ status, type, redirected, headers, url: end, body }: Response, url: string): void {
  if (type !== "opaqueredirect" && !redirected && (status < 300 || status > 399)) return;
  body?.cancel().catch(() => {});
  let host = "an unknown host";
  try {
    host = new URL(redirected ? end : (headers.get("location") ?? ""), url).host;
  } catch {}
  throw new UnexpectedResponseError(`a redirect to ${host}, which was not followed. Check the host`, { status });
}

/**
 * The answer with its body read, without the secrets that it may repeat, and what it says if it is a failure. Our own
 * methods want no more than the text of a success: a whole Response would cost them a tenth of a call on loopback.
 */
function settle(
  answer: Response,
  body: string,
  secrets: string[],
  textOnly = false,
): { response: Response; failure?: Failure } {
  const { ok, status, statusText, headers: received } = answer;
  const text = scrub(body, secrets);
  if (ok && textOnly) return { response: { ok, status, headers: received, text: async () => text } as Response };
  const headers = new Headers([...received].map(([name, value]) => [name, scrub(value, secrets)]));
  const response = new Response(text || null, { status, statusText: scrub(statusText, secrets), headers });
  return ok ? { response } : { response, failure: readFailure(status, headers, text) };
}

/** Milliseconds until the next attempt: what the service asks for, within reason, or full jitter. */
export function backoff(attempt: number, retryAfter: string | null): number {
  const asked = /^\d+$/.test(retryAfter ?? "") ? Number(retryAfter) * 1000 : Date.parse(retryAfter ?? "") - Date.now();
  return asked >= 0 ? Math.min(asked, 30_000) : Math.round(Math.random() * Math.min(20_000, 500 * 2 ** attempt));
}
