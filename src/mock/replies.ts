import { isDeepStrictEqual } from "node:util";
import type { CatalogueOperation } from "../../generated/catalogue.js";
import type { OperationName } from "../client/errors.js";
import { operationsById } from "./answers.js";
import { copyOf } from "./json.js";
import type { Reply } from "./reply.js";

/** A reply that waits for its request. */
export interface PendingReply {
  /** A later version may know more operations. */
  readonly operationId: OperationName;
  readonly reply: Reply;
  /** How many requests it will still answer. */
  readonly left: number;
}

/** What `when` is compared with. */
export interface Subject {
  readonly parameters: Readonly<Record<string, string>>;
  /** The parsed body; undefined also where it has not been read. */
  readonly body: unknown;
}

interface Queued {
  readonly reply: Reply;
  /** What `when` asks for, as JSON has it. */
  readonly wanted: Readonly<Record<string, unknown>>;
  left: number;
}

/** The queued replies, by operation. */
export class Replies {
  readonly #queues = new Map<string, Queued[]>();

  /** Queues replies that have been checked. */
  queue({ operationId }: CatalogueOperation, replies: readonly Reply[]): void {
    const queue = this.#queues.get(operationId) ?? [];
    this.#queues.set(operationId, queue);
    for (const reply of replies) queue.push({ reply, wanted: copyOf(reply.when ?? {}), left: reply.times ?? 1 });
  }

  /**
   * The reply that a request with these parameters will get. It stays in the queue.
   * @returns undefined where there is none, "unknown" where the body decides
   */
  peekBeforeBody(operationId: string, parameters: Subject["parameters"]): Reply | "unknown" | undefined {
    const known = new Values(parameters);
    for (const { reply, wanted } of this.#queues.get(operationId) ?? []) {
      const fits = fitOf(wanted, known, "unknown");
      if (fits === "unknown") return "unknown";
      if (fits === "yes") return reply;
    }
    return undefined;
  }

  /** Takes the first reply that fits the request. */
  take(operationId: string, { parameters, body }: Subject): Reply | undefined {
    const queue = this.#queues.get(operationId) ?? [];
    // The properties of a text would be its characters.
    const properties = typeof body === "object" ? body : {};
    const known = new Values({ ...properties, ...parameters });
    const at = queue.findIndex(({ wanted }) => fitOf(wanted, known, "no") === "yes");
    const found = queue[at];
    if (!found) return undefined;
    found.left--;
    if (found.left === 0) queue.splice(at, 1);
    return found.reply;
  }

  get pending(): PendingReply[] {
    return [...operationsById.values()].flatMap(({ operationId }) =>
      (this.#queues.get(operationId) ?? []).map(({ reply, left }) => ({
        operationId,
        reply: copyOf(reply),
        left,
      })),
    );
  }
}

/** Whether a reply is for a request; unknown where that depends on the body, which has not been read. */
type Fit = "yes" | "no" | "unknown";

/**
 * Whether a request has all values that a reply asks for.
 * @param known the values of the request, as far as they are known
 * @param otherwise the result for a value that is not known: "no" where the request has no other values
 */
function fitOf(wanted: Queued["wanted"], known: Values, otherwise: "no" | "unknown"): Fit {
  let fit: Fit = "yes";
  for (const [name, value] of Object.entries(wanted)) {
    if (known.has(name) && isDeepStrictEqual(known.get(name), value)) continue;
    if (known.has(name) || otherwise === "no") return "no";
    fit = "unknown";
  }
  return fit;
}

/** The values of a request, copied to be compared: in Jest, a parsed value and a copy of it have different prototypes. */
class Values {
  readonly #given: Readonly<Record<string, unknown>>;
  /** Each value is copied once, because it can be large, and many replies can ask for it. */
  readonly #copies = new Map<string, unknown>();

  constructor(given: Readonly<Record<string, unknown>>) {
    this.#given = given;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#given, name);
  }

  get(name: string): unknown {
    if (!this.#copies.has(name)) this.#copies.set(name, copyOf(this.#given[name]));
    return this.#copies.get(name);
  }
}
