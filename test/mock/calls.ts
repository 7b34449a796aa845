import { connect, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import type { Mock } from "geminidb-backup/mock";
import { creating, deleting, exampleUri } from "../support/transcript.js";

export const instancePath = exampleUri(creating).path;
export const backupPath = exampleUri(deleting).path;
export const token = { "x-auth-token": "any" };
export const json = { ...token, "content-type": "application/json" };

/** Whether this machine has a loopback address of IPv6. */
export const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === "::1");

/** A way to a mock: through its port, or without one. */
export type Way = (mock: Mock, path: string, init: RequestInit) => Promise<Response>;
export const ways: [string, Way][] = [
  ["through the port", (mock, path, init) => fetch(mock.url + path, init)],
  ["through mock.fetch", (mock, path, init) => mock.fetch(mock.url + path, init)],
];

export const create = (mock: Mock, name = "nightly", init: RequestInit = {}, path = instancePath) =>
  fetch(mock.url + path, {
    method: "POST",
    body: JSON.stringify({ name, description: "" }),
    ...init,
    headers: { ...json, ...Object(init.headers) },
  });
export const remove = (mock: Mock, init: RequestInit = {}, path = backupPath) =>
  fetch(mock.url + path, { method: "DELETE", ...init, headers: { ...token, ...Object(init.headers) } });

/** A connection to a mock, which may end it at any moment. */
export function dial(url: string): Socket {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => {});
  return socket;
}

/** Sends bytes as they are, and gives what comes back until the connection ends. */
export function sendBytes(url: string, bytes: string | Buffer, patience = 5000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(bytes));
    let text = "";
    const done = () => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(patience, done);
    socket.on("data", (chunk) => (text += chunk));
    socket.on("error", done);
    socket.on("close", done);
  });
}
