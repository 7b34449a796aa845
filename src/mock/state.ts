import { createHash, randomBytes } from "node:crypto";
import type { CatalogueOperation as Known } from "../../generated/catalogue.js";

/** The most resources that are remembered; the oldest is forgotten first. */
const limit = 10_000;

interface Resource {
  unique: unknown;
  /** What is busy while the resource is worked on. */
  occupies: string | undefined;
}
export interface Call {
  parameters: Record<string, string>;
  body: unknown;
}

/** What the mock remembers between calls, and what follows from it. */
export interface State {
  /** The code of the failure that the state demands, or the body of the success. */
  apply(operation: Known, call: Call): { code: string } | { body: Record<string, unknown> };
  reset(): void;
}

/**
 * @param busyFor how long an operation keeps its instance busy, in milliseconds
 */
export function createState(operations: Iterable<Known>, busyFor: number): State {
  const all = [...operations];
  const resources = new Map<string, Resource>();
  const busy = new Map<string, number>();
  const answered = new Set<string>();
  const key = (within: unknown, id: unknown) => {
    const text = JSON.stringify([within, id]);
    return text.length > 256 ? createHash("sha256").update(text).digest("hex") : text;
  };
  const occupy = (name: string | undefined) => {
    if (!name || !busyFor) return;
    busy.set(name, Date.now() + busyFor);
    forgetOldest(busy);
  };

  const reset = () => {
    resources.clear();
    busy.clear();
    answered.clear();
    // What the documented example of a delete deletes is there from the start.
    const occupied = all.find(({ state }) => state?.occupies);
    const example = ({ parameters }: Known, wanted = "") => parameters.find(({ name }) => name === wanted)?.example;
    for (const operation of all) {
      const { state } = operation;
      if (state?.effect !== "delete") continue;
      const within = example(operation, state.within);
      const occupies = occupied && example(occupied, occupied.state?.occupies);
      resources.set(key(within, example(operation, state.id)), {
        unique: undefined,
        occupies: occupies === undefined ? undefined : key(within, occupies),
      });
    }
  };
  reset();

  return {
    reset,
    apply(operation, { parameters, body }) {
      const { state: rule, success, operationId } = operation;
      const first = !answered.has(operationId);
      const answer = () => {
        answered.add(operationId);
        return first ? success.body : fresh(success.body);
      };
      if (!rule) return { body: success.body };
      const within = parameters[rule.within];
      const id = key(within, parameters[rule.id]);
      const known = resources.get(id);
      if (rule.effect === "delete" && !known && rule.missing) return { code: rule.missing };
      const occupies = rule.occupies ? key(within, parameters[rule.occupies]) : known?.occupies;
      if (rule.busy && occupies && (busy.get(occupies) ?? 0) > Date.now()) return { code: rule.busy };

      if (rule.effect === "create") {
        const unique = rule.unique && key(within, (body as Record<string, unknown> | undefined)?.[rule.unique]);
        if (rule.conflict && unique && [...resources.values()].some((other) => other.unique === unique)) {
          return { code: rule.conflict };
        }
        const result = answer();
        resources.set(key(within, result[rule.id]), { unique, occupies });
        forgetOldest(resources);
        occupy(occupies);
        return { body: result };
      }
      resources.delete(id);
      occupy(occupies);
      return { body: answer() };
    },
  };
}

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > limit && oldest !== undefined) map.delete(oldest);
}

/** The documented answer with other ids of the same form: each run of hexadecimal digits is another. */
function fresh(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === "string"
        ? value.replace(/[0-9a-f]{4,}/g, (run) => randomBytes(run.length).toString("hex").slice(0, run.length))
        : value,
    ]),
  );
}
