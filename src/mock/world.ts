import type { CatalogueOperation } from "../../generated/catalogue.js";
import { operations } from "./answers.js";
import { Chaos } from "./chaos.js";
import type { Backup, MockOptions } from "./options.js";
import { Replies } from "./replies.js";
import { copyReply, type Reply } from "./reply.js";
import { documentedResources, State } from "./state.js";
import { unknownName } from "./suggest.js";

/** What is remembered between requests, from the start or the last `reset()` on. */
export interface World {
  readonly replies: Replies;
  /** Undefined where nothing is remembered. */
  readonly state: State | undefined;
  readonly chaos: Chaos | undefined;
  /** Whether the documented request id has been answered. */
  requestIdUsed: boolean;
}

/** Replies by operation, as they are queued at the start and after each `reset()`. */
export type Scenario = [CatalogueOperation, Reply[]][];

/** The scenario, checked and copied once, since it is queued again by each `reset()`. */
export function checkedScenario(scenario: Readonly<Record<string, readonly unknown[]>>): Scenario {
  return Object.entries(scenario).map(([operationId, replies]) => {
    const operation = operations.get(operationId);
    if (!operation) throw new TypeError(unknownName("there is no operation", operationId, [...operations.keys()]));
    if (!Array.isArray(replies)) throw new TypeError(`scenario: ${operationId} must have a list of replies`);
    // With what a list lacks, which is no reply either.
    return [operation, Array.from(replies, (reply) => copyReply(operation, reply))];
  });
}

/** What a request meets: the queued replies, the backups and the faults of `chaos`, all as after the start. */
export function worldOf(options: MockOptions, scenario: Scenario, seed: number | undefined): World {
  const replies = new Replies();
  for (const [operation, list] of scenario) replies.queue(operation, list);
  const { stateless = false, busyFor = 0, quota, backups, chaos } = options;
  const all = [...operations.values()];
  const resources = structuredClone(backups) ?? documentedResources(all);
  return {
    replies,
    state: stateless ? undefined : new State(all, { busyFor, quota, resources }),
    chaos: chaos && seed !== undefined ? new Chaos(chaos, seed) : undefined,
    requestIdUsed: false,
  };
}

/** The resources of the state are described by the operations' own schemas, as `Backup` is. */
export function backupsOf({ state }: World): Backup[] {
  return (state?.resources ?? []) as Backup[];
}
