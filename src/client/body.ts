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
