import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { pause } from "../support/pause.js";
import { type Step, success } from "./steps.js";
import type { Fault } from "./table.js";

/** What a server saw of one call. */
export interface Seen {
  /** Requests for the operation of the call. */
  requests: number;
  /** How many backups its creates have made. */
  backups: number;
  /** Whether its first request came over a connection that had carried another. */
  reused: boolean;
}

export interface FaultServer extends Seen {
  url: string;
  close(): void;
}

/** The path by which a warm-up request is known: it is answered with a success, and not counted. */
export const warmUpId = "warm-up";

/** A server of its own for one call, which does what the fault says. It knows no more of HTTP than where a request ends. */
export async function startFaultServer(fault: Fault): Promise<FaultServer> {
  const seen: Seen = { requests: 0, backups: 0, reused: false };
  const sockets = new Set<Socket>();
  const serve = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A client may close at any moment, which is no fault of the test.
    socket.on("error", () => socket.destroy());
    new Connection(socket, fault, seen).start();
  };
  // A half-open connection has to stay open: some faults end one direction only.
  const server = listensWithTls(fault)
    ? createTlsServer({ ...certificateOf(fault), allowHalfOpen: true }, serve)
    : createServer({ allowHalfOpen: true }, serve);
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => (server as Server).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return Object.assign(seen, { url: `${fault.tls ? "https" : "http"}://127.0.0.1:${port}`, close });
}

type Certificate = Exclude<Fault["tls"], "none" | undefined>;

function listensWithTls(fault: Fault): fault is Fault & { tls: Certificate } {
  return fault.tls !== undefined && fault.tls !== "none";
}

const tls = (name: string) => readFileSync(new URL(`../support/tls/${name}.pem`, import.meta.url), "utf8");

/** Certificates of the same key, which fail in one way each. */
function certificateOf(fault: Fault & { tls: Certificate }): { key: string; cert: string } {
  return { key: tls("key"), cert: tls(fault.tls) };
}

/** What the client must trust, so that each certificate but the self-signed one fails in its own way only. */
export const trusted = tls("wrong-host") + tls("expired");

/** One connection: finds the requests in what arrives, and does the steps of the fault. */
class Connection {
  private received = Buffer.alloc(0);
  /** How many requests it has carried. */
  private carried = 0;
  /** The steps of the request that arrives have begun before it was read. */
  private begun = false;

  constructor(
    private readonly socket: Socket,
    private readonly fault: Fault,
    private readonly seen: Seen,
  ) {}

  start(): void {
    if (this.fault.from === "connection") {
      this.count();
      void this.perform(this.fault.steps ?? []);
      return;
    }
    this.socket.on("data", (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.look();
    });
    this.socket.on("end", () => this.socket.end());
  }

  private look(): void {
    const request = readRequest(this.received);
    if (request.kind === "operation" && this.fault.from === "first byte" && !this.begun) {
      this.begun = true;
      this.count();
      void this.perform(this.fault.steps ?? []);
    }
    if (this.begun || request.length === undefined) return;
    this.received = this.received.subarray(request.length);
    void this.answer(request);
    this.carried++;
  }

  private async answer({ kind, isCreate }: ArrivingRequest): Promise<void> {
    const { fault, socket } = this;
    if (kind === "preflight") return void socket.write(preflightAnswer);
    if (kind === "token") return this.perform(fault.token ?? []);
    if (kind === "warm-up") {
      await this.perform(success);
      if (fault.closesIdle) socket.end();
      return;
    }
    this.count();
    if (isCreate && fault.carriedOut) this.seen.backups++;
    await this.perform((this.seen.requests > 1 && fault.later) || (fault.steps ?? []));
  }

  private count(): void {
    if (this.seen.requests === 0) this.seen.reused = this.carried > 0;
    this.seen.requests++;
  }

  private async perform(steps: readonly Step[]): Promise<void> {
    const { socket } = this;
    for (const step of steps) {
      if (socket.destroyed) return;
      if (step.do === "write") socket.write(fresh(step.bytes));
      if (step.do === "pause") await pause(step.milliseconds);
      if (step.do === "close") socket.end();
      if (step.do === "reset") socket.resetAndDestroy();
      if (step.do === "drip") {
        while (!socket.destroyed) {
          socket.write("1\r\n \r\n");
          await pause(50);
        }
      }
    }
  }
}

let tokens = 0;

/** A token that was not given before, where the step asks for one. */
function fresh(bytes: Buffer): Buffer {
  const placeholder = "{another}";
  if (!bytes.includes(placeholder)) return bytes;
  return Buffer.from(bytes.toString("latin1").replace(placeholder, `token-${++tokens}`), "latin1");
}

const preflightAnswer = [
  "HTTP/1.1 204 No Content",
  "access-control-allow-origin: *",
  "access-control-allow-methods: *",
  "access-control-allow-headers: *",
  "access-control-max-age: 600",
  "\r\n",
].join("\r\n");

interface ArrivingRequest {
  kind: "preflight" | "token" | "warm-up" | "operation";
  isCreate: boolean;
  /** Its bytes, once all of them have arrived. */
  length: number | undefined;
}

function readRequest(bytes: Buffer): ArrivingRequest {
  const text = bytes.toString("latin1");
  const [line = ""] = text.split("\r\n", 1);
  const [method = "", path = ""] = line.split(" ");
  return { kind: kindOf(method, path), isCreate: method === "POST", length: lengthOf(text) };
}

function kindOf(method: string, path: string): ArrivingRequest["kind"] {
  if (method === "OPTIONS") return "preflight";
  if (path.startsWith("/v3/auth/tokens")) return "token";
  return path.endsWith(`/${warmUpId}`) ? "warm-up" : "operation";
}

/** How long a request is with its body. Undefined while a part of it has not arrived. */
function lengthOf(text: string): number | undefined {
  const headersEnd = text.indexOf("\r\n\r\n");
  if (headersEnd === -1) return undefined;
  const headers = text.slice(0, headersEnd).toLowerCase();
  const bodyStart = headersEnd + 4;
  if (headers.includes("transfer-encoding: chunked")) {
    const bodyEnd = text.indexOf("0\r\n\r\n", bodyStart);
    return bodyEnd === -1 ? undefined : bodyEnd + 5;
  }
  const declared = /content-length: *(\d+)/.exec(headers)?.[1];
  const length = bodyStart + Number(declared ?? 0);
  return text.length >= length ? length : undefined;
}
