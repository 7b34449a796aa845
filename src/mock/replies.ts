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
   * The reply that a request with these parameters will get. It stays in the queue.
   * @returns undefined where there is none, "unknown" where the body decides
   */
  peekBeforeBody(operationId: string, parameters: Subject["parameters"]): Reply | "unknown" | undefined {
    for (const { reply } of this.#queues.get(operationId) ?? []) {
      const fits = fitOf(reply, parameters, "unknown");
      if (fits === "unknown") return "unknown";
      if (fits === "yes") return reply;
    }
    return undefined;
  }

  /** Takes the first reply that fits the request. */
  take(operationId: string, { parameters, body }: Subject): Reply | undefined {
    const queue = this.#queues.get(operationId) ?? [];
    const properties = typeof body === "object" && body !== null ? body : {};
    const at = queue.findIndex(({ reply }) => fitOf(reply, { ...properties, ...parameters }, "no") === "yes");
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

/** Whether a reply is for a request; unknown where its body has not been read, and decides. */
type Fit = "yes" | "no" | "unknown";

/**
 * Whether a request has all values that a reply asks for.
 * @param known the values of the request, as far as they are known
 * @param otherwise what a value that is not known says: "no" where the request has no others
 */
function fitOf({ when = {} }: Reply, known: Readonly<Record<string, unknown>>, otherwise: "no" | "unknown"): Fit {
  let fit: Fit = "yes";
  for (const [name, wanted] of Object.entries(when)) {
    const isKnown = Object.hasOwn(known, name);
    if (isKnown && isSame(known[name], wanted)) continue;
    if (isKnown || otherwise === "no") return "no";
    fit = "unknown";
  }
  return fit;
}

function isSame(value: unknown, wanted: unknown): boolean {
  return isDeepStrictEqual(plain(value), plain(wanted));
}

/** Data as JSON has it: in Jest, a copy and what was parsed have different prototypes. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
