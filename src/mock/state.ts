import { createHash } from "node:crypto";
import type { CatalogueOperation, StateRule } from "../../generated/catalogue.js";
import { freshBody } from "./fresh.js";
import { longestValue, mostResourceBytes, mostResources } from "./limits.js";
import type { Subject } from "./replies.js";
import { creatingOperations, resourceRule } from "./resource-rule.js";

/** A resource as it can be read: the values of the request that made it and of its answer, by their wire names. */
export type Fields = Readonly<Record<string, unknown>>;

interface Resource {
  /** Its fields as JSON. Parsed, they can take ten times the memory. */
  readonly text: string;
  readonly within: string;
  /** The key of the property that no two resources share. */
  readonly unique: string | undefined;
  /** What is busy while the resource is worked on. */
  readonly occupies: string | undefined;
}
/** The body of a success; undefined where it has none. */
type Body = Fields | undefined;
/** What the service says: a success with its body, or a failure with its code. */
export type Verdict =
  | { readonly kind: "done"; readonly body: Body }
  | { readonly kind: "refused"; readonly code: string };

function refused(code: string): Verdict {
  return { kind: "refused", code };
}

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
  #bytes = 0;

  constructor(operations: Iterable<CatalogueOperation>, options: StateOptions) {
    this.#options = options;
    const rule = resourceRule(operations);
    if (!rule) return;
    for (const fields of options.resources) {
      const within = fields[rule.within];
      this.#add(keyOf(within, fields[rule.id]), {
        text: JSON.stringify(fields),
        within: keyOf(within),
        unique: keyOfField(within, rule.unique, fields),
        occupies: keyOfField(within, rule.occupies, fields),
      });
    }
  }

  get resources(): Fields[] {
    return [...this.#resources.values()].map(({ text }) => JSON.parse(text));
  }

  /**
   * Carries out a call.
   * @param named the body of the success that the reply names. Without it, the first answer of an operation is the
   * documented one and later ones get fresh IDs. A create also gets a fresh ID when the given one is taken.
   */
  apply(operation: CatalogueOperation, call: Subject, named?: Body): Verdict {
    const { state: rule, success } = operation;
    if (!rule) return { kind: "done", body: success.body };
    return rule.effect === "delete"
      ? this.#delete(operation, rule, call, named)
      : this.#create(operation, rule, call, named);
  }

  #delete(operation: CatalogueOperation, rule: StateRule, { parameters }: Subject, named: Body): Verdict {
    const within = parameters[rule.within];
    const key = keyOf(within, parameters[rule.id]);
    const known = this.#resources.get(key);
    if (!known && rule.missing) return refused(rule.missing);
    const occupies = keyOfField(within, rule.occupies, parameters) ?? known?.occupies;
    if (rule.busy && this.#isBusy(occupies)) return refused(rule.busy);
    this.#remove(key);
    this.#occupy(occupies);
    const isFirst = this.#isFirst(operation);
    const body = named ?? operation.success.body;
    return { kind: "done", body: isFirst || named ? body : freshBody(body) };
  }

  #create(operation: CatalogueOperation, rule: StateRule, { parameters, body }: Subject, named: Body): Verdict {
    const within = parameters[rule.within];
    const occupies = keyOfField(within, rule.occupies, parameters);
    if (rule.busy && this.#isBusy(occupies)) return refused(rule.busy);
    const unique = keyOfField(within, rule.unique, body);
    if (rule.conflict && unique && this.#owners.has(unique)) return refused(rule.conflict);
    if (rule.full && this.#isFull(within)) return refused(rule.full);
    const isFirst = this.#isFirst(operation);
    const given = named ?? operation.success.body;
    // An ID that is given again would replace the resource that has it.
    const isTaken = this.#resources.has(keyOf(within, propertyOf(given, rule.id)));
    const answer = (isFirst || named) && !isTaken ? given : freshBody(given);
    const text = keptText({ ...parameters, ...Object(body), ...answer });
    this.#add(keyOf(within, propertyOf(answer, rule.id)), { text, within: keyOf(within), unique, occupies });
    this.#occupy(occupies);
    return { kind: "done", body: answer };
  }

  /** Whether an operation is answered for the first time. */
  #isFirst({ operationId }: CatalogueOperation): boolean {
    const isFirst = !this.#answered.has(operationId);
    this.#answered.add(operationId);
    return isFirst;
  }

  #isFull(within: string | undefined): boolean {
    const { quota } = this.#options;
    return quota !== undefined && (this.#counts.get(keyOf(within)) ?? 0) >= quota;
  }

  #isBusy(occupies: string | undefined): boolean {
    const until = occupies === undefined ? undefined : this.#busy.get(occupies);
    return until !== undefined && until > Date.now();
  }

  #occupy(occupies: string | undefined): void {
    if (occupies === undefined || this.#options.busyFor === 0) return;
    // Added again as the newest, because the oldest is forgotten first.
    this.#busy.delete(occupies);
    this.#busy.set(occupies, Date.now() + this.#options.busyFor);
    const [oldest] = this.#busy.keys();
    if (this.#busy.size > mostResources && oldest !== undefined) this.#busy.delete(oldest);
  }

  #add(key: string, resource: Resource): void {
    this.#remove(key);
    this.#resources.set(key, resource);
    this.#counts.set(resource.within, (this.#counts.get(resource.within) ?? 0) + 1);
    if (resource.unique !== undefined) this.#owners.set(resource.unique, key);
    this.#bytes += Buffer.byteLength(resource.text);
    while (this.#resources.size > mostResources || this.#bytes > mostResourceBytes) {
      const [oldest = key] = this.#resources.keys();
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    const resource = this.#resources.get(key);
    if (!resource) return;
    this.#resources.delete(key);
    this.#bytes -= Buffer.byteLength(resource.text);
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
  const occupies = resourceRule(all)?.occupies;
  const ofCreating = creatingOperations(all).flatMap(({ parameters }) => parameters);
  return all.flatMap((operation) => {
    if (operation.state?.effect !== "delete") return [];
    const named = [operation.state.within, operation.state.id, occupies];
    const fields: Record<string, unknown> = {};
    for (const { name, example } of [...operation.parameters, ...ofCreating]) {
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

/** A key for the value of a field. Undefined where a rule names no field, or the field is not there. */
function keyOfField(within: unknown, name: string | undefined, fields: unknown): string | undefined {
  const value = name === undefined ? undefined : propertyOf(fields, name);
  return value === undefined ? undefined : keyOf(within, value);
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/** Fields as JSON, without the values that are too long to be kept. */
function keptText(fields: Fields): string {
  const text = JSON.stringify(fields);
  if (text.length <= longestValue) return text;
  return JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([, value]) => !isTooLong(value))));
}

function isTooLong(value: unknown): boolean {
  return (JSON.stringify(value)?.length ?? 0) > longestValue;
}
