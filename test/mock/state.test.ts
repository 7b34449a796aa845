/** What the mock remembers follows the rules of the description, also of one that states fewer of them. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type CatalogueOperation, catalogue, type StateRule } from "../../generated/catalogue.js";
import { documentedResources, State, type StateOptions } from "../../src/mock/state.js";

const creating = operation("create");
const deleting = operation("delete");

function operation(effect: StateRule["effect"]): CatalogueOperation & { state: StateRule } {
  const found = catalogue.operations.find(({ state }) => state?.effect === effect);
  if (!found?.state) throw new Error(`the description has no operation that is to ${effect}`);
  return { ...found, state: found.state };
}

/** An operation without some of its rules. */
function without(one: typeof creating, ...names: (keyof StateRule)[]): CatalogueOperation {
  const rules = Object.entries(one.state).filter(([name]) => !names.some((left) => left === name));
  return { ...one, state: Object.fromEntries(rules) as unknown as StateRule };
}

function stateOf(options: Partial<StateOptions> = {}, operations: CatalogueOperation[] = [creating, deleting]) {
  const state = new State(operations, { busyFor: 0, quota: undefined, resources: [], ...options });
  const create = (name: unknown, more: { instance?: string; project?: string; by?: CatalogueOperation } = {}) => {
    const { instance = "i", project = "p", by = creating } = more;
    return state.apply(by, { parameters: { project_id: project, instance_id: instance }, body: { name } });
  };
  const remove = (backup_id: unknown, by: CatalogueOperation = deleting) =>
    state.apply(by, { parameters: { project_id: "p", backup_id: String(backup_id) }, body: undefined });
  return { state, create, remove };
}

const refused = (rule: "conflict" | "full" | "busy" | "missing", { state } = creating) => ({
  kind: "refused",
  code: state[rule],
});
const done = { kind: "done", body: expect.any(Object) };

it("an instance is not busy before its first create, also where the clock is wrong by decades", () => {
  vi.spyOn(Date, "now").mockReturnValue(-1);
  expect(stateOf().create("abcd")).toEqual(done);
  vi.restoreAllMocks();
});

it("an operation that has no rule answers as documented, however often, and changes nothing", () => {
  const { state } = stateOf();
  const { state: _, ...plain } = creating;
  for (let turn = 1; turn <= 2; turn++) {
    expect(state.apply(plain, { parameters: {}, body: {} })).toEqual({ kind: "done", body: creating.success.body });
  }
  expect(state.resources).toEqual([]);
});

it("keeps the newest resources that take no more than 32 MB together, and forgets nothing more of those that were deleted", () => {
  const { state, remove } = stateOf();
  // Values that are short enough to be kept, of a little more than one megabyte together.
  const values = Object.fromEntries(Array.from({ length: 256 }, (_, index) => [`key-${index}`, "備".repeat(1370)]));
  const create = (name: number) =>
    state.apply(creating, { parameters: { project_id: "p", instance_id: "i" }, body: { ...values, name } });
  const names = () => state.resources.map(({ name }) => name);
  for (let name = 0; name < 40; name++) create(name);
  expect(names()).toEqual(Array.from({ length: 31 }, (_, index) => index + 9));
  for (const { backup_id } of state.resources) remove(backup_id);
  expect(names()).toEqual([]);
  for (let name = 50; name < 81; name++) create(name);
  expect(names()).toHaveLength(31);
});

it("the ID of a backup that was deleted is not given again", () => {
  const { create, remove } = stateOf();
  const [first, gone] = [create("first"), remove(creating.success.body?.backup_id)];
  expect([first.kind, gone.kind]).toEqual(["done", "done"]);
  expect(create("second")).not.toEqual(first);
});

it("the first answer is the documented one, later ones have other IDs, and what a reply gives wins", () => {
  const { state, create } = stateOf();
  expect(create("first")).toEqual({ kind: "done", body: creating.success.body });
  expect(create("second")).not.toEqual({ kind: "done", body: creating.success.body });
  const given = { job_id: "j", backup_id: "b" };
  const call = { parameters: { project_id: "p", instance_id: "i" }, body: { name: "third" } };
  expect(state.apply(creating, call, given)).toEqual({ kind: "done", body: given });
  expect(state.resources.at(-1)).toEqual({ project_id: "p", instance_id: "i", name: "third", ...given });
});

describe("a name", () => {
  it("is taken in its project only", () => {
    const { create } = stateOf();
    create("nightly");
    expect(create("nightly")).toEqual(refused("conflict"));
    expect(create("nightly", { project: "other" })).toEqual(done);
  });
  it("may be there twice where no rule forbids it", () => {
    const { create } = stateOf();
    for (const rule of ["conflict", "unique"] as const) {
      const by = without(creating, rule);
      expect([create(rule, { by }), create(rule, { by })]).toEqual([done, done]);
    }
  });
  it("is told from others also when it is long, and is no property that the body inherits", () => {
    const { create, state } = stateOf();
    for (const length of [240, 250, 260, 300]) {
      const name = "n".repeat(length);
      expect([create(`${name}1`), create(`${name}2`)]).toEqual([done, done]);
      expect(create(`${name}1`)).toEqual(refused("conflict"));
    }
    const inherited = Object.create({ name: "n".repeat(240) + 1 });
    for (const body of [inherited, null, "text"]) {
      const call = { parameters: { project_id: `p-${typeof body}-${body === null}`, instance_id: "i" }, body };
      expect(state.apply(creating, call)).toEqual(done);
    }
  });
  it("is free again once its backup is deleted, and stays taken when another one is", () => {
    const resources = [
      { project_id: "p", backup_id: "a", name: "one" },
      { project_id: "p", backup_id: "b" },
    ];
    const { create, remove } = stateOf({ resources });
    expect(create("one")).toEqual(refused("conflict"));
    expect(remove("b")).toEqual(done);
    expect(create("one")).toEqual(refused("conflict"));
    expect(remove("a")).toEqual(done);
    expect(create("one")).toEqual(done);
  });
});

describe("two operations that create", () => {
  const both: CatalogueOperation[] = [without(creating, "unique", "occupies"), creating, deleting];
  const resources = [{ project_id: "p", backup_id: "b", name: "taken", instance_id: "i" }];
  it("say together what is taken and busy from the start", () => {
    expect(stateOf({ resources }, both).create("taken")).toEqual(refused("conflict"));
    const { create, remove } = stateOf({ resources, busyFor: 1000 }, both);
    expect(remove("b")).toEqual(done);
    expect(create("free")).toEqual(refused("busy"));
  });
  it("and which documented resource there is", () => {
    expect(documentedResources(both)).toEqual(documentedResources([creating, deleting]));
  });
});

describe("a full account", () => {
  it("is full for its project only, and only where a rule says so", () => {
    const { create, remove, state } = stateOf({ quota: 2 });
    create("one");
    create("two");
    expect(create("three")).toEqual(refused("full"));
    expect(create("three", { project: "other" })).toEqual(done);
    expect(create("three", { by: without(creating, "full") })).toEqual(done);
    const [first, second] = state.resources;
    remove(first?.backup_id);
    expect(create("four")).toEqual(refused("full"));
    remove(second?.backup_id);
    expect(create("four")).toEqual(done);
  });
  it("may be one that holds nothing", () => {
    expect(stateOf({ quota: 0 }).create("one")).toEqual(refused("full"));
  });
});

describe("a delete of what is not there", () => {
  it("is refused, or done where no rule says so", () => {
    const { create, remove, state } = stateOf();
    create("one");
    expect(remove("gone")).toEqual(refused("missing", deleting));
    expect(remove("gone", without(deleting, "missing"))).toEqual(done);
    expect(state.resources).toHaveLength(1);
  });
});

describe("a busy instance", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const busyFor = 1000;

  it("refuses a create and a delete of its backups until the time is over", () => {
    const resources = [
      { project_id: "p", backup_id: "of-i", instance_id: "i" },
      { project_id: "p", backup_id: "of-nothing" },
    ];
    const { create, remove } = stateOf({ busyFor, resources });
    expect(create("one")).toEqual(done);
    expect(create("two")).toEqual(refused("busy"));
    expect(create("two", { instance: "other" })).toEqual(done);
    expect(remove("of-i")).toEqual(refused("busy", deleting));
    expect(remove("of-nothing")).toEqual(done);
    vi.advanceTimersByTime(busyFor - 1);
    expect(create("three")).toEqual(refused("busy"));
    vi.advanceTimersByTime(1);
    // A delete keeps the instance busy, too.
    expect(remove("of-i")).toEqual(done);
    expect(create("three")).toEqual(refused("busy"));
  });
  it("is one whose last operation is among the newest ten thousand, whenever its first one was", () => {
    const { create } = stateOf({ busyFor });
    create("one", { instance: "early" });
    vi.advanceTimersByTime(busyFor);
    for (let index = 1; index < 10_000; index++) create(`other-${index}`, { instance: `other-${index}` });
    expect(create("two", { instance: "early" })).toEqual(done);
    expect(create("three", { instance: "one more" })).toEqual(done);
    expect(create("four", { instance: "early" })).toEqual(refused("busy"));
  });
  it("is never busy where no rule says so", () => {
    const { create } = stateOf({ busyFor });
    for (const rule of ["busy", "occupies"] as const) {
      const by = without(creating, rule);
      expect([create(`${rule}1`, { by }), create(`${rule}2`, { by })]).toEqual([done, done]);
    }
  });
  it("is forgotten when ten thousand others came after it", () => {
    const { create } = stateOf({ busyFor });
    const by = without(creating, "unique");
    for (let index = 0; index < 10_000; index++) create("any", { by, instance: `i-${index}` });
    expect(create("any", { by, instance: "i-0" })).toEqual(refused("busy"));
    create("any", { by, instance: "one-more" });
    expect(create("any", { by, instance: "i-0" })).toEqual(done);
    expect(create("any", { by, instance: "i-9999" })).toEqual(refused("busy"));
  });
});

it("keeps no value of more than 8,192 characters of JSON", () => {
  const { create, state } = stateOf();
  const [kept, long] = ["k".repeat(8190), "l".repeat(8191)];
  create(kept);
  create(long);
  expect(state.resources.map(({ name }) => name)).toEqual([kept, undefined]);
});

describe("what is there from the start", () => {
  it("is what the documented deletes name, with the instance of the documented create", () => {
    const exampleOf = (one: CatalogueOperation, wanted: string) =>
      one.parameters.find(({ name }) => name === wanted)?.example;
    expect(documentedResources([creating, deleting])).toEqual([
      {
        project_id: exampleOf(deleting, "project_id"),
        backup_id: exampleOf(deleting, "backup_id"),
        instance_id: exampleOf(creating, "instance_id"),
      },
    ]);
  });
  it("has no instance where no create names one, and is nothing where nothing is deleted", () => {
    const [resource] = documentedResources([deleting]);
    expect(Object.keys(resource ?? {}).sort()).toEqual(["backup_id", "project_id"]);
    const [withoutInstance] = documentedResources([without(creating, "occupies"), deleting]);
    expect(withoutInstance).toEqual(resource);
    const { state: _, ...plain } = creating;
    expect(documentedResources([plain, creating])).toEqual([]);
  });
  it("is of no use to a description that creates nothing", () => {
    const resources = [{ project_id: "p", backup_id: "b" }];
    expect(stateOf({ resources }, [deleting]).state.resources).toEqual([]);
  });
});
