/** What mock.fetch sends and what it refuses, side by side with the fetch of Node. */
import { createMock, type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { failing } from "../support/http.js";
import { backupPath, instancePath, json, token, ways } from "./calls.js";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ backups: [] });
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

const body = '{"name":"nightly","description":""}';
const bytes = new TextEncoder().encode(body);
const inPairs = new Uint16Array(new TextEncoder().encode(`${body} `).buffer);

function streamOf(...pieces: unknown[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

/** Made anew for each way, because a stream can be sent once. */
type Init = () => RequestInit;
const post = (given: BodyInit | (() => BodyInit), headers: Record<string, string> = {}): Init => {
  return () => {
    const init = { method: "POST", headers: { ...json, ...headers }, duplex: "half" };
    return { ...init, body: typeof given === "function" ? given() : given };
  };
};

const accepted: [string, Init][] = [
  ["a text in a stream", post(() => streamOf(body))],
  ["a DataView in a stream", post(() => streamOf(new DataView(bytes.buffer)))],
  ["parts of a buffer in a stream", post(() => streamOf(bytes.subarray(0, 9), new DataView(bytes.buffer, 9)))],
  ["numbers of two bytes in a stream", post(() => streamOf(inPairs))],
  ["a body with its length", post(body, { "content-length": `${bytes.length}` })],
  ["a stream with its length", post(() => streamOf(body), { "content-length": `${bytes.length}` })],
  ["a connection that is closed", post(body, { connection: "Close" })],
];

it.each(accepted.flatMap(([title, init]) => ways.map(([way, send]) => ({ title, way, send, init }))))(
  "takes $title, $way",
  async ({ send, init }) => {
    expect((await send(mock, instancePath, init())).status).toBe(202);
    expect(mock.requests).toMatchObject([{ body: { name: "nightly" }, violations: [] }]);
  },
);

it.each<[string, Init]>([
  ["a number in a stream", post(() => streamOf(7))],
  ["null in a stream", post(() => streamOf(null))],
  ["an object in a stream", post(() => streamOf({}))],
  ["a buffer in a stream", post(() => streamOf(bytes.buffer))],
  ["a number behind a text", post(() => streamOf(body, 7))],
  ["a body that is shorter than its length", post(body, { "content-length": "99999999" })],
  ["a stream that is shorter than its length", post(() => streamOf(body), { "content-length": "36" })],
  ["a stream that is longer than its length", post(() => streamOf(body), { "content-length": "34" })],
  ["a length that is no number", post(body, { "content-length": "x" })],
  ["a length behind a letter", post(body, { "content-length": "x35" })],
  ["an empty length without a body", () => ({ method: "POST", headers: { ...json, "content-length": "" } })],
  ["an expectation", post(body, { expect: "100-continue" })],
  ["an encoding of the transfer", post(body, { "transfer-encoding": "chunked" })],
  ["a time to keep the connection", post(body, { "keep-alive": "timeout=5" })],
  ["another protocol", post(body, { upgrade: "h2c" })],
  ["an empty header for another protocol", post(body, { upgrade: "" })],
  ["an empty header for the connection", post(body, { connection: "" })],
])("refuses %s as Node does", async (_, init) => {
  const errors: unknown[] = [];
  for (const [, send] of ways) {
    const error = await failing<Error & { cause: Error & { code: string } }>(send(mock, instancePath, init()));
    const { code, message } = error.cause;
    // What Node says of a wrong piece of a stream is about its own functions.
    errors.push([error.constructor, error.message, code, code === "ERR_INVALID_ARG_TYPE" ? "" : message]);
    await expect.poll(() => mock.requests.map(({ answer }) => answer)).not.toContain("pending");
    expect(mock.backups).toEqual([]);
  }
  const [byNode, byMock] = errors;
  expect(byNode).toEqual([TypeError, "fetch failed", expect.any(String), expect.any(String)]);
  expect(byMock).toEqual(byNode);
});

it.each([
  { connection: "upgrade" },
  { connection: "te, close" },
  { "content-length": "35x" },
  { "content-length": "35, 35" },
])("refuses %j, which some versions of Node take", async (headers) => {
  const call = createMock().fetch(mock.url + instancePath, post(body, headers)());
  await expect(call).rejects.toMatchObject({ message: "fetch failed", cause: { code: "UND_ERR_INVALID_ARG" } });
});

it.each(ways)("ignores the length where there is no body, %s", async (_, send) => {
  const headers = { ...json, "content-length": "99999999" };
  expect((await send(mock, instancePath, { method: "POST", headers })).status).toBe(400);
});

it.each(ways)("rejects where the answer is a redirect and the caller wants none, %s", async (_, send) => {
  mock.respond("deleteManualBackup", { html: true, status: 302 });
  const call = send(mock, backupPath, { method: "DELETE", headers: token, redirect: "error" });
  await expect(call).rejects.toMatchObject({ message: "fetch failed", cause: { message: "unexpected redirect" } });
  await expect.poll(() => mock.requests[0]?.answer).toBe("302");
});

it.each(ways)("resolves with any other answer then, and with a redirect to nowhere otherwise, %s", async (_, send) => {
  const statusOf = async (init: RequestInit) =>
    (await send(mock, backupPath, { method: "DELETE", headers: token, ...init })).status;
  mock.respond("deleteManualBackup", { example: "DBS.280001" }, { html: true, status: 302, times: 2 });
  expect(await statusOf({ redirect: "error" })).toBe(400);
  expect([await statusOf({ redirect: "manual" }), await statusOf({})]).toEqual([302, 302]);
});

it("lets an answer go on that fetch does not show, also a slow one", async () => {
  const cases = ways.flatMap(([, send]) => [302, 407].map((status) => ({ send, status })));
  const answers = cases.map(async ({ send, status }) => {
    await using own = await startMock();
    own.respond("deleteManualBackup", { html: true, status, fault: "drip" });
    await failing(send(own, backupPath, { method: "DELETE", headers: token, redirect: "error" }));
    const [request] = own.requests;
    await expect.poll(() => request?.duration).toBeGreaterThan(1000);
    return request?.answer;
  });
  expect(await Promise.all(answers)).toEqual(cases.map(({ status }) => `${status}`));
});
