import { createHash } from "node:crypto";
import type { CatalogueOperation } from "../../generated/catalogue.js";
import { freshBody } from "./fresh.js";

/** The most resources that are remembered; the oldest is forgotten first. */
const mostResources = 10_000;
/** The longest value of a resource that is kept, as JSON. Longer ones are left out of `backups`. */
const longestValue = 2 ** 13;

/** A resource as it can be read: the values of the request that made it and of its answer, by their wire names. */
export type Fields = Readonly<Record<string, unknown>>;

interface Resource {
  readonly fields: Fields;
  readonly within: string;
  /** The key of the property that no two resources share. */
  readonly unique: string | undefined;
  /** What is busy while the resource is worked on. */
  readonly occupies: string | undefined;
}
export interface Call {
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: unknown;
}
/** What the service says: a body of the success, or the code of the failure. */
export type Verdict = { readonly body: Fields } | { readonly code: string };

export interface StateOptions {
  /** Milliseconds for which an operation keeps its instance busy. */
  readonly busyFor: number;
  /** How many resources a tenant may have. */
  readonly quota: number | undefined;
  /** What is there from the start. */
  readonly resources: readonly Fields[];
}

/** What the mock remembers between calls, and what follows from it. */
export class State {
  readonly #options: StateOptions;
  readonly #resources = new Map<string, Resource>();
  /** The resource that has a unique property, by that property's key. */
  readonly #owners = new Map<string, string>();
  readonly #busy = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  readonly #answered = new Set<string>();

  constructor(operations: Iterable<CatalogueOperation>, options: StateOptions) {
    this.#options = options;
    const rule = [...operations].map(({ state }) => state).find((one) => one?.effect === "create");
    if (!rule) return;
    for (const fields of options.resources) {
      const within = fields[rule.within];
      this.#add(keyOf(within, fields[rule.id]), {
        fields,
        within: keyOf(within),
        unique: rule.unique && fields[rule.unique] !== undefined ? keyOf(within, fields[rule.unique]) : undefined,
        occupies:
          rule.occupies && fields[rule.occupies] !== undefined ? keyOf(within, fields[rule.occupies]) : undefined,
      });
    }
  }

  get resources(): Fields[] {
    // Copies: what a test does with them must not change what exists.
    return [...this.#resources.values()].map(({ fields }) => structuredClone(fields));
  }

  /**
   * Carries out a call.
   * @param documented the body that is answered, where it is given; otherwise the first answer is the documented one,
   * and every later one has fresh ids. So has one whose id is taken
   */
  apply(operation: CatalogueOperation, call: Call, documented?: Fields): Verdict {
    const { state: rule, operationId, success } = operation;
    if (!rule) return { body: success.body };
    const within = call.parameters[rule.within];
    const key = keyOf(within, call.parameters[rule.id]);
    const known = this.#resources.get(key);
    if (rule.effect === "delete" && !known && rule.missing) return { code: rule.missing };
    const occupies = rule.occupies ? keyOf(within, call.parameters[rule.occupies]) : known?.occupies;
    if (rule.busy && this.#isBusy(occupies)) return { code: rule.busy };
    const body = () => {
      const first = !this.#answered.has(operationId);
      this.#answered.add(operationId);
      const given = documented ?? success.body;
      // Two backups with one ID would be one.
      const isTaken = rule.effect === "create" && this.#resources.has(keyOf(within, given[rule.id]));
      return (first || documented) && !isTaken ? given : freshBody(given);
    };
    if (rule.effect === "delete") {
      this.#remove(key);
      this.#occupy(occupies);
      return { body: body() };
    }
    const unique = rule.unique && keyOf(within, propertyOf(call.body, rule.unique));
    if (rule.conflict && unique && this.#owners.has(unique)) return { code: rule.conflict };
    const { quota } = this.#options;
    if (quota !== undefined && rule.full && (this.#counts.get(keyOf(within)) ?? 0) >= quota) return { code: rule.full };
    const answer = body();
    const fields = { ...call.parameters, ...Object(call.body), ...answer };
    this.#add(keyOf(within, answer[rule.id]), { fields: shortened(fields), within: keyOf(within), unique, occupies });
    this.#occupy(occupies);
    return { body: answer };
  }

  #isBusy(occupies: string | undefined): boolean {
    return occupies !== undefined && (this.#busy.get(occupies) ?? 0) > Date.now();
  }

  #occupy(occupies: string | undefined): void {
    if (occupies === undefined || this.#options.busyFor === 0) return;
    this.#busy.set(occupies, Date.now() + this.#options.busyFor);
    const [oldest] = this.#busy.keys();
    if (this.#busy.size > mostResources && oldest !== undefined) this.#busy.delete(oldest);
  }

  #add(key: string, resource: Resource): void {
    this.#remove(key);
    this.#resources.set(key, resource);
    this.#counts.set(resource.within, (this.#counts.get(resource.within) ?? 0) + 1);
    if (resource.unique !== undefined) this.#owners.set(resource.unique, key);
    const [oldest] = this.#resources.keys();
    if (this.#resources.size > mostResources && oldest !== undefined) this.#remove(oldest);
  }

  #remove(key: string): void {
    const resource = this.#resources.get(key);
    if (!resource) return;
    this.#resources.delete(key);
    if (resource.unique !== undefined && this.#owners.get(resource.unique) === key)
      this.#owners.delete(resource.unique);
    const count = (this.#counts.get(resource.within) ?? 1) - 1;
    if (count > 0) this.#counts.set(resource.within, count);
    else this.#counts.delete(resource.within);
  }
}

/** What the documented example of a delete deletes, so that the documented call works from the start. */
export function documentedResources(operations: Iterable<CatalogueOperation>): Fields[] {
  const all = [...operations];
  const occupied = all.find(({ state }) => state?.effect === "create");
  return all.flatMap((operation) => {
    if (operation.state?.effect !== "delete") return [];
    const named = [operation.state.within, operation.state.id, occupied?.state?.occupies];
    const fields: Record<string, unknown> = {};
    for (const { name, example } of [...operation.parameters, ...(occupied?.parameters ?? [])]) {
      if (named.includes(name) && !Object.hasOwn(fields, name)) fields[name] = example;
    }
    return [fields];
  });
}

/** One key for several values. Long ones are hashed, so that no request decides how much memory a key takes. */
function keyOf(...values: unknown[]): string {
  const text = JSON.stringify(values);
  return text.length > 256 ? createHash("sha256").update(text).digest("hex") : text;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

function shortened(fields: Fields): Fields {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if ((JSON.stringify(value)?.length ?? 0) <= longestValue) kept[name] = value;
  }
  return kept;
}
