interface Waiting {
  readonly bytes: number;
  readonly admit: () => void;
}

/** A number of bytes that requests share. A request waits while too few bytes are left, and requests are served in the order of arrival. */
export class Budget {
  #left: number;
  #waiting: Waiting[] = [];

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** @throws the reason of the signal, when it is aborted before there is room. Then nothing is taken. */
  async take(bytes: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        this.#admit();
        reject(signal.reason);
      };
      const admit = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const waiting: Waiting = { bytes, admit };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(waiting);
      this.#admit();
    });
  }

  giveBack(bytes: number): void {
    this.#left += bytes;
    this.#admit();
  }

  #admit(): void {
    for (let [next] = this.#waiting; next && next.bytes <= this.#left; [next] = this.#waiting) {
      this.#waiting.shift();
      this.#left -= next.bytes;
      next.admit();
    }
  }
}
