import type { ServerResponse } from "node:http";
import { deliveryOf, pieces } from "./bodies.js";
import type { Connection } from "./connections.js";
import type { Answer, Delivery } from "./outcome.js";

/**
 * Sends an answer at once.
 * @returns what has been sent; undefined where the caller has gone
 */
export async function sendWhole(
  connection: Connection,
  response: ServerResponse,
  { status, headers, body }: Answer,
): Promise<Delivery | undefined> {
  // The response of a caller that has gone emits no event when it ends.
  if (response.destroyed || connection.isClosed) return undefined;
  response.writeHead(status, headers);
  await connection.unlessClosed((done) => {
    response.once("close", done);
    response.end(body, done);
  });
  return response.writableFinished ? { isComplete: true, bodySize: Buffer.byteLength(body) } : undefined;
}

/**
 * Sends an answer piece by piece.
 * @returns what has been sent
 */
export async function sendPieces(
  connection: Connection,
  response: ServerResponse,
  answer: Answer,
  caller: AbortSignal,
): Promise<Delivery> {
  response.writeHead(answer.status, answer.headers);
  let bodySize = 0;
  for await (const piece of pieces(answer, caller)) {
    // A piece must have been sent before the next one, and before the connection ends.
    await connection.unlessClosed((done) =>
      response.write(piece, (error) => {
        if (!error) bodySize += piece.length;
        done();
      }),
    );
  }
  if (answer.pace === "cut") response.socket?.destroy();
  else await connection.unlessClosed((done) => response.end(done));
  return deliveryOf(answer, bodySize);
}
