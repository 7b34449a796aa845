import type { ServerResponse } from "node:http";
import { deliveryOf, pieces } from "./bodies.js";
import type { Connection } from "./connections.js";
import type { Answer, Delivery } from "./outcome.js";

/**
 * Sends an answer at once.
 * @returns what has left; undefined where the caller has gone
 */
export async function sendWhole(
  connection: Connection,
  response: ServerResponse,
  { status, headers, body }: Answer,
): Promise<Delivery | undefined> {
  // A response whose caller has gone tells nobody that it is ended.
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
 * @returns what has left
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
    // A piece must have left before the next one, or the end of the connection.
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
