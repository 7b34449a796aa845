/** The host of a URL, which may be relative to another; empty where it has none. */
export function hostOf(location: string, base: string): string {
  try {
    return new URL(location, base).host;
  } catch {
    return "";
  }
}

/** What is wrong with a status that the API does not give. Nothing, if it does. */
export function statusFault({ status }: Response): string | undefined {
  const isDescribed = (status >= 200 && status < 300) || (status >= 400 && status < 600);
  return isDescribed ? undefined : `the status ${status}, which the API does not give`;
}

/** Whether a fetch of the caller's gave what a fetch gives. Stubs in tests often have a part of it. */
export function isResponse(value: unknown): value is Response {
  const { status, statusText, headers, body } = Object(value);
  const hasHead = typeof status === "number" && typeof statusText === "string" && isHeaders(headers);
  return hasHead && (!body || typeof body.getReader === "function");
}

/** Of whatever library: not every fetch has the runtime's own Headers. */
function isHeaders(value: unknown): boolean {
  const { get, [Symbol.iterator]: entries } = Object(value);
  return typeof get === "function" && typeof entries === "function";
}
