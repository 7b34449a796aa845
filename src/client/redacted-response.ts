/**
 * A response like the one that was received, with the body that was read from it and without secrets.
 * @param redact takes secrets out of a text
 */
export function redactedResponse(received: Response, text: string, redact: (value: string) => string): Response {
  const { status, url } = received;
  const headers = new Headers();
  for (const [name, value] of received.headers) headers.append(name, redact(value));
  const body = emptyStatuses.has(status) ? null : text;
  const response = new Response(body, { status, statusText: reasonPhrase(received, redact), headers });
  // A response that was made by hand has no URL.
  Object.defineProperty(response, "url", { value: url });
  return response;
}

/** Statuses whose responses have no body. */
const emptyStatuses = new Set([204, 205, 304]);

/** The reason phrase, if a response can be made with it: servers send other characters too. */
function reasonPhrase({ statusText }: Response, redact: (value: string) => string): string {
  return /^[\x20-\x7e]*$/.test(statusText) ? redact(statusText) : "";
}
