/** What reaches the port of a mock that speaks https, and is no request. */
import { mkdtempSync, readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { type Mock, startMock } from "geminidb-backup/mock";
import { generate } from "selfsigned";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { pause } from "../support/pause.js";
import { backupPath, hasIpv6, sendBytes } from "./calls.js";

const har = join(mkdtempSync(join(tmpdir(), "geminidb-backup-tls-")), "traffic.har");
const entries = () => JSON.parse(readFileSync(har, "utf8")).log.entries;

let mock: Mock;
let tls: { cert: string; key: string };
beforeAll(async () => {
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], { keySize: 2048 });
  tls = { cert, key };
  mock = await startMock({ tls, har });
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

const port = () => Number(new URL(mock.url).port);
/** A fatal alert, "unknown CA", as a client sends it that does not trust the certificate. */
const alert = Buffer.of(0x15, 3, 3, 0, 2, 2, 48);

/** Waits until a connection is closed, for whatever reason, and the mock has seen it. */
async function end(socket: Socket): Promise<void> {
  socket.on("error", () => {});
  await new Promise((resolve) => socket.resume().on("close", resolve));
  await pause(50);
}

/** A connection with TLS, and the one of TCP below it. */
async function handshake(): Promise<{ below: Socket; secure: Socket }> {
  const below = connect(port(), "127.0.0.1");
  const secure = connectTls({ socket: below, rejectUnauthorized: false });
  secure.on("error", () => {});
  await new Promise((resolve) => secure.on("secureConnect", resolve));
  return { below, secure };
}

describe("the address", () => {
  const addressOf = async (host: string, options = {}) => {
    await using one = await startMock({ host, ...options });
    return one.url.replace(/\d+$/, "PORT");
  };
  it("has the name that was given as the host, which the certificate is for", async () => {
    await using one = await startMock({ tls, host: "localhost" });
    expect(one.url).toMatch(/^https:\/\/localhost:\d+$/);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(one.url, { ca: tls.cert }, resolve).on("error", reject);
    });
    expect(answer.resume().statusCode).toBe(404);
  });
  it("has the address where one was given, and one that can be reached in place of all", async () => {
    expect(await addressOf("127.0.0.2", { tls })).toBe("https://127.0.0.2:PORT");
    expect(await addressOf("0.0.0.0", { tls })).toBe("https://127.0.0.1:PORT");
    expect(await addressOf("0", { tls })).toBe("https://127.0.0.1:PORT");
  });
  it.runIf(hasIpv6)("has brackets around one of IPv6", async () => {
    expect(await addressOf("::1", { tls })).toBe("https://[::1]:PORT");
    expect(await addressOf("::", { tls })).toBe("https://[::1]:PORT");
  });
  it("without TLS is the one that the name stands for", async () => {
    expect(await addressOf("localhost")).toMatch(/^http:\/\/(127\.0\.0\.1|\[::1\]):PORT$/);
  });
});

describe("a connection on which TLS fails carries no request", () => {
  it.each<[string, ConnectionOptions]>([
    ["the versions differ", { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }],
    ["the protocols differ", { ALPNProtocols: ["h2"] }],
    ["the client leaves before it has sent anything", {}],
  ])("where %s", async (_, options) => {
    const socket = connectTls({ port: port(), rejectUnauthorized: false, ...options });
    socket.on("secureConnect", () => socket.end());
    await end(socket);
    expect(mock.requests).toEqual([]);
    mock.verify();
  });
  it("where the client refuses the certificate", async () => {
    const { below } = await handshake();
    below.write(alert);
    await end(below);
    expect(mock.requests).toEqual([]);
    mock.verify();
  });
  it("and is closed by the mock", async () => {
    expect(await sendBytes(mock.url, alert)).not.toContain("HTTP");
    expect(mock.requests).toEqual([]);
  });
});

it.each(["GET", "DELETE", "POST", "CONNECT"])(
  "HTTP without TLS is one request that gets no answer: %s",
  async (method) => {
    const before = entries().length;
    expect(await sendBytes(mock.url, `${method} ${backupPath} HTTP/1.1\r\nhost: x\r\n\r\n`)).not.toContain("HTTP");
    const message = "it came without TLS, and this mock speaks https: let the address begin with https://";
    expect(mock.requests).toMatchObject([{ method: "", path: "", answer: "unfinished", violations: [{ message }] }]);
    expect(() => mock.verify()).toThrow(`answered unfinished: ${message}`);
    expect(entries().slice(before)).toMatchObject([{ comment: message, response: { status: 0 } }]);
  },
);

it("a request whose connection fails behind the handshake stays the only one", async () => {
  mock.respond("deleteManualBackup", { fault: "hang" });
  const { below, secure } = await handshake();
  secure.write(`DELETE ${backupPath} HTTP/1.1\r\nhost: x\r\nx-auth-token: a\r\n\r\n`);
  const answers = () => mock.requests.map(({ answer }) => answer);
  await expect.poll(answers).toEqual(["hang"]);
  below.write("GET / HTTP/1.1\r\n\r\n");
  await end(below);
  expect(answers()).toEqual(["hang"]);
});
