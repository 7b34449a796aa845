import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { catalogue } from "../../generated/catalogue.js";
import { parseJson } from "../client/json.js";
import { reasonOf } from "../client/untrusted.js";
import { operationsById } from "./answers.js";
import { controlPrefix } from "./control.js";
import type { MockFetch } from "./fetch.js";
import { codedError, fetchFailed } from "./fetch-errors.js";
import { refuseOtherSchemes } from "./fetch-request.js";
import type { RecordedRequest } from "./journal.js";
import { jsonFault } from "./json.js";
import type { Mock } from "./mock.js";
import type { PendingReply } from "./replies.js";
import { copyReplies, type Reply } from "./reply.js";
import { waitForAbort } from "./waiting.js";

/**
 * The fetch of Node, also where a test puts another one in its place: it is taken when this module is loaded. The other one
 * may be that of this mock.
 */
const { fetch } = globalThis;

const connectionClosed = "the connection to the mock is closed";
/** Milliseconds that the control interface of a mock may take. */
const controlTimeout = 10_000;

interface ControlResult {
  readonly status: number;
  readonly text: string;
}

/**
 * Connects to a mock that runs in another process or another thread with `control: true` (`mock --control`), and gives
 * the interface of `startMock`. `requests`, `respond` and the rest do their request at once, so this thread waits
 * meanwhile. `close()` ends the connection, not the mock.
 * @param url as in `mock.url`
 * @throws {Error} in one sentence, when there is no such mock, its control interface is off, or no thread can be started
 */
export async function connectMock(url: string): Promise<Mock> {
  const base = originOf(url);
  const line = await ControlLine.open(base);
  const { seed } = healthOf(line, base);
  const close = async () => line.close();
  return {
    url: base,
    fetch: remoteFetch(base, line),
    get requests() {
      return (line.call("GET", "requests") as RecordedRequest[]).map((one) => ({
        ...withoutValue,
        ...one,
        arrived: new Date(one.arrived),
      }));
    },
    get pending() {
      return line.call("GET", "replies") as PendingReply[];
    },
    get backups() {
      return line.call("GET", "backups") as Mock["backups"];
    },
    seed,
    respond(operationId, ...replies) {
      line.call("POST", "replies", { [operationId]: checkedReplies(operationId, replies) });
    },
    verify() {
      line.call("GET", "verify");
    },
    reset() {
      line.call("POST", "reset");
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** What a request may lack: JSON does not say that it is undefined. */
const withoutValue = { operationId: undefined, body: undefined, code: undefined, answerBody: undefined };

/** Checked here as well: JSON would lose what is not data, such as a function. */
function checkedReplies(operationId: string, replies: readonly Reply[]): readonly Reply[] {
  const operation = operationsById.get(operationId);
  if (operation) return copyReplies(operation, replies);
  // The mock may be of a version that knows it.
  const fault = jsonFault(replies);
  if (fault !== undefined) throw new TypeError(`${operationId}: each reply ${fault}`);
  return replies;
}

/** Asks whether there is a mock. If there is none, the line is closed. */
function healthOf(line: ControlLine, base: string): { seed?: number } {
  try {
    const health = Object(line.call("GET", "health"));
    if (health.status !== "ok") throw noMock(base, "something else answers there");
    return health;
  } catch (error) {
    line.close();
    throw error;
  }
}

function noMock(base: string, reason: string): Error {
  return new Error(`there is no mock at ${base}: ${reason}`);
}

function originOf(url: string): string {
  try {
    const { origin } = new URL(url);
    if (origin !== "null") return origin;
  } catch {
    // The error below says what was wrong, without the URL's own message.
  }
  throw new TypeError(
    `connectMock needs the address of a mock, such as http://127.0.0.1:${catalogue.mockPort}, not ${JSON.stringify(url)}`,
  );
}

/** The mock's own address in place of the one that a request names. */
function remoteFetch(base: string, line: ControlLine): MockFetch {
  // An async function, because `fetch` rejects where the request cannot be made, and never throws.
  return async (input, init) => {
    const named = input instanceof Request ? input : new Request(input);
    refuseOtherSchemes(named);
    if (!line.isOpen) throw fetchFailed(codedError("ECONNREFUSED", connectionClosed));
    const { pathname, search } = new URL(named.url);
    const address = base + pathname + search;
    return input instanceof Request ? fetchAgain(address, input, init) : fetch(address, init);
  };
}

/** What goes along to another address, besides the body and the signal. */
const carried = [
  "method",
  "headers",
  "cache",
  "credentials",
  "integrity",
  "keepalive",
  "mode",
  "redirect",
  "referrer",
  "referrerPolicy",
] as const satisfies readonly (keyof Request & keyof RequestInit)[];

/** Sends a request to another address than its own. */
async function fetchAgain(address: string, original: Request, init: RequestInit | undefined): Promise<Response> {
  // A copy, as with fetch. That uses up the body of the original.
  const request = new Request(original, init);
  const fields = Object.fromEntries(carried.map((name) => [name, request[name]]));
  const isStream = init?.body instanceof ReadableStream;
  const body = isStream ? init.body : await wholeBody(request);
  // Given once more, because Node stops following the signal of a Request that nobody holds.
  const signal = init?.signal ?? original.signal;
  return fetch(address, { ...fields, ...(body && { body }), ...(isStream && { duplex: "half" }), signal });
}

/**
 * All bytes of a body. A Request hands out a stream, whatever it was made of, and a stream would be sent without its length, and
 * not at all with `keepalive`.
 * @throws the reason of the signal, when it is aborted before
 */
async function wholeBody(request: Request): Promise<ArrayBuffer | undefined> {
  if (!request.body) return undefined;
  const bytes = await Promise.race([request.arrayBuffer(), waitForAbort(request.signal)]);
  request.signal.throwIfAborted();
  return bytes ?? undefined;
}

/** Requests that are answered before the call returns: a thread of its own makes them while this one waits. */
class ControlLine {
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

  /**
   * Makes one request.
   * @returns the parsed body of the answer; undefined where it has none
   * @throws {TypeError} where the mock refuses what was given to it
   */
  call(method: string, name: string, body?: unknown): unknown {
    const { status, text } = this.#send(method, name, body);
    if (status === 204) return undefined;
    const parsed = parseJson(text);
    if (!parsed) throw noMock(this.#base, `it answered ${status}, but not with JSON`);
    if (status === 200) return parsed.value;
    const { detail = text } = Object(parsed.value);
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
    if (received.error) throw noMock(this.#base, received.error);
    if (received.status === 404)
      throw new Error(
        `what answers at ${this.#base} has no control interface: if it is a mock, start it with control: true, or mock --control`,
      );
    return received;
  }

  close(): void {
    this.isOpen = false;
    void this.#worker.terminate();
  }
}
