import { gzipSync } from "node:zlib";

/** One thing that a server does with a connection, as data. */
export type Step =
  | { do: "write"; bytes: Buffer }
  | { do: "pause"; milliseconds: number }
  /** Writes a byte every 50 ms, without end. */
  | { do: "drip" }
  /** Ends the server's side of the connection properly (FIN). */
  | { do: "close" }
  /** Breaks the connection (RST). */
  | { do: "reset" }
  /** Does nothing more, and keeps the connection open. */
  | { do: "hang" };

export const reset: Step = { do: "reset" };
export const close: Step = { do: "close" };
export const hang: Step = { do: "hang" };
export const drip: Step = { do: "drip" };

export function pause(milliseconds: number): Step {
  return { do: "pause", milliseconds };
}

/** Bytes as they are. A string is taken for Latin-1. */
export function write(bytes: string | Buffer): Step {
  return { do: "write", bytes: typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes };
}

/** Without these a browser shows the page nothing of an answer, whatever it is. */
const readableByPages = "access-control-allow-origin: *\r\naccess-control-expose-headers: *\r\n";

/** A status line and headers, up to the empty line. */
export function head(status: string | number, headers: Record<string, string | number> = {}): Step {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return write(`HTTP/1.1 ${status}\r\n${readableByPages}${lines.join("")}\r\n`);
}

/** A whole answer of correct HTTP. */
export function answer(status: number, body: string | Buffer, headers: Record<string, string | number> = {}): Step[] {
  const bytes = Buffer.from(body);
  const all = { "content-type": "application/json", "content-length": bytes.length, ...headers };
  return [head(`${status} Status`, all), write(bytes)];
}

/** The same answer, written at once: what a client does may depend on whether the body comes with the headers. */
export function inOnePiece(steps: readonly Step[]): Step[] {
  const parts = steps.flatMap((step) => (step.do === "write" ? [step.bytes] : []));
  return [write(Buffer.concat(parts))];
}

/** The body of a success of both operations. */
export const done = '{"job_id":"job","backup_id":"backup"}';
export const success = answer(202, done);

/** The error of the service or its gateway. */
export function refusal(status: number, code: string | undefined, headers: Record<string, string> = {}): Step[] {
  return answer(status, JSON.stringify(code === undefined ? {} : { error_code: code, error_msg: "Refused." }), headers);
}

/** What a proxy answers that cannot reach the service. */
export function page(status: number): Step[] {
  return answer(status, "<html><body>Bad Gateway</body></html>", { "content-type": "text/html" });
}

export const gzipped = gzipSync(done);
