/** The errors of Node's fetch: always a TypeError, whose cause has the code. */
export function fetchFailed(cause: unknown): TypeError {
  return new TypeError("fetch failed", { cause });
}

export function codedError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
