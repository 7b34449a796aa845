import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { MalformedBody } from "./bodies.js";
import { realPause } from "./clock.js";
import { UnderWay, waitForAbort } from "./waiting.js";

/** Milliseconds that a client gets to read an answer before the connection is reset. */
const timeToRead = 10;

/** What is known of one connection. */
export class Connection {
  /** The TCP socket. With TLS, it carries the socket from which requests are read. */
  readonly #carrier: Socket;
  /** Its addresses and ports on both sides. They are kept, because a closed socket has none. */
  readonly addresses: string;
  /** The request that arrived last: the only one whose body can still be under way. */
  #latest: IncomingMessage | undefined;
  /** How many bytes had been received when the mock began to serve that request. */
  #readWhenServed = -1;
  readonly #serving = new Map<IncomingMessage, Promise<void>>();
  /** Whether a request on it was refused, so that the connection is being closed. Requests that still arrive are not served. */
  isRefused = false;
  isClosed = false;
  /** Whether the caller has ended its side before a request was complete. */
  #isBrokenOff = false;
  /** Whether a request on it gets no answer. */
  #isHanging = false;
  /** Why the parser refuses the body that is being received. */
  #bodyFault: MalformedBody | undefined;
  /** Rejects the read that waits for that body. */
  #rejectBody: ((fault: MalformedBody) => void) | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(carrier: Socket) {
    this.#carrier = carrier;
    this.addresses = addressesOf(carrier);
  }

  /** Calls back when the connection closes, at once where it has, until the returned function is called. */
  whenClosed(callback: () => void): () => void {
    if (this.isClosed) callback();
    else this.#waiting.add(callback);
    return () => this.#waiting.delete(callback);
  }

  /**
   * Waits for something, or for the end of the connection, because a response that waits for its turn gets no event when the
   * connection ends.
   * @param start begins it, and calls back when it is done
   */
  async unlessClosed(start: (done: () => void) => void): Promise<void> {
    let stop = () => {};
    await new Promise<void>((resolve) => {
      stop = this.whenClosed(resolve);
      start(resolve);
    });
    stop();
  }

  /** Called when the caller has ended its side before a request was complete. */
  breakOff(): void {
    this.#isBrokenOff = true;
    this.#closeIfPointless();
  }

  /** Answers nothing until the caller goes away. What follows on the connection is not answered either. */
  async hang(caller: AbortSignal): Promise<void> {
    this.#isHanging = true;
    this.#closeIfPointless();
    await waitForAbort(caller);
  }

  /** Closes the connection once its caller has broken off and no answer will come. */
  #closeIfPointless(): void {
    if (this.#isBrokenOff && this.#isHanging) this.destroy();
  }

  /** Called by `Connections` when the connection has closed. */
  closed(): void {
    this.isClosed = true;
    for (const callback of [...this.#waiting]) callback();
  }

  /** Remembers that a request has arrived, and is being served. */
  serve(request: IncomingMessage, served: Promise<void>): void {
    this.#latest = request;
    this.#readWhenServed = request.socket.bytesRead;
    this.#serving.set(request, served);
    void served.then(() => this.#serving.delete(request));
  }

  get hasServed(): boolean {
    return this.#latest !== undefined;
  }

  /** Whether a request that is or was served came with the last bytes that were read. */
  hasServedSinceLastRead({ bytesRead }: Socket): boolean {
    return this.#readWhenServed === bytesRead;
  }

  /** Whether the body of a request that is being served is still arriving. */
  get isInsideBody(): boolean {
    return this.#latest?.complete === false;
  }

  /**
   * The body of a request. Reading it throws where the parser refuses a part of it. Node reports that to the server only, and
   * for the request its body would seem to go on.
   * @throws {MalformedBody}
   */
  async *bodyOf(request: IncomingMessage): AsyncGenerator<Uint8Array, void, void> {
    // The request must outlive a body that is not read to its end.
    const chunks = request.iterator({ destroyOnReturn: false });
    const broken = new Promise<never>((_, reject) => {
      this.#rejectBody = reject;
      if (this.#bodyFault) reject(this.#bodyFault);
    });
    // It may be rejected while nobody waits for it.
    broken.catch(() => {});
    try {
      for (;;) {
        const next = await Promise.race([chunks.next(), broken]);
        if (next.done) return;
        yield next.value;
      }
    } finally {
      // Releases the request, so that the rest of its body can be read and dropped. A read that waits for a chunk ends by itself.
      void chunks.return?.(undefined).catch(() => {});
    }
  }

  /** Called when the parser has refused a part of the body that is being received. */
  breakBody(reason: string): void {
    this.#bodyFault = new MalformedBody(reason);
    this.#rejectBody?.(this.#bodyFault);
  }

  /** Waits for the answer to the request whose body is being received. */
  async untilLatestServed(): Promise<void> {
    if (this.#latest) await this.#serving.get(this.#latest);
  }

  get isServingLatest(): boolean {
    return this.#latest !== undefined && this.#serving.has(this.#latest);
  }

  /** Waits for the answers to all requests that have arrived completely. */
  async untilServed(): Promise<void> {
    const whole = [...this.#serving].filter(([{ complete }]) => complete);
    await Promise.all(whole.map(([, served]) => served));
  }

  /** Waits until the answers to the requests before this one have been sent. */
  async untilAnsweredBefore(request: IncomingMessage): Promise<void> {
    const requests = [...this.#serving.keys()];
    const before = requests.slice(0, requests.indexOf(request));
    if (before.length === 0) return;
    await Promise.all(before.map((one) => this.#serving.get(one)));
    // When a client on Node finds an answer and the reset at once, it takes the reset for an ordinary end.
    await realPause(timeToRead);
  }

  /** Resets the connection, which only the TCP socket can do. */
  reset(): void {
    this.#carrier.resetAndDestroy();
  }

  destroy(): void {
    this.#carrier.destroy();
  }
}

/** The connections of a server, and what is served on them. */
export class Connections {
  readonly #open = new Set<Connection>();
  readonly #bySocket = new WeakMap<Socket, Connection>();
  /** Each of them ends soon after its connection. */
  readonly #underWay = new UnderWay();

  /** @param unref whether the process may end although a connection is open */
  constructor(server: Server, unref: boolean) {
    server.on("connection", (socket: Socket) => {
      const connection = new Connection(socket);
      this.#bySocket.set(socket, connection);
      this.#open.add(connection);
      socket.on("close", () => {
        this.#open.delete(connection);
        connection.closed();
      });
      if (unref) socket.unref();
    });
    // At once, because a socket that has been closed no longer has the addresses by which its TCP socket is found.
    server.on("secureConnection", (socket: Socket) => this.of(socket));
  }

  /** The connection of a TCP or TLS socket. */
  of(socket: Socket): Connection {
    const known = this.#bySocket.get(socket);
    if (known) return known;
    const addresses = addressesOf(socket);
    const found = [...this.#open].find((one) => one.addresses === addresses) ?? new Connection(socket);
    this.#bySocket.set(socket, found);
    return found;
  }

  /** Remembers that something is being served, until it has ended. */
  track(served: Promise<void>): void {
    this.#underWay.add(served);
  }

  /** Ends every connection, and waits for what was served on it. */
  async close(): Promise<void> {
    for (const connection of this.#open) connection.destroy();
    await this.#underWay.ended();
  }
}

function addressesOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return JSON.stringify([remoteAddress, remotePort, localAddress, localPort]);
}
