import { errors } from "../../generated/operations.js";

type Advice = (typeof errors)[number];

const known = new Map<string, Advice>(errors.flatMap((entry) => entry.codes.split(" ").map((code) => [code, entry])));

/** What an answer of 4xx or 5xx says, in whichever of the documented shapes, or none. */
export interface Failure {
  code: string | undefined;
  message: string | undefined;
  requestId: string | undefined;
  advice: Advice | undefined;
}

export function readFailure(status: number, headers: Headers, text: string): Failure {
  let fields: Record<string, unknown> = {};
  try {
    fields = Object(JSON.parse(text));
  } catch {}
  const iam = Object(fields.error);
  const code = string(fields.error_code);
  return {
    code,
    message: string(fields.error_msg) ?? string(iam.message),
    requestId: headers.get("x-request-id") ?? string(fields.request_id),
    advice: known.get(`${code}@${status}`) ?? known.get(code ?? ""),
  };
}

/** Whether doing it twice is the same as doing it once, as HTTP defines it. */
export function isIdempotent(method: string): boolean {
  return !/^(POST|PATCH)$/i.test(method);
}

/**
 * Whether a refused call may be sent again: always where the answer proves that nothing was started, and otherwise
 * only if the call is idempotent.
 */
export function isRetryable(status: number, { advice }: Failure, method: string): boolean {
  const reason = advice?.transient;
  if (reason === "busy" || reason === "throttled" || status === 429) return true;
  return isIdempotent(method) && (reason === "server" || (!advice && /^(408|50[0234])$/.test(`${status}`)));
}

/** Why no answer came: the reason that runtimes hide some causes down, in an error that holds nothing else. */
export function reasonOf(error: unknown, secrets: readonly string[]): Error & { code?: string } {
  let at = error as { cause?: unknown; errors?: unknown[]; code?: unknown; message?: unknown } | undefined;
  for (let next: unknown = at; isRecord(next); next = at.cause ?? at.errors?.[0]) at = next;
  const code = string(at?.code);
  const message = scrub(string(at?.message) ?? code ?? String(error), secrets);
  const help = code === "UND_ERR_HEADERS_OVERFLOW" ? ". Start Node with --max-http-header-size=65536" : "";
  const reason = new Error(code && !message.includes(code) ? `${message} (${code})${help}` : message);
  delete reason.stack;
  return code ? Object.assign(reason, { code }) : reason;
}

/** Whether the connection was never made, so that the request cannot have arrived. */
export function neverLeft({ code = "", message }: Error & { code?: string }): boolean {
  return (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused)$/.test(code) ||
    /connection refused|dns error/i.test(message)
  );
}

/** Takes secrets out of a text, for servers and runtimes that repeat what they were sent. No secret is a word of 7 letters. */
export function scrub(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => (secret.length < 8 ? clean : clean.replaceAll(secret, "[redacted]")), text);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function string(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}
