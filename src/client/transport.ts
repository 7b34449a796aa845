import { credentials } from "../../generated/operations.js";
import { checkToken, type Signer } from "./auth.js";
import { Overdue, sleep, within } from "./deadline.js";
import {
  AuthenticationError,
  ConnectionError,
  type OperationName,
  TimeoutError,
  UnexpectedResponseError,
} from "./errors.js";
import { type Failure, isRetryable, neverLeft, readFailure, reasonOf, scrub } from "./failure.js";
import { notify, redactHeaders } from "./hooks.js";
import { checkPath, match } from "./match.js";
import { checkLimits, type checkOptions } from "./options.js";

export type Config = ReturnType<typeof checkOptions>;

/** What a caller may set for one call. */
export interface CallOptions {
  /** Ends the call at any moment; the call then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, in place of the client's. */
  timeout?: number | undefined;
  /** How often a failed call is repeated, in place of the client's. */
  retries?: number | undefined;
}

type Init = RequestInit & CallOptions & { headers: Headers; method: string; body?: string };

/**
 * A request as openapi-fetch makes it, in place of the runtime's `Request`, which would resolve `..` in the path
 * before anybody could refuse it, and would be copied once more by `fetch`.
 */
export function requestClass(baseUrl: string) {
  return class OutgoingRequest {
    readonly url: string;
    readonly init: Init;
    method: string;
    headers: Headers;

    constructor(url: string, init: Init) {
      if (!url.startsWith(`${baseUrl}/`)) {
        throw new TypeError("the call is for another host than the client: make a client for that host");
      }
      checkPath(url.slice(baseUrl.length));
      this.url = url;
      this.init = init;
      this.method = init.method;
      this.headers = init.headers;
    }
  };
}
export type OutgoingRequest = InstanceType<ReturnType<typeof requestClass>>;

/** Sends requests: authorizes, limits, repeats and redacts. What it gives to openapi-fetch in place of `fetch`. */
export function transport(config: Config): (request: OutgoingRequest) => Promise<Response> {
  return async ({ url, init, method, headers }) => {
    const { signal: caller, timeout: _, retries: __, ...rest } = init;
    const found = match(method, url.slice(config.baseUrl.length));
    const operation: OperationName = found?.id ?? `${method} ${url.slice(config.baseUrl.length)}`;
    const limits = checkLimits({ timeout: init.timeout ?? config.timeout, retries: init.retries ?? config.retries });
    const idempotent = method !== "POST" && method !== "PATCH";
    const signal = caller ?? undefined;
    const project_id = found?.parameters.project_id;
    let refused: string | undefined;
    let last: { response: Response; failure: Failure } | undefined;

    for (let attempt = 1; ; attempt++) {
      let secrets: string[] = [];
      let phase: "token" | "sending" | "reading" = "token";
      const began = Date.now();
      const event = () => ({ operation, method, url, attempt, headers: redactHeaders(headers) });
      let error: Error;
      let again: boolean;
      let wait: string | null = null;
      try {
        const { response, failure, token } = await within(limits.timeout, signal, async (signal) => {
          const token = await authorize(
            config,
            { method, url, headers, body: rest.body, project_id },
            signal,
            refused,
            operation,
          );
          // The same token again would be refused again: the first answer stands.
          if (last && token === refused) return { ...last, token };
          secrets = token === undefined ? [] : [token];
          notify(config.onRequest, event);
          phase = "sending";
          const answer = await (config.fetch ?? globalThis.fetch)(url, {
            ...rest,
            headers,
            signal,
            redirect: "manual",
          });
          phase = "reading";
          checkRedirect(answer, url, operation);
          const bytes = await readBody(answer, config.maxResponseBytes, operation);
          return { token, ...settle(answer, bytes, secrets) };
        });
        notify(config.onResponse, () => ({
          ...event(),
          status: response.status,
          requestId: failure?.requestId ?? response.headers.get("x-request-id") ?? undefined,
          duration: Date.now() - began,
        }));
        if (!failure) return response;
        if (
          failure.advice?.newToken &&
          refused === undefined &&
          token !== undefined &&
          typeof config.auth === "function"
        ) {
          // Refused for its token: nothing was started. One fresh token, then the call once more, outside the count.
          refused = token;
          last = { response, failure };
          attempt--;
          continue;
        }
        again = isRetryable(response.status, failure, idempotent);
        if (!again || attempt > limits.retries) return response;
        error = new Error(`${response.status} ${failure.code ?? ""}`.trim());
        wait = response.headers.get("retry-after");
      } catch (cause) {
        if (signal?.aborted && cause === signal.reason) throw cause;
        if (cause instanceof UnexpectedResponseError) throw cause;
        if (cause instanceof AuthenticationError) {
          error = cause.operation ? cause : new AuthenticationError(cause.message, { operation, cause: cause.cause });
          again = cause.cause !== undefined;
        } else if (cause instanceof Overdue) {
          error = new TimeoutError(
            `no answer within ${limits.timeout} ms${phase === "token" ? ", waiting for a token" : ""}. ${unknownOutcome(idempotent, phase === "token")}`,
            { operation },
          );
          again = idempotent || phase === "token";
        } else if (phase === "token") {
          const reason = reasonOf(cause, secrets);
          throw new AuthenticationError(`nothing was sent, the option auth gave no token: ${reason.message}`, {
            operation,
            cause: reason,
          });
        } else {
          const reason = reasonOf(cause, secrets);
          const unsent = phase === "sending" && neverLeft(reason);
          const what = phase === "reading" ? "the answer was cut" : unsent ? "no connection" : "the connection failed";
          error = new ConnectionError(`${what}: ${explain(reason)}. ${unknownOutcome(idempotent, unsent)}`, {
            operation,
            cause: reason,
          });
          again = unsent || (idempotent && !/CERT|SELF_SIGNED|TLS|ISSUER/.test(reason.code ?? ""));
        }
        if (!again || attempt > limits.retries) throw error;
      }
      const delay = backoff(attempt, wait);
      const reason = scrub(error.message, secrets);
      notify(config.onRetry, () => ({ operation, attempt, delay, reason }));
      await sleep(delay, signal);
    }
  };
}

/** Adds the token or the signature to the headers; gives the token. */
async function authorize(
  { auth, fetch }: Config,
  request: Parameters<Signer["sign"]>[0],
  signal: AbortSignal,
  refused: string | undefined,
  operation: OperationName,
): Promise<string | undefined> {
  if (typeof auth === "object") {
    await auth.sign(request);
    return undefined;
  }
  const given = typeof auth === "function" ? await auth({ refused, signal, fetch: fetch ?? globalThis.fetch }) : auth;
  const token = checkToken(given, operation);
  request.headers.set(credentials.tokenHeader, token);
  return token;
}

/** The API never redirects. Following would carry the token to whoever the answer names. */
function checkRedirect(response: Response, url: string, operation: OperationName): void {
  const { status, type, redirected } = response;
  if (type !== "opaqueredirect" && !redirected && (status < 300 || status > 399)) return;
  response.body?.cancel().catch(() => {});
  const target = redirected ? response.url : response.headers.get("location");
  let host = "an unknown host";
  try {
    host = new URL(target ?? "", target ? url : undefined).host;
  } catch {}
  throw new UnexpectedResponseError(
    `answered with a redirect to ${host}, which was not followed. Check the host of the client`,
    { operation, status },
  );
}

/** Reads a body up to the limit. An unread rest would keep the connection. */
async function readBody(response: Response, limit: number, operation: OperationName): Promise<Uint8Array> {
  const { body, headers, status } = response;
  const tooLong = () => {
    body?.cancel().catch(() => {});
    return new UnexpectedResponseError(
      `the answer is longer than ${limit} bytes and was cut. maxResponseBytes sets the limit`,
      { operation, status },
    );
  };
  if (!body) return new Uint8Array(0);
  const length = Number(headers.get("content-length") ?? Number.NaN);
  if (!headers.has("content-encoding") && length >= 0) {
    if (length > limit) throw tooLong();
    return new Uint8Array(await response.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw tooLong();
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The answer with its body read, and what it says if it is a failure; then without the secrets that it may repeat. */
function settle(answer: Response, bytes: Uint8Array, secrets: string[]): { response: Response; failure?: Failure } {
  const { status, statusText, headers } = answer;
  const empty = [101, 204, 205, 304].includes(status);
  if (answer.ok) return { response: new Response(empty ? null : (bytes as BodyInit), { status, statusText, headers }) };
  const text = scrub(new TextDecoder().decode(bytes), secrets);
  const clean = new Headers([...headers].map(([name, value]) => [name, scrub(value, secrets)]));
  return {
    response: new Response(empty ? null : text, { status, statusText: scrub(statusText, secrets), headers: clean }),
    failure: readFailure(status, clean, text),
  };
}

/** Milliseconds until the next attempt: what the service asks for, within reason, or full jitter. */
export function backoff(attempt: number, retryAfter: string | null): number {
  const asked =
    retryAfter === null
      ? Number.NaN
      : /^\s*\d+\s*$/.test(retryAfter)
        ? Number(retryAfter) * 1000
        : Date.parse(retryAfter) - Date.now();
  if (asked >= 0) return Math.min(asked, 30_000);
  return Math.round(Math.random() * Math.min(20_000, 500 * 2 ** attempt));
}

function explain({ code, message }: Error & { code?: string }): string {
  if (code === "UND_ERR_HEADERS_OVERFLOW") return `${message}. Start Node with --max-http-header-size=65536`;
  return code && !message.includes(code) ? `${message} (${code})` : message;
}

function unknownOutcome(idempotent: boolean, unsent: boolean): string {
  if (unsent) return "Nothing was sent";
  return idempotent ? "It is safe to repeat the call" : "It may have been carried out: look before you repeat it";
}
