import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { parseJson } from "../client/json.js";
import { sentences } from "../client/sentences.js";
import { reasonOf } from "../client/untrusted.js";
import { controlPrefix } from "./control.js";

export const connectionClosed = "the connection to the mock is closed";
/** Milliseconds that the control interface of a mock may take. */
const controlTimeout = 10_000;

interface ControlResult {
  readonly status: number;
  readonly text: string;
}

/** What a refusal of the control interface says. Anything may answer at the address of a mock. */
function detailOf(answer: unknown): string | undefined {
  const { detail } = Object(answer);
  return typeof detail === "string" ? detail : undefined;
}

/** Requests that are answered before the call returns: a thread of its own makes them while this one waits. */
export class ControlLine {
  readonly #base: string;
  readonly #worker: Worker;
  isOpen = true;

  /** @throws {Error} in one sentence, when the thread cannot be started */
  static async open(base: string): Promise<ControlLine> {
    const line = new ControlLine(base);
    await line.#started();
    return line;
  }

  private constructor(base: string) {
    this.#base = base;
    // Without the flags of this process: what they load, such as a test runner, is meant for the code of the caller.
    this.#worker = new Worker(new URL("./connect-worker.js", import.meta.url), { execArgv: [] });
  }

  /** Waits until the thread takes requests. Later on, this thread does not see what becomes of it, because it waits for the answers. */
  async #started(): Promise<void> {
    try {
      await new Promise((resolve, reject) => {
        this.#worker.once("message", resolve);
        this.#worker.on("error", reject);
        this.#worker.once("exit", (code) => reject(new Error(`it ended with code ${code}`)));
      });
    } catch (error) {
      throw new Error(`connectMock needs a thread of its own, which failed: ${reasonOf(error)}`, { cause: error });
    }
    this.#worker.unref();
  }

  /** Asks whether there is a mock. If there is none, the line is closed. @throws {Error} in one sentence that says so */
  checkHealth(): { seed?: number } {
    try {
      const result = this.#send("GET", "health", undefined);
      if (result.status === 404) {
        throw new Error(
          `what answers at ${this.#base} has no control interface: if it is a mock, start it with control: true, or mock --control`,
        );
      }
      if (result.status !== 200) {
        const refusal = `${this.#base} answered ${result.status} when it was asked whether it is a mock`;
        throw new Error(sentences(refusal, detailOf(parseJson(result.text)?.value)));
      }
      const health = Object(this.#valueOf(result));
      if (health.status !== "ok" || typeof health.url !== "string") throw this.#noMock("something else answers there");
      return health;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Makes one request.
   * @returns the parsed body of the answer; undefined where it has none
   * @throws {TypeError} where the mock refuses what was given to it
   */
  call(method: string, name: string, body?: unknown): unknown {
    return this.#valueOf(this.#send(method, name, body));
  }

  #valueOf({ status, text }: ControlResult): unknown {
    if (status === 204) return undefined;
    const parsed = parseJson(text);
    if (!parsed) throw this.#noMock(`it answered ${status}, but not with JSON`);
    if (status === 200) return parsed.value;
    const detail = detailOf(parsed.value) ?? `it answered ${status}`;
    throw status === 409 || status >= 500 ? new Error(detail) : new TypeError(detail);
  }

  #send(method: string, name: string, body: unknown): ControlResult {
    if (!this.isOpen) throw new Error(connectionClosed);
    const { port1, port2 } = new MessageChannel();
    const url = `${this.#base}${controlPrefix}${name}`;
    // A signal for each call: an answer that comes too late must not wake the next one.
    const signal = new Int32Array(new SharedArrayBuffer(4));
    this.#worker.postMessage({ method, url, body: body && JSON.stringify(body), port: port2, signal }, [port2]);
    const waited = Atomics.wait(signal, 0, 0, controlTimeout);
    const received = receiveMessageOnPort(port1)?.message;
    port1.close();
    if (waited === "timed-out" || !received) {
      throw new Error(
        `the mock at ${this.#base} does not answer. It must run in another process or thread than this one`,
      );
    }
    if (received.error) throw this.#noMock(received.error);
    return received;
  }

  #noMock(reason: string): Error {
    return new Error(`there is no mock at ${this.#base}: ${reason}`);
  }

  close(): void {
    this.isOpen = false;
    void this.#worker.terminate();
  }
}
