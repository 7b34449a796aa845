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
  /** The parsed body; undefined also where it has not been read yet. */
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

  /** Takes a `reset-early`, which comes before the body is read, where no other reply may come before it. */
  takeEarly(operationId: string, parameters: Subject["parameters"]): Reply | undefined {
    const queue = this.#queues.get(operationId) ?? [];
    const first = queue.findIndex(({ reply }) => matches(reply, parameters));
    return queue[first]?.reply.fault === "reset-early" ? take(queue, first) : undefined;
  }

  /** Takes the first reply that fits the request. */
  take(operationId: string, { parameters, body }: Subject): Reply | undefined {
    const queue = this.#queues.get(operationId) ?? [];
    const properties = typeof body === "object" && body !== null ? body : {};
    return take(
      queue,
      queue.findIndex(({ reply }) => matches(reply, { ...properties, ...parameters }, true)),
    );
  }

  get pending(): PendingReply[] {
    return [...operations.values()].flatMap(({ operationId }) =>
      (this.#queues.get(operationId) ?? []).map(({ reply, left }) => ({ operationId, reply, left })),
    );
  }
}

/**
 * Whether a matcher's values are those of the request.
 * @param all whether `values` has everything; otherwise what is missing in it may still come to match
 */
function matches({ when }: Reply, values: Readonly<Record<string, unknown>>, all = false): boolean {
  if (!when) return true;
  return Object.entries(when).every(([name, wanted]) => {
    if (!Object.hasOwn(values, name)) return !all;
    return isDeepStrictEqual(plain(values[name]), plain(wanted));
  });
}

/** A value as JSON has it: in Jest, a copy and what was parsed have different prototypes. */
function plain(value: unknown): unknown {
  return typeof value === "object" ? JSON.parse(JSON.stringify(value)) : value;
}

function take(queue: Queued[], at: number): Reply | undefined {
  const found = queue[at];
  if (!found) return undefined;
  found.left--;
  if (found.left === 0) queue.splice(at, 1);
  return found.reply;
}
