import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { createClient, TimeoutError } from "geminidb-backup";
import { describe, expect, it, vi } from "vitest";
import { clientOf } from "../support/calls.js";
import { callWhileCollecting } from "../support/collecting.js";
import { failing, json, listen } from "../support/http.js";

const drip = (response: ServerResponse) => {
  response.writeHead(202, { "content-type": "application/json" });
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};
const hangs: [string, (response: ServerResponse) => unknown][] = [
  ["before the headers", () => {}],
  ["inside the headers", (response) => response.socket?.write("HTTP/1.1 202 Accepted\r\ncontent-ty")],
  ["inside the body", (response) => response.writeHead(202, { "content-length": 100 }).write("{")],
  ["in a slow drip", drip],
];

describe("a timeout", () => {
  it.each(hangs)("ends a server that hangs %s", async (_, write) => {
    await using server = await listen((_, response) => write(response));
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token", retries: 0, timeout: 150 });
    const error = await failing<TimeoutError>(
      client.createManualBackup({ instance_id: "i", name: "nightly", description: "" }),
    );
    expect(TimeoutError.is(error)).toBe(true);
    expect(error.message).toBe(
      "createManualBackup: no answer within 150 ms. It may have been carried out: look before you repeat it",
    );
  });
  it.each([
    ["the global fetch", `auth: "a-token"`],
    ["a fetch of the caller", `auth: "a-token", fetch: (request) => fetch(request)`],
    ["a token that does not come", `auth: passwordToken({ ...account, iamUrl: url })`],
  ])("lets the process end, also when memory was cleaned up meanwhile: %s", async (_, options) => {
    await using silent = await listen(() => {});
    const script = `
      import { createClient, passwordToken } from "geminidb-backup";
      const url = "${silent.url}";
      const account = { username: "alice", password: "planted-password-0123", domain: "acme", project: "ap-southeast-1" };
      const client = createClient({ baseUrl: url, project_id: "p", timeout: 1000, retries: 0, ${options} });
      const call = client.deleteManualBackup({ backup_id: "b" });`;
    expect(await callWhileCollecting(script)).toEqual([0, "TimeoutError"]);
  });
  it("closes every connection that a token function opened, also when memory was cleaned up meanwhile", async () => {
    await using silent = await listen(() => {});
    const script = `
      import { createClient } from "geminidb-backup";
      const url = "${silent.url}";
      const auth = async ({ fetch, signal }) => {
        const answers = await Promise.all([fetch(url + "/a", { signal }), fetch(url + "/b", { signal })]);
        return answers[0].text();
      };
      const client = createClient({ baseUrl: url, project_id: "p", timeout: 500, retries: 0, auth, fetch: (request) => fetch(request) });
      const call = client.deleteManualBackup({ backup_id: "b" });`;
    expect(await callWhileCollecting(script)).toEqual([0, "TimeoutError"]);
    expect(silent.received.map(({ url }) => url)).toEqual(["/a", "/b"]);
  });
  it("may be set for a call", async () => {
    await using server = await listen(() => {});
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token", retries: 0 });
    await expect(client.deleteManualBackup({ backup_id: "b" }, { timeout: 100 })).rejects.toThrow(
      /within 100 ms\. Repeating is safe/,
    );
    await expect(client.deleteManualBackup({ backup_id: "b" }, { timeout: -1 })).rejects.toThrow(TypeError);
  });
  it("counts for a token that does not come, and nothing is sent", async () => {
    await using server = await listen((_, response) => json(response, 202, { job_id: "j" }));
    const client = createClient({
      baseUrl: server.url,
      project_id: "p",
      auth: () => new Promise<string>(() => {}),
      retries: 0,
      timeout: 100,
    });
    await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toThrow(/within 100 ms\. Nothing was sent/);
    expect(server.received).toEqual([]);
  });
  it("holds for a fetch that ignores its signal", async () => {
    const fetch = () => new Promise<Response>(() => {});
    const client = createClient({
      region: "ap-southeast-1",
      project_id: "p",
      auth: "a-token",
      retries: 0,
      timeout: 100,
      fetch,
    });
    await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toSatisfy(TimeoutError.is);
  });
});

describe("the caller's abort comes back untouched", () => {
  const reasons = [new Error("mine"), "a text", { any: "thing" }, 0];
  it.each(reasons)("before the call: %j", async (reason) => {
    await using server = await listen((_, response) => json(response, 202, { job_id: "j" }));
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" });
    expect(await failing(client.deleteManualBackup({ backup_id: "b" }, { signal: AbortSignal.abort(reason) }))).toBe(
      reason,
    );
    expect(server.received).toEqual([]);
  });
  it.each([
    ["during the token", { auth: () => new Promise<string>(() => {}) }, () => {}],
    [
      "during the wait",
      { auth: "a-token" },
      (response: ServerResponse) => json(response, 429, {}, { "retry-after": "20" }),
    ],
    ...hangs.map(([name, write]): [string, { auth: string }, (response: ServerResponse) => unknown] => [
      `of an attempt that hangs ${name}`,
      { auth: "a-token" },
      write,
    ]),
  ])("%s", async (_, options, write) => {
    await using server = await listen((_, response) => write(response));
    const client = createClient({ baseUrl: server.url, project_id: "p", ...options });
    const reason = { mine: true };
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 80);
    expect(await failing(client.deleteManualBackup({ backup_id: "b" }, { signal: controller.signal }))).toBe(reason);
  });
  it("through raw too", async () => {
    await using server = await listen(() => {});
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" });
    const reason = new Error("mine");
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 50);
    const call = client.raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
      params: { path: { project_id: "p", backup_id: "b" } },
      signal: controller.signal,
    });
    expect(await failing(call)).toBe(reason);
  });
});

it("leaves no listener and no timer behind after ten thousand calls", async () => {
  const fetch = async () => Response.json({ job_id: "j" }, { status: 202 });
  const client = createClient({ region: "ap-southeast-1", project_id: "p", auth: "a-token", fetch });
  const { signal } = new AbortController();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  for (let i = 0; i < 10_000; i++) await client.deleteManualBackup({ backup_id: "b" }, { signal });
  expect(getEventListeners(signal, "abort")).toEqual([]);
  expect(timers()).toBeLessThanOrEqual(before);
});

it("an answer that comes after the timeout is not read, also by a fetch that ignores its signal", async () => {
  let cancelled = false;
  const late = new ReadableStream({
    cancel() {
      cancelled = true;
    },
  });
  const fetch = () => new Promise<Response>((resolve) => setTimeout(() => resolve(new Response(late)), 100));
  const client = clientOf("http://127.0.0.1:9", { fetch, timeout: 50 });
  expect((await failing(client.deleteManualBackup({ backup_id: "b" }))).name).toBe("TimeoutError");
  await expect.poll(() => cancelled).toBe(true);
});

it("an answer that comes after the timeout is told to no hook, also where it is none that the API gives", async () => {
  let answered = false;
  const fetch = async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    answered = true;
    return new Response(null, { status: 302, headers: { location: "/elsewhere" } });
  };
  const onResponse = vi.fn();
  const client = clientOf("http://127.0.0.1:9", { fetch, timeout: 50, onResponse });
  expect((await failing(client.deleteManualBackup({ backup_id: "b" }))).name).toBe("TimeoutError");
  await expect.poll(() => answered).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(onResponse).not.toHaveBeenCalled();
});

it.each<[string, (response: ServerResponse) => unknown]>([
  ["drips", drip],
  ["never comes to its end", (response) => response.writeHead(202).write("x")],
])(
  "an answer that %s is read no further after the timeout, also by a fetch that ignores its signal",
  async (_, answer) => {
    let closed = () => {};
    const closing = new Promise<void>((resolve) => {
      closed = resolve;
    });
    await using server = await listen((_request, response) => {
      response.on("close", closed);
      answer(response);
    });
    const fetch = ({ url, method, headers }: Request) => globalThis.fetch(url, { method, headers });
    const client = clientOf(server.url, { fetch, timeout: 300 });
    const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
    expect(error.name).toBe("TimeoutError");
    await closing;
  },
);

it("a signal that passes its listeners on to another is heard", async () => {
  await using server = await listen(() => {});
  const controller = new AbortController();
  const { signal: inner } = controller;
  const signal = {
    get aborted() {
      return inner.aborted;
    },
    get reason() {
      return inner.reason;
    },
    addEventListener: inner.addEventListener.bind(inner),
    removeEventListener: inner.removeEventListener.bind(inner),
  } as AbortSignal;
  const call = clientOf(server.url, { timeout: 20_000 }).deleteManualBackup({ backup_id: "b" }, { signal });
  setTimeout(() => controller.abort("enough"), 50);
  await expect(call).rejects.toBe("enough");
});
