/** Requests that wait on one connection for the answer to the one before them, which may never come. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { type Mock, type Reply, startMock } from "geminidb-backup/mock";
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

it("behind one that was refused: it is not served", async () => {
  const mock = await startMock({ backups: [] });
  const socket = await send(mock, `DELETE ${backupPath} HTTP/1.1\r\n\r\n${creating}`);
  await once(socket.resume(), "close");
  expect(mock.requests.map(({ method, answer }) => [method, answer])).toEqual([["DELETE", "400"]]);
  expect(mock.backups).toEqual([]);
  await mock.close();
});
