import { operationsById } from "./answers.js";
import { Chaos } from "./chaos.js";
import type { Backup, MockOptions } from "./options.js";
import { Replies } from "./replies.js";
import type { Scenario } from "./scenario.js";
import { documentedResources, State } from "./state.js";

/** What is remembered between requests, from the start or the last `reset()` on. */
export interface World {
  readonly replies: Replies;
  /** Undefined where nothing is remembered. */
  readonly state: State | undefined;
  readonly chaos: Chaos | undefined;
  /** Whether the documented request id has been answered. */
  requestIdUsed: boolean;
}

/** What a request meets: the queued replies, the backups and the faults of `chaos`, all as after the start. */
export function worldOf(options: MockOptions, scenario: Scenario, seed: number | undefined): World {
  const replies = new Replies();
  for (const [operation, list] of scenario) replies.queue(operation, list);
  const { stateless = false, busyFor = 0, quota, backups, chaos } = options;
  const all = [...operationsById.values()];
  // The documented backup would be one too many for a project that may have none.
  const resources = backups ?? (quota === 0 ? [] : documentedResources(all));
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
