import type { OperationName } from "../client/errors.js";
import { jsonOrText } from "../client/json.js";
import { structureFault } from "./json-structure.js";
import { mostDropped, mostKept } from "./limits.js";
import type { Violation } from "./prism.js";

/** What the mock has received and what it answered. */
export interface RecordedRequest {
  /** Undefined where the description has no such path and method. */
  readonly operationId: OperationName | undefined;
  /** Empty where the request was no HTTP, or its first line was not kept. */
  readonly method: string;
  /** Path and query as received. */
  readonly path: string;
  /** The path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The headers, with credentials replaced by `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The parsed body; its text, where it is not JSON or nested very deeply; undefined where there is none. Of a body of more than 65,536
   * characters, the beginning of its text.
   */
  readonly body: unknown;
  /** The size of the body, in bytes. For a body above 12 MB without a Content-Length, at least that much. */
  readonly bodySize: number;
  /** What was wrong with the request: the first 20 faults. */
  readonly violations: readonly Violation[];
  /** How many faults were found. A body of more than 4 kB is only checked up to its first one. */
  readonly violationCount: number;
  /**
   * What was answered: a status, `reset` or `hang`; `pending` until that is decided. `cut` after a status says that the response
   * broke off on request, `undelivered` after a status or `reset` that the caller had gone before. `unfinished` is a request whose
   * body never ended, or one without TLS to a mock that speaks https.
   */
  readonly answer: string;
  /** The error code of the answer. */
  readonly code: string | undefined;
  /** The body of the answer, kept as that of the request is. */
  readonly answerBody: unknown;
  /** When the request arrived. */
  readonly arrived: Date;
  /** Milliseconds from the arrival to the end of the answer, in real time, also where a test has a clock of its own. 0 until then. */
  readonly duration: number;
}

/** An entry while it is filled in. */
export type Entry = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] } & {
  /** The text of the body and of the answer's, and whether only its beginning was kept. */
  bodyText: string;
  isBodyCut: boolean;
  answerText: string;
  isAnswerCut: boolean;
};

/** Wrong requests that have left the record: the first of them, and how many there were. */
export interface DroppedWrong {
  readonly requests: readonly RecordedRequest[];
  readonly count: number;
}

/** What is known of a request when it arrives. */
export type Arrival = Pick<RecordedRequest, "operationId" | "method" | "path" | "headers">;

/**
 * The record. An entry stands in it from the arrival on. Bodies are kept as text and parsed when they are read, since
 * parsed ones can take twenty times the memory.
 */
export class Journal {
  readonly requests: RecordedRequest[] = [];
  /** The sizes of `requests`, in the same order. */
  #sizes: number[] = [];
  #total = 0;
  /** Requests that were not found to be wrong before they left the record. They may still turn out to be. */
  #droppedUndecided = new WeakSet<RecordedRequest>();
  #droppedWrong: DroppedWrong = { requests: [], count: 0 };

  get droppedWrong(): DroppedWrong {
    return this.#droppedWrong;
  }

  open(arrival: Arrival): Entry {
    const entry = newEntry(arrival);
    this.requests.push(entry);
    this.#sizes.push(0);
    this.weigh(entry);
    return entry;
  }

  /** Updates the size of an entry, and removes the oldest ones where the record has become too large. */
  weigh(entry: Entry): void {
    const at = this.requests.lastIndexOf(entry);
    if (at >= 0) {
      const size = sizeOf(entry);
      this.#total += size - (this.#sizes[at] ?? 0);
      this.#sizes[at] = size;
    } else if (this.#droppedUndecided.has(entry)) {
      this.#drop(entry);
    }
    while (this.requests.length > 1 && (this.requests.length > mostKept.requests || this.#total > mostKept.bytes)) {
      const oldest = this.requests.shift();
      this.#total -= this.#sizes.shift() ?? 0;
      if (oldest) this.#drop(oldest);
    }
  }

  /** Requests that are under way go on, but are not recorded any more. */
  clear(): void {
    this.requests.length = 0;
    this.#sizes = [];
    this.#total = 0;
    this.#droppedUndecided = new WeakSet();
    this.#droppedWrong = { requests: [], count: 0 };
  }

  #drop(request: RecordedRequest): void {
    if (!isWrong(request)) {
      this.#droppedUndecided.add(request);
      return;
    }
    this.#droppedUndecided.delete(request);
    const { requests, count } = this.#droppedWrong;
    const kept = requests.length < mostDropped ? [...requests, request] : requests;
    this.#droppedWrong = { requests: kept, count: count + 1 };
  }
}

/** Whether a request is for no operation, or does not keep to the description. */
export function isWrong({ operationId, violationCount }: RecordedRequest): boolean {
  return operationId === undefined || violationCount > 0;
}

function newEntry({ operationId, method, path, headers }: Arrival): Entry {
  const entry: Entry = {
    operationId,
    method,
    path,
    parameters: {},
    headers,
    // Own enumerable getters, so that comparing and copying an entry includes its bodies.
    get body() {
      return entry.isBodyCut ? entry.bodyText : parsedText(entry.bodyText);
    },
    bodySize: 0,
    violations: [],
    violationCount: 0,
    answer: "pending",
    code: undefined,
    get answerBody() {
      return entry.isAnswerCut ? entry.answerText : parsedText(entry.answerText);
    },
    arrived: new Date(),
    duration: 0,
    bodyText: "",
    isBodyCut: false,
    answerText: "",
    isAnswerCut: false,
  };
  for (const name of ["bodyText", "isBodyCut", "answerText", "isAnswerCut"])
    Object.defineProperty(entry, name, { enumerable: false });
  // `console.log` would show "[Getter]" in place of the bodies.
  Object.defineProperty(entry, Symbol.for("nodejs.util.inspect.custom"), { value: () => ({ ...entry }) });
  return entry;
}

/** Roughly the bytes that a header, or a step of a path, takes beside its characters. */
const perText = 200;

/** Roughly the bytes that an entry holds. The path counts three times, because its parameters are kept as well, and may take more bytes. */
function sizeOf({ path, headers, bodyText, answerText, violations }: Entry): number {
  let size = 1000 + 3 * path.length + Buffer.byteLength(bodyText) + Buffer.byteLength(answerText);
  for (const [name, value] of Object.entries(headers)) size += perText + name.length + value.length;
  for (const { path: steps, message } of violations)
    size += perText * steps.length + steps.join("").length + message.length;
  return size;
}

function parsedText(text: string): unknown {
  if (text === "") return undefined;
  // A text that is nested too deeply, or has too many values, is not parsed.
  return structureFault(Buffer.from(text)) === undefined ? jsonOrText(text) : text;
}
