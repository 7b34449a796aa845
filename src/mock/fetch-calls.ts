import { keepProcess } from "./clock.js";

/** The calls of `mock.fetch` that are under way. They keep the process running and are not garbage-collected, as if they had sockets. */
export class FetchCalls {
  readonly #all = new Set<AbortController>();
  #letProcessEnd: (() => void) | undefined;

  add(caller: AbortController): void {
    this.#all.add(caller);
    this.#letProcessEnd ??= keepProcess(this.#all);
  }

  /** @returns whether the call was still under way */
  delete(caller: AbortController): boolean {
    const found = this.#all.delete(caller);
    if (this.#all.size === 0) {
      this.#letProcessEnd?.();
      this.#letProcessEnd = undefined;
    }
    return found;
  }

  abort(): void {
    for (const caller of this.#all) caller.abort();
  }
}
