/** A response body is longer than the client reads. */
export class BodyTooLong extends Error {
  constructor(limit: number) {
    super(`an answer longer than ${limit} bytes`);
  }
}

/**
 * Reads the body of a response as text, up to a limit. What was read so far can be had at any moment, also when the rest
 * never comes.
 */
export class BodyReader {
  /** What was read so far. */
  text = "";
  private size = 0;

  constructor(
    private readonly response: Response,
    private readonly limit: number,
  ) {}

  /**
   * Reads to the end.
   * @param ended aborts when nobody waits for it any more
   * @returns the whole text
   * @throws {BodyTooLong} when it is longer than the limit. `text` then has what fits; the rest is not read
   */
  async readAll(ended?: AbortSignal): Promise<string> {
    // `for await` over the stream would be shorter, but Safari has it only since version 26.
    const reader = this.response.body?.getReader();
    if (!reader) return this.text;
    // An unread body keeps its connection occupied. Nobody waits for the end of that.
    const stop = () => void reader.cancel().catch(() => {});
    // A fetch that ignores its signal would go on.
    if (ended?.aborted) stop();
    ended?.addEventListener("abort", stop, { once: true });
    const decoder = new TextDecoder();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      this.text += decoder.decode(part.value.subarray(0, this.limit - this.size), { stream: true });
      this.size += part.value.length;
      if (this.size > this.limit) {
        stop();
        throw new BodyTooLong(this.limit);
      }
    }
    this.text += decoder.decode();
    return this.text;
  }
}
