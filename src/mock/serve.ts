import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Connection, Connections } from "./connections.js";
import { controlAnswer } from "./control.js";
import { HttpCaller } from "./http-caller.js";
import type { Core } from "./mock.js";
import { type Answer, closingAnswer, type Exchange, type Incoming, resetDelivery } from "./outcome.js";
import { sendPieces, sendWhole } from "./send-answer.js";

/** Answers the requests that arrive at the port: those for the core, and those for its control interface. */
export function answerRequests(server: Server, connections: Connections, core: Core, control: boolean): void {
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const connection = connections.of(request.socket);
    // Requests after one that was refused are not served: the answer to that one closes the connection.
    if (connection.isRefused) return;
    const served = begin(core, control, connection, request, response);
    connection.serve(request, served);
    connections.track(served);
  };
  server.on("request", handle);
  // A request with the header Expect is answered like any other.
  server.on("checkExpectation", handle);
}

/** Begins to serve a request. @returns a promise that is fulfilled when its answer has been sent, or cannot be sent any more */
function begin(
  core: Core,
  control: boolean,
  connection: Connection,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const controlled = control ? controlAnswer(core, connection, request) : undefined;
  if (controlled) return sendControlled(controlled, connection, request, response);
  if (request.httpVersion === "1.1" && request.headers.host === undefined) {
    return refuseWithoutHost(core, connection, request, response);
  }
  return serve(core, connection, request, response);
}

/** RFC 9112 says that such a request is answered 400. */
async function refuseWithoutHost(
  core: Core,
  connection: Connection,
  { method, url }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  connection.isRefused = true;
  const record = core.refusedBeforeRouting(`${method} ${url} HTTP/1.1`, 400, "the header Host is missing");
  record((await sendWhole(connection, response, closingAnswer(400))) !== undefined);
}

async function sendControlled(
  answer: Promise<Answer>,
  connection: Connection,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const whole = await answer;
  // The rest of a body that was refused is read and dropped, so that the next request can follow.
  request.resume();
  await sendWhole(connection, response, whole);
}

async function serve(
  core: Core,
  connection: Connection,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const caller = new HttpCaller(connection, response);
  const { outcome, end }: Exchange = await core.exchange(incomingOverHttp(request, connection, caller));
  if (outcome.kind === "answer" && !caller.isGone) {
    const isWhole = outcome.pace === "whole";
    const delivery = isWhole
      ? sendWhole(connection, response, outcome)
      : sendPieces(connection, response, outcome, caller.signal);
    // The rest of a body that was refused is read and dropped, so that the answer arrives.
    request.resume();
    return end(await delivery);
  }
  if (outcome.kind === "reset" && !caller.isGone) {
    // The answers to the earlier requests still arrive.
    await connection.untilAnsweredBefore(request);
    const delivery = caller.isGone ? undefined : resetDelivery;
    connection.reset();
    return end(delivery);
  }
  if (outcome.kind === "hang") await connection.hang(caller.signal);
  end();
}

function incomingOverHttp(request: IncomingMessage, connection: Connection, caller: HttpCaller): Incoming {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return {
    method: request.method ?? "",
    target: request.url ?? "/",
    headers,
    get signal() {
      return caller.signal;
    },
    readBody: () => connection.bodyOf(request),
  };
}
