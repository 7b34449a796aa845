import { UnexpectedResponseError } from "./errors.js";

/**
 * Reads a body up to the limit, as text.
 * @throws {UnexpectedResponseError} when it is longer; the rest is not read
 */
export async function readBody({ body, status }: Response, limit: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > limit)
      throw new UnexpectedResponseError(`an answer longer than ${limit} bytes (maxResponseBytes)`, { status });
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}
