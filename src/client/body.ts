import { UnexpectedResponseError } from "./errors.js";

/**
 * Reads a body up to the limit, as text.
 * @throws {UnexpectedResponseError} when it is longer; the rest is not read
 */
export async function readBody({ body, status }: Response, limit: number): Promise<string> {
  if (!body) return "";
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw new UnexpectedResponseError(`an answer longer than ${limit} bytes (maxResponseBytes), which was cut`, {
        status,
      });
    }
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * A response whose body can be read again, from memory. A new Response would do, but costs a tenth of a call on
 * loopback, so it is only made for whoever asks for more than the text.
 */
export function withBody(response: Response, text: string): Response {
  const { status, statusText, headers } = response;
  const copy = () => new Response(text || null, { status, statusText, headers });
  return Object.defineProperties(response, {
    text: { value: async () => text },
    json: { value: async () => JSON.parse(text) },
    arrayBuffer: { value: () => copy().arrayBuffer() },
    blob: { value: () => copy().blob() },
    clone: { value: copy },
    body: { get: () => copy().body },
  });
}
