/** How the mock reads a request and paces an answer, without a socket. What it costs in memory is in bounds.test.ts. */
import { getEventListeners } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { catalogue } from "../../generated/catalogue.js";
import { collect, LateBody, pieces } from "../../src/mock/bodies.js";
import { incomingOf } from "../../src/mock/fetch-request.js";
import type { Answer, Incoming } from "../../src/mock/outcome.js";
import { type Body, requestTarget, routeOf, withBody } from "../../src/mock/request.js";
import { pause, waitForAbort } from "../../src/mock/waiting.js";
import { backupPath } from "./calls.js";

const operations = new Map(catalogue.operations.map((operation) => [operation.operationId as string, operation]));
const megabyte = 2 ** 20;
const largest = 12 * megabyte;

describe("the target of a request", () => {
  it.each([
    ["/v3/p/backups/b?x=1", "/v3/p/backups/b?x=1"],
    ["http://a.example/v3/p?x=1", "/v3/p?x=1"],
    ["HTTPS://a.example:8443/v3", "/v3"],
    ["http://a.example", "/"],
    ["http://a.example?x=1", "/?x=1"],
    ["/v3/http://a.example/b", "/v3/http://a.example/b"],
    ["https://u:p@a.example/v3?x=a@b", "/v3?x=a@b"],
    ["http://u:p@ss@a.example#at", "/"],
    ["ftp://u:p@a.example/v3", "ftp://a.example/v3"],
    ["ws+unix://u:p@ss@a.example?x=a@b#at", "ws+unix://a.example?x=a@b"],
    ["u:p@a.example:443", "a.example:443"],
    ["a.example:443", "a.example:443"],
    ["/v3/a@b?x=1#token=secret", "/v3/a@b?x=1"],
    ["*", "*"],
  ])("%s is %s on the host", (target, expected) => {
    expect(requestTarget(target)).toBe(expected);
  });
  it("names an operation, its parameters as they are meant, and the query", () => {
    expect(routeOf("DELETE", "/v3/p%20q/backups/b%2Fc?x=1?y", operations)).toEqual({
      operation: operations.get("deleteManualBackup"),
      parameters: { project_id: "p q", backup_id: "b/c" },
      path: "/v3/p%20q/backups/b%2Fc",
      query: "x=1?y",
    });
    expect(routeOf("DELETE", backupPath, operations)).toMatchObject({ path: backupPath, query: "" });
  });
  it("names none that is not served, that does not exist, or that cannot be decoded", () => {
    expect(routeOf("DELETE", backupPath, new Map())).toBeUndefined();
    expect(routeOf("PATCH", backupPath, operations)).toBeUndefined();
    expect(routeOf("DELETE", "?x=1", operations)).toBeUndefined();
    expect(routeOf("DELETE", "/v3/p/backups/%ff", operations)).toBeUndefined();
  });
});

function incoming(
  body: AsyncIterable<Uint8Array> = inPieces(),
  announced?: number,
  signal: AbortSignal = new AbortController().signal,
): Incoming {
  const headers = announced === undefined ? {} : { "content-length": String(announced) };
  return { method: "POST", target: "/", headers, signal, readBody: () => body };
}

async function* inPieces(...all: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of all) yield typeof piece === "string" ? Buffer.from(piece) : piece;
}

const read = (body?: AsyncIterable<Uint8Array>, announced?: number) =>
  withBody(incoming(body, announced), 60_000, (one) => ({ ...one }));

/** A body that stands still after its first bytes. */
function standing(size = 2 ** 18 + 1) {
  let end = () => {};
  let fail = () => {};
  const held = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = () => reject(new Error("the caller is gone"));
  });
  let asked = 0;
  async function* stream() {
    yield new Uint8Array(size).fill(32);
    asked += 1;
    await held;
  }
  return { stream: stream(), end, fail, isReadOn: () => asked > 0 };
}

/** Lets everything that can go on do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe("the body of a request", () => {
  it("is what it says, in whatever pieces it comes", async () => {
    const whole = { text: '{"a":"é"}', size: 10, value: { a: "é" }, fault: undefined, tooLarge: false };
    expect(await read(inPieces('{"a":"é"}'))).toEqual(whole);
    const bytes = Buffer.from('{"a":"é"}');
    expect(await read(inPieces(bytes.subarray(0, 7), bytes.subarray(7)))).toEqual(whole);
    const nothing: Body = { text: "", size: 0, value: undefined, fault: undefined, tooLarge: false };
    expect([await read(undefined), await read(inPieces()), await read(inPieces(""))]).toEqual(Array(3).fill(nothing));
  });
  it("may be no text or no JSON", async () => {
    expect(await read(inPieces("{"))).toMatchObject({ text: "{", fault: "is not JSON", value: undefined });
    expect(await read(inPieces(Uint8Array.of(34, 255, 34)))).toMatchObject({ size: 3, fault: "is not UTF-8" });
  });
  it("is refused when it says that it is larger than 12 MB, and is not read", async () => {
    const { stream, isReadOn } = standing();
    const expected = { text: "", size: largest + 1, value: undefined, fault: "is larger than 12582912 bytes" };
    expect(await read(stream, largest + 1)).toEqual({ ...expected, tooLarge: true });
    expect(isReadOn()).toBe(false);
  });
  it("is refused when it is larger without saying so, and taken up to that size", async () => {
    const most = new Uint8Array(largest).fill(32);
    expect(await read(inPieces(most, " "))).toMatchObject({ size: largest + 1, tooLarge: true });
    expect(await read(inPieces(most))).toMatchObject({ size: largest, tooLarge: false, fault: "is not JSON" });
    expect(await read(inPieces(most), largest)).toMatchObject({ size: largest, tooLarge: false });
  });
  it("waits while four large ones are held, unless it is small", async () => {
    const held = Array.from({ length: 4 }, () => standing());
    const late = standing();
    const readings = [...held, late].map(({ stream }) => read(stream));
    await settle();
    expect([...held, late].map(({ isReadOn }) => isReadOn())).toEqual([true, true, true, true, false]);
    expect(await read(inPieces(new Uint8Array(2 ** 18).fill(32)))).toMatchObject({ size: 2 ** 18 });
    held[0]?.end();
    await readings[0];
    await settle();
    expect(late.isReadOn()).toBe(true);
    for (const { end } of [...held, late]) end();
    await Promise.all(readings);
  });
  it("takes no more than it announces", async () => {
    const held = Array.from({ length: 3 }, () => standing());
    const announced = Array.from({ length: 12 }, () => standing());
    const late = standing();
    const readings = [
      ...held.map(({ stream }) => read(stream)),
      ...announced.map(({ stream }) => read(stream, megabyte)),
      read(late.stream, megabyte),
    ];
    await settle();
    expect(announced.every(({ isReadOn }) => isReadOn())).toBe(true);
    expect(late.isReadOn()).toBe(false);
    announced[0]?.end();
    await settle();
    expect(late.isReadOn()).toBe(true);
    for (const { end } of [...held, ...announced, late]) end();
    await Promise.all(readings);
  });
  it("gives back what it took when its caller goes away, or when it is too large", async () => {
    for (let turn = 0; turn < 5; turn++) {
      const held = standing();
      const reading = read(held.stream);
      await settle();
      held.fail();
      await expect(reading).rejects.toThrow("the caller is gone");
    }
    for (let turn = 0; turn < 5; turn++) {
      const most = new Uint8Array(largest).fill(32);
      expect((await read(inPieces(most, "  "))).tooLarge).toBe(true);
    }
  });
  it("waits no more for its share when its caller goes away, or has gone, and lets those behind it pass", async () => {
    const held = Array.from({ length: 4 }, () => standing());
    const readings = held.map(({ stream }) => read(stream));
    await settle();
    held[0]?.end();
    await readings[0];
    const small = standing();
    readings.push(read(small.stream, megabyte));
    const caller = new AbortController();
    const leaving = withBody(incoming(standing().stream, undefined, caller.signal), 60_000, () => "used");
    const behind = standing();
    readings.push(read(behind.stream, megabyte));
    await settle();
    expect([small.isReadOn(), behind.isReadOn()]).toEqual([true, false]);
    caller.abort(new Error("the caller is gone"));
    await expect(leaving).rejects.toThrow("the caller is gone");
    await settle();
    expect(behind.isReadOn()).toBe(true);
    const late = withBody(incoming(standing().stream, undefined, caller.signal), 60_000, () => "used");
    await expect(late).rejects.toThrow("the caller is gone");
    expect(getEventListeners(caller.signal, "abort")).toHaveLength(0);
    for (const { end } of [...held, small, behind]) end();
    await Promise.all(readings);
  });
  it("is late when its caller keeps the mock waiting for too long, all in all, and gives back what it took", async () => {
    for (let turn = 0; turn < 5; turn++) {
      const held = standing();
      await expect(withBody(incoming(held.stream), 50, () => "used")).rejects.toThrow(
        "did not arrive within 0.05 seconds",
      );
      held.end();
    }
    async function* slow() {
      for (let piece = 0; piece < 4; piece++) {
        await pause(30, new AbortController().signal);
        yield Uint8Array.of(32);
      }
    }
    await expect(withBody(incoming(slow()), 75, () => "used")).rejects.toThrow(LateBody);
  });
  it("is not late when it waits for its share", async () => {
    const held = Array.from({ length: 4 }, () => standing());
    const readings = held.map(({ stream }) => read(stream));
    await settle();
    const large = new Uint8Array(2 ** 18 + 1).fill(32);
    const waiting = withBody(incoming(inPieces(large, large)), 50, ({ size }) => size);
    await pause(100, new AbortController().signal);
    for (const { end } of held) end();
    expect(await waiting).toBe(2 * large.length);
    await Promise.all(readings);
  });
  it("is used one at a time when it is large, and small ones have their turn in between", async () => {
    const order: string[] = [];
    const large = () => incoming(inPieces(new Uint8Array(2 ** 18 + 1).fill(32)));
    const use = (name: string) => () => {
      order.push(name);
      setImmediate(() => order.push("between"));
    };
    await Promise.all([withBody(large(), 60_000, use("first")), withBody(large(), 60_000, use("second"))]);
    expect(order.slice(0, 3)).toEqual(["first", "between", "second"]);
  });
});

describe("the pieces of a stream", () => {
  it("are put together, unless there is one only, or too many", async () => {
    const limit = 60_000;
    const [one, two] = [Uint8Array.of(1, 2), Uint8Array.of(3)];
    expect(await collect(inPieces(one), { most: 2, limit })).toBe(one);
    expect([...((await collect(inPieces(one, two), { most: 3, limit })) ?? [])]).toEqual([1, 2, 3]);
    expect(await collect(inPieces(one, two), { most: 2, limit })).toBeUndefined();
    const sizes: number[] = [];
    await collect(inPieces(one, two), { most: 3, limit, admit: (size) => void sizes.push(size) });
    expect(sizes).toEqual([2, 3]);
  });
  it("are not read on when they are late, and their time counts from the first to the last", async () => {
    const closed = vi.fn();
    async function* dripping() {
      try {
        for (;;) {
          await pause(40, new AbortController().signal);
          yield Uint8Array.of(32);
        }
      } finally {
        closed();
      }
    }
    const admit = async () => {};
    await expect(collect(dripping(), { most: 1e9, limit: 100, admit })).rejects.toThrow(LateBody);
    await expect.poll(() => closed.mock.calls.length).toBe(1);
  });
});

describe("an answer that does not come whole", () => {
  const answer = (body: string, pace: Answer["pace"]): Answer => ({
    kind: "answer",
    status: 202,
    headers: {},
    body,
    pace,
  });
  const textOf = async (one: Answer, signal: AbortSignal) => {
    let text = "";
    for await (const piece of pieces(one, signal)) text += Buffer.from(piece).toString();
    return text;
  };
  it("is cut in the middle, or comes byte by byte", async () => {
    const { signal } = new AbortController();
    expect(await textOf(answer("abcde", "cut"), signal)).toBe("abc");
    const began = performance.now();
    expect(await textOf(answer("abc", "drip"), signal)).toBe("abc");
    expect(performance.now() - began).toBeGreaterThan(140);
  });
  it("ends when its caller goes away", async () => {
    const controller = new AbortController();
    const reading = textOf(answer("abcdefghijklmnopqrstuvwxyz", "drip"), controller.signal);
    await pause(60, new AbortController().signal);
    controller.abort();
    expect(["a", "ab"]).toContain(await reading);
  });
});

describe("to wait", () => {
  it("ends when the caller goes away, or at once when it has gone, and leaves no listener behind", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    await pause(1, signal);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    const waits = [pause(60_000, signal), waitForAbort(signal)];
    expect(getEventListeners(signal, "abort")).toHaveLength(2);
    controller.abort();
    await Promise.all(waits);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    await Promise.all([pause(60_000, signal), waitForAbort(signal)]);
  });
});

it("finds a header of a Request that keeps the case of its name, as that of happy-dom does", () => {
  const request = new Request("http://a.example", { headers: { "x-auth-token": "any" } });
  Object.defineProperty(request, "headers", { value: new Map([["X-Auth-Token", "any"]]) });
  const { signal } = new AbortController();
  expect(incomingOf(request, signal, () => {}).headers).toEqual({ "x-auth-token": "any" });
});
