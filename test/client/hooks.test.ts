import type { ServerResponse } from "node:http";
import {
  type AbortEvent,
  type ClientOptions,
  type ErrorEvent,
  GeminiDBError,
  type ResponseEvent,
  type RetryEvent,
} from "geminidb-backup";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { backup, clientOf, created, rawParams, rawPath } from "../support/calls.js";
import { failing, json, listen } from "../support/http.js";
import { hurry } from "../support/hurry.js";

beforeEach(hurry);
afterEach(() => void vi.restoreAllMocks());

it("onResponse is called once for each answer, also for one that refused the token", async () => {
  await using server = await listen((request, response) =>
    request.headers["x-auth-token"] === "old-token"
      ? json(response, 401, { error_code: "APIGW.0307", error_msg: "x" })
      : json(response, 202, created),
  );
  const events: ResponseEvent[] = [];
  const onResponse = (event: ResponseEvent) => events.push(event);
  const renewing = clientOf(server.url, { auth: ({ refused }) => (refused ? "new-token" : "old-token"), onResponse });
  await renewing.createManualBackup(backup);
  expect(events.map(({ status, attempt }) => [status, attempt])).toEqual([
    [401, 1],
    [202, 2],
  ]);
  events.length = 0;
  await failing(clientOf(server.url, { auth: () => "old-token", onResponse }).createManualBackup(backup));
  expect(events.map(({ status }) => status)).toEqual([401]);
});

it("onResponse tells how long the answer took", async () => {
  await using server = await listen((_, response) => void setTimeout(() => json(response, 202, created), 100));
  const durations: number[] = [];
  const began = performance.now();
  const client = clientOf(server.url, { onResponse: ({ duration }) => durations.push(duration) });
  await client.createManualBackup(backup);
  expect(durations).toHaveLength(1);
  // A timer may fire a moment before its time.
  expect(durations[0]).toBeGreaterThan(95);
  // It is told in whole milliseconds.
  expect(durations[0]).toBeLessThanOrEqual(performance.now() - began + 1);
});

it("all events of a call have one id, and no two calls have the same", async () => {
  await using server = await listen((_, response) => json(response, 503, {}));
  const ids: string[] = [];
  const note = ({ id }: { id: string }) => ids.push(id);
  const client = clientOf(server.url, { retries: 1, onRequest: note, onResponse: note, onRetry: note, onError: note });
  await failing(client.deleteManualBackup({ backup_id: "b" }));
  await failing(client.deleteManualBackup({ backup_id: "b" }));
  expect(ids).toHaveLength(12);
  expect(new Set(ids.slice(0, 6)).size).toBe(1);
  expect(new Set(ids).size).toBe(2);
});

it("onRetry gets the message of the error that would have been thrown", async () => {
  await using server = await listen((_, response) =>
    server.received.length % 2
      ? json(response, 403, { error_code: "DBS.200019", error_msg: "Another operation." })
      : response.socket?.resetAndDestroy(),
  );
  const reasons: string[] = [];
  const client = clientOf(server.url, { retries: 2, onRetry: ({ reason }: RetryEvent) => reasons.push(reason) });
  await failing(client.deleteManualBackup({ backup_id: "b" }));
  expect(reasons[0]).toMatch(/^deleteManualBackup: 403 DBS\.200019 Another operation\. Wait until/);
  expect(reasons[1]).toMatch(/^deleteManualBackup: no answer: .*\. Repeating is safe$/);
});

it("onError is called once with the error that the call rejects with, for methods and raw", async () => {
  const events: ErrorEvent[] = [];
  const client = clientOf("http://127.0.0.1:2", { onError: (event) => events.push(event) });
  const errors = [
    await failing(client.createManualBackup({ ...backup, name: "a b" })),
    await failing(client.createManualBackup(backup)),
    await failing(
      client.raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
        params: { path: { project_id: "p", backup_id: ".." } },
      }),
    ),
  ];
  expect(events.map(({ error }) => error)).toEqual(errors);
  expect(events.map(({ operation, attempt }) => [operation, attempt])).toEqual([
    ["createManualBackup", 0],
    ["createManualBackup", 1],
    ["deleteManualBackup", 0],
  ]);
});

it("a success that is cut is told to onResponse once, and its request ID stands in the error", async () => {
  await using server = await listen((_, response) => {
    response.writeHead(202, { "x-request-id": "req-77", "content-length": 100 });
    response.write('{"backup_id":', () => response.destroy());
  });
  const events: unknown[] = [];
  const client = clientOf(server.url, { onResponse: (event) => events.push(event) });
  const error = await failing(client.createManualBackup(backup));
  expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", requestId: "req-77" });
  expect(error.message).toMatch(/^createManualBackup: the connection broke during the answer: /);
  expect(events).toMatchObject([{ status: 202, requestId: "req-77" }]);
});

it.each([new GeminiDBError("another call failed"), Number.NaN])(
  "neither onError nor onRetry is called after the caller aborted with %o",
  async (reason) => {
    await using server = await listen(() => {});
    const events: unknown[] = [];
    const note = (event: unknown) => events.push(event);
    const client = clientOf(server.url, { onError: note, onRetry: note, retries: 2 });
    const end = new AbortController();
    setTimeout(() => end.abort(reason), 100);
    const call = client.deleteManualBackup({ backup_id: "b" }, { signal: end.signal });
    await expect(call).rejects.toSatisfy((thrown) => Object.is(thrown, reason));
    expect(events).toEqual([]);
  },
);

it("onError is not called when the caller aborts", async () => {
  const events: ErrorEvent[] = [];
  const client = clientOf("http://127.0.0.1:2", { onError: (event) => events.push(event) });
  await failing(client.createManualBackup(backup, { signal: AbortSignal.abort(new Error("mine")) }));
  expect(events).toEqual([]);
});

describe("onAbort tells what is known of a call that its caller ended", () => {
  const busy = { error_code: "DBS.200019", error_msg: "x" };
  /** What is told of a create whose caller ends it once the server, or the client, is so far. */
  async function told(
    answer: (response: ServerResponse, abort: () => void) => unknown,
    options: (abort: () => void) => Partial<ClientOptions> = () => ({}),
  ): Promise<AbortEvent[]> {
    const events: AbortEvent[] = [];
    const controller = new AbortController();
    const abort = () => controller.abort("mine");
    await using server = await listen((_, response) => answer(response, abort));
    const client = clientOf(server.url, { retries: 2, ...options(abort), onAbort: (event) => events.push(event) });
    const ofCall: AbortEvent[] = [];
    const call = { signal: controller.signal, onAbort: (event: AbortEvent) => ofCall.push(event) };
    await expect(client.createManualBackup(backup, call)).rejects.toBe("mine");
    expect(ofCall).toEqual(events);
    return events;
  }

  it("nothing was sent, where the token was still awaited", async () => {
    const auth = (abort: () => void) => () => {
      abort();
      return new Promise<string>(() => {});
    };
    const events = await told(
      () => {},
      (abort) => ({ auth: auth(abort) }),
    );
    expect(events).toMatchObject([{ operation: "createManualBackup", attempt: 1, outcome: "not-sent" }]);
  });
  it("refused, where it waited to try again", async () => {
    const events = await told(
      (response) => json(response, 403, busy, { "x-request-id": "r-1" }),
      (abort) => ({ onRetry: abort }),
    );
    expect(events).toMatchObject([{ attempt: 1, outcome: "refused", requestId: "r-1" }]);
  });
  it("unknown, where an answer was awaited, also after attempts that were refused", async () => {
    let requests = 0;
    const events = await told((response, abort) => {
      requests++;
      return requests === 1 ? json(response, 403, busy) : abort();
    });
    expect(events).toMatchObject([{ attempt: 2, outcome: "unknown" }]);
  });
  it("unknown, where a part of the answer had come", async () => {
    const events = await told((response, abort) => {
      response.writeHead(202, { "content-length": 100 }).write("{", abort);
    });
    expect(events).toMatchObject([{ attempt: 1, outcome: "unknown" }]);
  });
  it("unknown, where the service had said yes: the backup may be there", async () => {
    const events = await told(
      (response) => json(response, 202, created, { "x-request-id": "r-2" }),
      (abort) => ({ onResponse: () => soon(abort) }),
    );
    expect(events).toMatchObject([{ attempt: 1, outcome: "unknown", requestId: "r-2" }]);
  });
  it("nothing was sent, where it was ended by the hook that speaks of the request", async () => {
    let sent = 0;
    const fetch = async () => {
      sent++;
      return Response.json(created, { status: 202 });
    };
    const events = await told(
      () => {},
      (abort) => ({ onRequest: abort, fetch }),
    );
    expect(events).toMatchObject([{ attempt: 1, outcome: "not-sent" }]);
    expect(sent).toBe(0);
  });
  it("the request ID of an answer whose body had not ended", async () => {
    const events = await told((response, abort) => {
      response
        .writeHead(202, { "content-length": 100, "x-request-id": "r-3" })
        .write("{", () => setTimeout(abort, 100));
    });
    expect(events).toMatchObject([{ outcome: "unknown", requestId: "r-3" }]);
  });
  it("nothing was sent, where the signal had aborted before", async () => {
    const events: AbortEvent[] = [];
    const client = clientOf("http://127.0.0.1:2", { onAbort: (event) => events.push(event) });
    await failing(client.createManualBackup(backup, { signal: AbortSignal.abort() }));
    expect(events).toMatchObject([{ attempt: 0, outcome: "not-sent", requestId: undefined }]);
  });
  it("for raw too, and not where the call ended by itself", async () => {
    await using server = await listen((_, response) => json(response, 503, {}));
    const events: AbortEvent[] = [];
    const onAbort = (event: AbortEvent) => events.push(event);
    const client = clientOf(server.url, { retries: 0 });
    await client.raw.DELETE(rawPath, { ...rawParams, onAbort });
    await failing(client.deleteManualBackup({ backup_id: "b" }, { onAbort }));
    expect(events).toEqual([]);
    await failing(client.raw.DELETE(rawPath, { ...rawParams, signal: AbortSignal.abort(), onAbort }));
    expect(events).toMatchObject([{ operation: "deleteManualBackup", outcome: "not-sent" }]);
  });
});

/** Calls back before the client has turned a response into a value. */
async function soon(callback: () => void): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await null;
  callback();
}

it("a hundred calls at once on one signal warn of nothing, and one abort ends them all", async () => {
  const warned = vi.spyOn(process, "emitWarning");
  await using server = await listen(() => {});
  const controller = new AbortController();
  const client = clientOf(server.url);
  const calls = Array.from({ length: 100 }, () =>
    failing(client.createManualBackup(backup, { signal: controller.signal })),
  );
  const reason = new GeminiDBError("mine");
  setTimeout(() => controller.abort(reason), 100);
  expect(new Set(await Promise.all(calls))).toEqual(new Set([reason]));
  expect(warned).not.toHaveBeenCalled();
});
