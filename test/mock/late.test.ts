/** A request that keeps the mock waiting for its body: both shells end it alike, and give others the room that it took. */
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { Connections } from "../../src/mock/connections.js";
import { type Core, createCore } from "../../src/mock/mock.js";
import { answerRequests } from "../../src/mock/serve.js";
import { instancePath, json, ways } from "./calls.js";

const limit = 100;
const server = createServer({ requestTimeout: 0 });
const connections = new Connections(server, false);
let core: Core;
beforeAll(async () => {
  let url = "";
  core = createCore({}, { url: () => url, close: async () => {}, limit });
  answerRequests(server, connections, core, true);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${Object(server.address()).port}`;
});
beforeEach(() => core.mock.reset());
afterAll(async () => {
  server.close();
  await connections.close();
});

/** A body that stops after so many bytes. */
function stalled(size: number, cancel = () => {}): RequestInit {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new Uint8Array(size).fill(32)),
    cancel,
  });
  return { method: "POST", headers: json, body, duplex: "half" } as RequestInit;
}

it.each(ways.flatMap(([way, send]) => [10, 300_000].map((size) => ({ way, send, size }))))(
  "gets 408 after a while, with $size bytes, $way",
  async ({ send, size }) => {
    const answer = await send(core.mock, instancePath, stalled(size));
    expect([answer.status, await answer.text(), answer.headers.get("connection")]).toEqual([408, "", "close"]);
    await expect.poll(() => core.mock.requests.map((request) => request.answer)).toEqual(["408"]);
    expect(core.mock.requests[0]?.violations).toEqual([
      { path: ["body"], message: "did not arrive within 0.1 seconds" },
    ]);
    expect(() => core.mock.verify()).toThrow(/answered 408: did not arrive within 0\.1 seconds$/);
  },
);

it.each(ways)("gets 408 also where it is for no operation, or prefers what does not exist, %s", async (_, send) => {
  const { headers, ...rest } = stalled(10);
  const slip = { ...headers, prefer: "exampel=x" };
  expect((await send(core.mock, "/nowhere", stalled(10))).status).toBe(408);
  expect((await send(core.mock, instancePath, { ...rest, headers: slip })).status).toBe(408);
});

it("is refused by the control interface, too", async () => {
  const body = { ...stalled(10), headers: {} };
  const answer = await fetch(`${core.mock.url}/__mock/replies`, body);
  const detail = "the body did not arrive within 0.1 seconds";
  expect([answer.status, answer.headers.get("connection"), (await answer.json()).detail]).toEqual([
    408,
    "close",
    detail,
  ]);
});

it("is not read any more, through mock.fetch", async () => {
  const cancel = vi.fn();
  expect((await core.mock.fetch(core.mock.url + instancePath, stalled(10, cancel))).status).toBe(408);
  await expect.poll(() => cancel.mock.calls.length).toBe(1);
});

it.each(ways)("holds up large bodies of others no longer than that, %s", async (_, send) => {
  const held = Array.from({ length: 4 }, () => send(core.mock, instancePath, stalled(300_000)));
  await expect.poll(() => core.mock.requests.length).toBe(4);
  const large = JSON.stringify({ name: "nightly", description: "x".repeat(300_000) });
  const answer = await send(core.mock, instancePath, { method: "POST", headers: json, body: large });
  expect(answer.status).toBe(400);
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([408, 408, 408, 408]);
});
