import { isDeepStrictEqual } from "node:util";
import type { CatalogueOperation } from "../../generated/catalogue.js";
import type { OperationName } from "../client/errors.js";
import { operations } from "./answers.js";
import type { Reply } from "./reply.js";

/** A reply that waits for its request. */
export interface PendingReply {
  /** A later version may know more operations. */
  readonly operationId: OperationName;
  readonly reply: Reply;
  /** How many requests it will still answer. */
  readonly left: number;
}

/** What a matcher looks at. */
export interface Subject {
  readonly parameters: Readonly<Record<string, string>>;
  /** The parsed body; undefined also where it has not been read. */
  readonly body: unknown;
}

interface Queued {
  readonly reply: Reply;
  left: number;
}

/** The queued replies, by operation. */
export class Replies {
  readonly #queues = new Map<string, Queued[]>();

  /** Queues replies that have been checked. */
  queue({ operationId }: CatalogueOperation, replies: readonly Reply[]): void {
    const queue = this.#queues.get(operationId) ?? [];
    this.#queues.set(operationId, queue);
    for (const reply of replies) queue.push({ reply, left: reply.times ?? 1 });
  }

  /**
   * The reply that a request with these parameters will get, whatever its body says. It stays in the queue.
   * @returns undefined where there is none, or where the body decides
   */
  peekBeforeBody(operationId: string, parameters: Subject["parameters"]): Reply | undefined {
    const queue = this.#queues.get(operationId) ?? [];
    const first = queue.find(({ reply }) => mayMatch(reply, parameters));
    return first && matches(first.reply, parameters) ? first.reply : undefined;
  }

  isEmpty(operationId: string): boolean {
    return (this.#queues.get(operationId)?.length ?? 0) === 0;
  }

  /** Takes the first reply that fits the request. */
  take(operationId: string, { parameters, body }: Subject): Reply | undefined {
    const queue = this.#queues.get(operationId) ?? [];
    const properties = typeof body === "object" && body !== null ? body : {};
    const at = queue.findIndex(({ reply }) => matches(reply, { ...properties, ...parameters }));
    const found = queue[at];
    if (!found) return undefined;
    found.left--;
    if (found.left === 0) queue.splice(at, 1);
    return found.reply;
  }

  get pending(): PendingReply[] {
    return [...operations.values()].flatMap(({ operationId }) =>
      (this.#queues.get(operationId) ?? []).map(({ reply, left }) => ({
        operationId,
        reply: structuredClone(reply),
        left,
      })),
    );
  }
}

/** Whether the request has all values of a matcher. */
function matches({ when = {} }: Reply, values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(when).every(([name, wanted]) => Object.hasOwn(values, name) && isSame(values[name], wanted));
}

/** Whether a request of which these values are known, and no others yet, can come to match. */
function mayMatch({ when = {} }: Reply, known: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(when).every(([name, wanted]) => !Object.hasOwn(known, name) || isSame(known[name], wanted));
}

function isSame(value: unknown, wanted: unknown): boolean {
  return isDeepStrictEqual(plain(value), plain(wanted));
}

/** Data as JSON has it: in Jest, a copy and what was parsed have different prototypes. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
