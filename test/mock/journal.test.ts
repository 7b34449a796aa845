/** What the record keeps of the past. That the memory of the process stays bounded is measured in bounds.test.ts. */
import { describe, expect, it } from "vitest";
import { type Entry, Journal } from "../../src/mock/journal.js";

const megabyte = 2 ** 20;
const right = { operationId: "deleteManualBackup", method: "DELETE", path: "/", headers: {} } as const;
/** Each of them takes some 200 bytes, however short it is. */
const many = Object.fromEntries(Array.from({ length: 25_000 }, (_, index) => [String(index), "a"]));
const wrong = { ...right, operationId: undefined };

/** A record of requests that became larger after they had arrived, and what is left of them. */
function left(count: number, grow: (entry: Entry) => void, arrival: Parameters<Journal["open"]>[0] = right): number {
  const journal = new Journal();
  for (let index = 0; index < count; index++) {
    const entry = journal.open({ ...arrival });
    grow(entry);
    journal.weigh(entry);
    // Once more, as when the answer has arrived: nothing is counted twice.
    journal.weigh(entry);
  }
  return journal.requests.length;
}

describe("the record", () => {
  it("has the last thousand requests", () => {
    const journal = new Journal();
    for (let index = 0; index < 1000; index++) journal.open({ ...right, path: `/${index}` });
    expect(journal.requests).toHaveLength(1000);
    for (let index = 1000; index < 1010; index++) journal.open({ ...right, path: `/${index}` });
    expect(journal.requests.map(({ path }) => path)).toEqual(Array.from({ length: 1000 }, (_, at) => `/${at + 10}`));
    expect(journal.droppedWrong).toEqual({ requests: [], count: 0 });
  });

  it.each<[string, (entry: Entry) => void]>([
    ["bodies", (entry) => (entry.bodyText = "x".repeat(5 * megabyte))],
    ["bodies, in letters of three bytes", (entry) => (entry.bodyText = "備".repeat((5 * megabyte) / 3))],
    ["steps of faults", (entry) => (entry.violations = [{ path: ["x".repeat(5 * megabyte)], message: "" }])],
    ["answers", (entry) => (entry.answerText = "x".repeat(5 * megabyte))],
    ["faults", (entry) => (entry.violations = [{ path: [], message: "x".repeat(5 * megabyte) }])],
    ["headers", (entry) => (entry.headers = { [`x-${"x".repeat(2.5 * megabyte)}`]: "y".repeat(2.5 * megabyte) })],
    ["short headers", (entry) => (entry.headers = many)],
    ["steps of a fault", (entry) => (entry.violations = [{ path: Object.keys(many), message: "" }])],
    // What is made of a path takes as much again: its parameters, as they are sent and decoded.
    ["paths", (entry) => (entry.path = "x".repeat(1.7 * megabyte))],
  ])("has the last requests of which the %s fit into 16 MB", (_, grow) => {
    expect(left(3, grow)).toBe(3);
    expect(left(10, grow)).toBe(3);
  });

  it("has the last request, however large it is", () => {
    expect(left(5, (entry) => (entry.bodyText = "x".repeat(20 * megabyte)))).toBe(1);
  });

  it("remembers the first twenty wrong requests that it let go, and how many there were", () => {
    const journal = new Journal();
    for (let index = 0; index < 30; index++) journal.open({ ...wrong, path: `/${index}` });
    journal.open(right);
    journal.open(right).violationCount = 1;
    expect(journal.droppedWrong.count).toBe(0);
    for (let index = 0; index < 1000; index++) journal.open(right);
    expect(journal.droppedWrong.count).toBe(31);
    expect(journal.droppedWrong.requests.map(({ path }) => path)).toEqual(
      Array.from({ length: 20 }, (_, index) => `/${index}`),
    );
  });

  it("is empty after a reset: what was under way then neither comes back nor takes room", () => {
    const journal = new Journal();
    const entries = Array.from({ length: 3 }, () => journal.open(wrong));
    for (let index = 0; index < 1000; index++) journal.open(wrong);
    journal.clear();
    for (const entry of entries) {
      entry.bodyText = "x".repeat(5 * megabyte);
      journal.weigh(entry);
    }
    expect(journal.requests).toEqual([]);
    expect(journal.droppedWrong).toEqual({ requests: [], count: 0 });
    for (let index = 0; index < 3; index++) {
      const entry = journal.open(right);
      entry.bodyText = "x".repeat(5 * megabyte);
      journal.weigh(entry);
    }
    expect(journal.requests).toHaveLength(3);
  });
});

it("an entry is shown with what its texts mean, not with the texts", () => {
  const entry = new Journal().open({ ...right, path: "/a", headers: { accept: "*/*" } });
  const arrived = { ...right, path: "/a", headers: { accept: "*/*" }, parameters: {}, arrived: entry.arrived };
  const unanswered = { ...arrived, bodySize: 0, violations: [], violationCount: 0, answer: "pending", duration: 0 };
  expect({ ...entry }).toStrictEqual({ ...unanswered, body: undefined, code: undefined, answerBody: undefined });
  entry.bodyText = '{"name":"nightly"}';
  entry.answerText = "<h1>502</h1>";
  expect({ ...entry }).toMatchObject({ body: { name: "nightly" }, answerBody: "<h1>502</h1>" });
  expect(Object.keys(entry).sort()).toEqual(Object.keys({ ...unanswered, body: 0, code: 0, answerBody: 0 }).sort());
});
