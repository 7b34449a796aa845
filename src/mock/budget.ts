/** A number of bytes that requests share. Who finds too little left waits, in the order of arrival. */
export class Budget {
  #left: number;
  readonly #waiting: { readonly bytes: number; readonly admit: () => void }[] = [];

  constructor(bytes: number) {
    this.#left = bytes;
  }

  take(bytes: number): Promise<void> {
    return new Promise((admit) => {
      this.#waiting.push({ bytes, admit });
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
