import type { ServerResponse } from "node:http";
import type { Connection } from "./connections.js";

/** The other side of a connection. Its signal is made when it is first asked for, because most requests do not need it. */
export class HttpCaller {
  readonly #connection: Connection;
  readonly #response: ServerResponse;
  #controller: AbortController | undefined;

  constructor(connection: Connection, response: ServerResponse) {
    this.#connection = connection;
    this.#response = response;
  }

  get isGone(): boolean {
    return this.#response.destroyed || this.#connection.isClosed;
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      const controller = new AbortController();
      this.#controller = controller;
      if (this.isGone) controller.abort();
      else {
        const stop = this.#connection.whenClosed(() => controller.abort());
        this.#response.once("close", () => {
          stop();
          controller.abort();
        });
      }
    }
    return this.#controller.signal;
  }
}
