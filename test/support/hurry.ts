import { vi } from "vitest";

/** The client waits for seconds between attempts. Timers of less are those of the tests, and 30 s is the default timeout. */
const shortestWait = 900;
const defaultTimeout = 30_000;

/** Makes each wait between attempts take a millisecond, so that no test has to sit it out. `vi.restoreAllMocks` ends it. */
export function hurry(): void {
  const original = globalThis.setTimeout;
  vi.spyOn(globalThis, "setTimeout").mockImplementation(((callback: () => void, delay = 0, ...rest: []) =>
    original(callback, delay >= shortestWait && delay < defaultTimeout ? 1 : delay, ...rest)) as typeof setTimeout);
}
