import { emptyStatuses } from "./http.js";
import { redactQuery } from "./query.js";
import { redacted } from "./redacted.js";

/**
 * A response like the one that was received, with the body that was read from it and without secrets.
 * @param redact takes secrets out of a text
 */
export function redactedResponse(received: Response, text: string, redact: (value: string) => string): Response {
  // A stub in a test may have no URL, and numbers for headers.
  const { status, url = "" } = received;
  const headers = new Headers();
  for (const [name, value] of received.headers) {
    // A header has no place for the note that its name was a secret.
    if (redact(name) === name) append(headers, name, redact(String(value)));
  }
  const body = emptyStatuses.has(status) ? null : text;
  const response = new Response(body, { status, statusText: reasonPhrase(received, redact), headers });
  return withUrl(response, redact(redactQuery(url)));
}

/** Decoding may have brought to light what no header can hold. */
function append(headers: Headers, name: string, value: string): void {
  if (canBeSent(name, value)) headers.append(name, value);
  // A stub may have names that no header can have.
  else if (canBeSent(name, redacted)) headers.append(name, redacted);
}

function canBeSent(name: string, value: string): boolean {
  try {
    return new Headers([[name, value]]).has(name);
  } catch {
    return false;
  }
}

/** A response that was made by hand has no URL, and neither have its clones. */
export function withUrl(response: Response, url: string): Response {
  const clone = () => withUrl(Response.prototype.clone.call(response), url);
  return Object.defineProperties(response, { url: { value: url }, clone: { value: clone } });
}

/** The reason phrase, if a response can be made with it: servers send other characters too. */
function reasonPhrase({ statusText }: Response, redact: (value: string) => string): string {
  const phrase = redact(statusText);
  return /^[\x20-\x7e]*$/.test(phrase) ? phrase : "";
}
