/** The thread that makes the requests of a connected mock while the thread which asked for them waits. */
import { type MessagePort, parentPort } from "node:worker_threads";
import { oneLine } from "../client/one-line.js";
import { reasonOf } from "../client/untrusted.js";

interface Task {
  readonly method: string;
  readonly url: string;
  readonly body: string | undefined;
  readonly port: MessagePort;
  /** Wakes the thread that waits for this answer. */
  readonly signal: Int32Array;
}

parentPort?.on("message", async ({ method, url, body, port, signal }: Task) => {
  port.postMessage(await request(method, url, body));
  port.close();
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
// Requests are taken from now on.
parentPort?.postMessage("ready");

async function request(method: string, url: string, body: string | undefined): Promise<object> {
  try {
    const response = await fetch(url, { method, ...(body !== undefined && { body }) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { error: oneLine(reasonOf(cause)) };
  }
}
