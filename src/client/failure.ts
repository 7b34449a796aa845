import { errors } from "../../generated/operations.js";
import { scrub } from "./hooks.js";

/** What an answer of 4xx or 5xx says, in whichever of the documented shapes, or none. */
export type Failure = ReturnType<typeof readFailure>;

export function readFailure(status: number, text: string, method = "POST") {
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {}
  const fields = Object(body);
  const code = string(fields.error_code);
  const [, advice, again] =
    errors.find(([codes]) => codes.split(" ").some((one) => one === code || one === `${code}@${status}`)) ?? [];
  return {
    body,
    code,
    message: string(fields.error_msg) ?? string(Object(fields.error).message),
    request_id: string(fields.request_id),
    advice,
    again,
    // Always where the answer proves that nothing was started, and otherwise only if the call is idempotent.
    retryable:
      status === 429 ||
      again === "always" ||
      (isIdempotent(method) && (again === "idempotent" || (!advice && /408|50[0234]/.test(`${status}`)))),
  };
}

/** Whether doing it twice is the same as doing it once, as HTTP defines it. */
export function isIdempotent(method: string): boolean {
  return !/POST|PATCH/.test(method);
}

/** Why no answer came: the reason that runtimes hide some causes down, in an error that holds nothing else. */
export function reasonOf(error: unknown, secrets: readonly string[]): Error & { code?: string } {
  let at = Object(error);
  for (let next = at; Object(next) === next; next = at.cause ?? at.errors?.[0]) at = next;
  const code = string(at.code) ?? "";
  const text = scrub(`${at.message || code || error}`, secrets);
  const help = /HEADERS_OVERFLOW/.test(code) ? `. ${longHeaders}` : "";
  // Where it was made tells nobody anything.
  return Object.assign(new Error(code ? `${text} (${code})${help}` : text), { stack: "" }, code && { code });
}

export const longHeaders = "Start Node with --max-http-header-size=65536";

function string(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}
