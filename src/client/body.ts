import { UnexpectedResponseError } from "./errors.js";

/**
 * Reads a body up to the limit.
 * @throws {UnexpectedResponseError} when it is longer; the rest is not read
 */
export async function readBody({ body, status }: Response, limit: number): Promise<Uint8Array> {
  if (!body) return new Uint8Array();
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw new UnexpectedResponseError(`an answer longer than ${limit} bytes (maxResponseBytes), which was cut`, {
        status,
      });
    }
    chunks.push(value);
  }
  if (chunks.length === 1 && chunks[0]) return chunks[0];
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * A response whose body can be read again, from memory. A new Response would do, but costs a tenth of a call on
 * loopback, so it is only made for whoever asks for more than the text.
 */
export function withBody(response: Response, bytes: Uint8Array): Response {
  const { status, statusText, headers } = response;
  const copy = () => new Response(bytes.length ? (bytes as BodyInit) : null, { status, statusText, headers });
  const text = async () => new TextDecoder().decode(bytes);
  return Object.defineProperties(response, {
    text: { value: text },
    json: { value: async () => JSON.parse(await text()) },
    arrayBuffer: { value: () => copy().arrayBuffer() },
    blob: { value: () => copy().blob() },
    clone: { value: copy },
    body: { get: () => copy().body },
  });
}
