/** Requests that wait on one connection for the answer to the one before them, which may never come. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { type Fault, type Mock, type Reply, startMock } from "geminidb-backup/mock";
import { expect, it } from "vitest";
import { backupPath, dial, instancePath } from "./calls.js";

const body = '{"name":"nightly","description":""}';
const creating = `POST ${instancePath} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: any\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const deleting = `DELETE ${backupPath} HTTP/1.1\r\nHost: x\r\nX-Auth-Token: any\r\n\r\n`;

async function send(mock: Mock, text: string): Promise<Socket> {
  const socket = dial(mock.url);
  socket.write(text);
  return socket;
}

it.each<Reply>([{ fault: "hang" }, { delay: 60_000 }, { fault: "reset" }, { fault: "cut" }, { fault: "drip" }])(
  "behind %j: close() ends, and the record says that its answer never left",
  async (reply) => {
    const told: string[] = [];
    const mock = await startMock({ onRequest: ({ method }) => told.push(method) });
    mock.respond("createManualBackup", reply);
    const socket = await send(mock, creating + deleting);
    await expect
      .poll(() => mock.requests.map(({ answer }) => answer).filter((one) => one !== "pending").length)
      .toBe(2);
    await mock.close();
    expect(mock.requests[1]).toMatchObject({ method: "DELETE", answer: expect.stringMatching(/^\d+ undelivered$/) });
    expect(told).toContain("DELETE");
    socket.destroy();
  },
);

it.each<Reply>([{ fault: "drip" }, { fault: "cut" }, { fault: "hang" }])(
  "as one of which %j was asked: close() ends, too",
  async (reply) => {
    const mock = await startMock();
    mock.respond("createManualBackup", { fault: "hang" });
    mock.respond("deleteManualBackup", reply);
    const socket = await send(mock, creating + deleting);
    await expect.poll(() => mock.pending).toEqual([]);
    await mock.close();
    expect(mock.requests).toHaveLength(2);
    socket.destroy();
  },
);

it.each<[string, string, string[]]>([
  ["an upload", creating.replace("{", ""), ["unfinished"]],
  [
    "an upload that was refused",
    creating.replace(/Content-Length: \d+/, "Content-Length: 99999999"),
    ["413 undelivered"],
  ],
  ["another request and an upload", deleting + creating.replace("{", ""), ["202 undelivered", "unfinished"]],
])("behind one that hangs: %s that breaks off is the end of all", async (_, text, answers) => {
  const told: string[] = [];
  await using mock = await startMock({ backups: [], onRequest: ({ answer }) => told.push(answer) });
  mock.respond("createManualBackup", { fault: "hang" });
  mock.respond("deleteManualBackup", { example: "accepted" });
  const socket = await send(mock, creating + text);
  await expect.poll(() => mock.requests.length).toBe(answers.length + 1);
  socket.end();
  await expect.poll(() => told.toSorted()).toEqual([...answers, "hang"].toSorted());
  expect(mock.requests.map(({ answer }) => answer)).toEqual(["hang", ...answers]);
});

it("as one that is to hang, and is decided when its connection has broken off already: it ends, too", async () => {
  await using mock = await startMock();
  mock.respond("createManualBackup", { fault: "hang", delay: 100 });
  const socket = await send(mock, creating + creating.replace("{", ""));
  await expect.poll(() => mock.requests.length).toBe(2);
  socket.end();
  await expect.poll(() => mock.requests.map(({ answer }) => answer)).toEqual(["hang", "unfinished"]);
});

it("behind one that was refused: it is not served", async () => {
  const mock = await startMock({ backups: [] });
  const socket = await send(mock, `DELETE ${backupPath} HTTP/1.1\r\n\r\n${creating}`);
  await once(socket.resume(), "close");
  expect(mock.requests.map(({ method, answer }) => [method, answer])).toEqual([["DELETE", "400"]]);
  expect(mock.backups).toEqual([]);
  await mock.close();
});

it.each<[Fault, number]>([
  ["reset", 0],
  ["reset", 300],
  ["reset-early", 0],
  ["reset-early", 300],
])(
  "as one of which %j is asked: the answer to the one before it arrives, after %d ms, and then the reset",
  async (fault, delay) => {
    await using mock = await startMock();
    mock.respond("createManualBackup", { delay });
    mock.respond("deleteManualBackup", { fault });
    const socket = await send(mock, creating + deleting);
    let text = "";
    socket.on("data", (chunk) => (text += chunk));
    const end = await new Promise((resolve) => {
      socket.on("error", ({ code }: NodeJS.ErrnoException) => resolve(code)).on("close", () => resolve("closed"));
    });
    expect(text).toMatch(/^HTTP\/1\.1 202 /);
    expect(end).toBe("ECONNRESET");
    await expect.poll(() => mock.requests.map(({ answer }) => answer)).toEqual(["202", "reset"]);
  },
);

it("behind one whose body is too large: it is served", async () => {
  await using mock = await startMock();
  const chunk = `100000\r\n${"x".repeat(2 ** 20)}\r\n`;
  const head = creating.replace(/Content-Length.*$/s, "Transfer-Encoding: chunked\r\n\r\n");
  const socket = await send(mock, `${head}${chunk.repeat(20)}0\r\n\r\n${deleting}`);
  socket.resume();
  await expect.poll(() => mock.requests.map(({ answer }) => answer), { timeout: 10_000 }).toEqual(["413", "202"]);
  socket.destroy();
});
