/** The longest wait, in milliseconds, that the client accepts from a Retry-After header. */
export const longestWait = 30_000;

/** Whether a wait in milliseconds, from a Retry-After header, is longer than the client accepts. The call ends then. */
export function isTooLong(asked: number | undefined): boolean {
  return asked !== undefined && asked > longestWait;
}

/** What a message says about such a wait. Nothing where the client waits as long. */
export function tooLongRemark(asked: number | undefined): string | undefined {
  if (asked === undefined || !isTooLong(asked)) return undefined;
  return `The service asks to wait ${Math.ceil(asked / 1000)} s (Retry-After), longer than the ${longestWait / 1000} s that the client waits`;
}

/** The longest random part of a wait, in milliseconds: doubled with each retry up to a limit. */
const firstJitter = 1_000;
const longestJitter = 20_000;

/**
 * How long to wait before the next attempt, in milliseconds: at least as long as the description advises for the error
 * code, and as the Retry-After header asks. Without that header there is full jitter above the advice, so that many clients do
 * not come back at the same moment.
 * @param retries how many retries were made before this one
 */
export function retryDelay(retries: number, advised: number, asked: number | undefined): number {
  if (asked !== undefined) return Math.max(asked, advised);
  const jitter = Math.min(longestJitter, firstJitter * 2 ** retries);
  return advised + Math.round(Math.random() * jitter);
}

/**
 * Reads the Retry-After header of a response: seconds, also with decimals, or a date, which is one by the clock of the server.
 * The longest counts where the header was repeated.
 * @returns milliseconds; undefined where the header is missing or says neither
 */
export function readRetryAfter(headers: Headers): number | undefined {
  // fetch joins repeated headers with commas. The comma of a date, between the weekday and the day, separates nothing.
  const values = (headers.get("retry-after") ?? "").split(/,(?! *\d{1,2}[ -][A-Za-z]{3}[ -])/);
  const now = readDate(headers.get("date") ?? "") ?? Date.now();
  const waits = values.map((value) => readWait(value.trim(), now)).filter((wait) => wait !== undefined);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** The form that HTTP dates have today, and that of RFC 850. Some servers write the zone as e-mails have it. */
const currentDate = /^[A-Za-z]+, .*\d{2}:\d{2}:\d{2} (GMT|UTC|[+-]\d{4})$/;
/** The form of C's asctime(), which old servers send. It is in GMT as well, and does not say so. */
const asctime = /^[A-Za-z]{3} [A-Za-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

function readWait(value: string, now: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Math.ceil(Number(value) * 1000), Number.MAX_SAFE_INTEGER);
  const date = readDate(value);
  return date === undefined ? undefined : Math.max(0, date - now);
}

/** A date of HTTP, in milliseconds since 1970; undefined where a text is none. */
function readDate(text: string): number | undefined {
  // Date.parse takes almost anything, so only what has the form of an HTTP date is given to it.
  const isAsctime = asctime.test(text);
  if (!isAsctime && !currentDate.test(text)) return undefined;
  const date = Date.parse(isAsctime ? `${text} GMT` : text);
  return Number.isNaN(date) ? undefined : date;
}
