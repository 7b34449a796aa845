/**
 * Everything that may go wrong between a caller and the service, and how a call then ends. `npm test` runs the table on Node,
 * `npm run test:runtimes` on every runtime, and `npm run faults` makes docs/faults.md of it.
 */
import { gzipSync } from "node:zlib";
import { type ErrorRule, errorRules, operations } from "../../generated/operations.js";
import type { Endings } from "./endings.js";
import * as endings from "./endings.js";
import {
  answer,
  close,
  done,
  drip,
  gzipped,
  hang,
  head,
  inOnePiece,
  page,
  pause,
  refusal,
  reset,
  type Step,
  success,
  write,
} from "./steps.js";

export interface Fault extends Endings {
  name: string;
  /** What the server does with each request; with the first only, if there is `later`. */
  steps?: readonly Step[];
  /** What it does with the later requests. */
  later?: readonly Step[];
  /** When it begins: at the connection, at the first byte of a request, or when a request was read (the default). */
  from?: "connection" | "first byte";
  /** The server speaks TLS with this certificate; "none" for a server that does not speak TLS, though the client does. */
  tls?: "self-signed" | "wrong-host" | "expired" | "none";
  /** An address where there is no server. */
  address?: string;
  /** What the token service does with each request. The client then gets its token with a password. */
  token?: readonly Step[];
  /** A token service that is not there. */
  tokenAddress?: string;
  /** Whether a request that was read has been carried out: a create has made a backup. */
  carriedOut?: boolean;
  /** The server closes the connection after the warm-up. */
  closesIdle?: boolean;
  /** The caller's signal aborts after so many milliseconds; 0 for one that is aborted before the call. */
  abortAfter?: number;
  /** Milliseconds for an attempt, where the fault is that there is no answer in time. */
  timeout?: number;
  /** On what connections it can happen. Both, if not said. */
  only?: "fresh" | "reused";
  /** No request of the call reaches the service. */
  unseen?: boolean;
}

/** Long enough for a request to arrive on a busy machine, and short enough to wait for. */
const timeout = 700;

const {
  failed,
  failedForNow,
  lost,
  refused,
  refusedForLong,
  refusedForNow,
  resolves,
  stopped,
  unexpected,
  withRetries,
} = endings;
const late = { timeout, ...endings.late };
const notConnected = { unseen: true, ...endings.notConnected };
const notTrusted = { unseen: true, ...endings.notTrusted };

/** A name that no name server has to be asked for: its first part is longer than 63 letters. */
const noHost = `http://${"no-host".padEnd(64, "-")}x.invalid`;

const connecting: Fault[] = [
  { name: "The host name does not exist", address: noHost, only: "fresh", ...notConnected },
  { name: "The connection is refused", address: "http://127.0.0.1:2", only: "fresh", ...notConnected },
  // No single machine has a multicast address, so every system refuses to connect to it.
  { name: "The network is unreachable", address: "http://224.0.0.1", only: "fresh", ...notConnected },
  { name: "The certificate is self-signed", tls: "self-signed", steps: success, only: "fresh", ...notTrusted },
  { name: "The certificate is for another host", tls: "wrong-host", steps: success, only: "fresh", ...notTrusted },
  { name: "The certificate has expired", tls: "expired", steps: success, only: "fresh", ...notTrusted },
  {
    name: "The server does not speak TLS",
    tls: "none",
    from: "first byte",
    steps: [write("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"), close],
    only: "fresh",
    ...notConnected,
  },
  {
    name: "The TLS handshake is refused",
    tls: "none",
    from: "first byte",
    // A fatal alert of TLS 1.2: handshake_failure.
    steps: [write(Buffer.from([21, 3, 3, 0, 2, 2, 40])), close],
    only: "fresh",
    ...notConnected,
  },
  {
    name: "The TLS handshake is never answered",
    tls: "none",
    from: "connection",
    steps: [hang],
    only: "fresh",
    unseen: true,
    ...late,
  },
  // After a moment: a client that learns of the reset while it connects rightly says that it had no connection.
  { name: "The connection is reset at once", from: "connection", steps: [pause(30), reset], only: "fresh", ...lost },
];

const breaking: Fault[] = [
  { name: "Reset before the request was read", from: "first byte", steps: [reset], ...lost },
  { name: "Closed before the request was read", from: "first byte", steps: [close], ...lost },
  { name: "Reset after the request was carried out", steps: [reset], carriedOut: true, ...lost },
  { name: "Closed after the request was carried out", steps: [close], carriedOut: true, ...lost },
  { name: "Reset inside the headers", steps: [write("HTTP/1.1 202 Acc"), reset], carriedOut: true, ...lost },
  { name: "Closed inside the headers", steps: [write("HTTP/1.1 202 Acc"), close], carriedOut: true, ...lost },
  {
    name: "Reset inside the body",
    steps: [head("202 Accepted", { "content-length": 100 }), write('{"job_id"'), pause(100), reset],
    carriedOut: true,
    ...lost,
  },
  {
    name: "Closed inside the body (content-length too long)",
    steps: [head("202 Accepted", { "content-length": 100 }), write('{"job_id"'), close],
    carriedOut: true,
    ...lost,
  },
  {
    name: "Closed inside a chunk",
    steps: [head("202 Accepted", { "transfer-encoding": "chunked" }), write('20\r\n{"job'), close],
    carriedOut: true,
    ...lost,
  },
  {
    name: "Reset after the request was carried out, then DBS.201214",
    steps: [reset],
    later: refusal(400, operations.deleteManualBackup.goneCode),
    carriedOut: true,
    ...withRetries(lost, lost.create.withTwo, {
      result: "ApiError",
      outcome: "unknown",
      retryable: false,
      attempts: 2,
    }),
  },
  {
    name: "The server closed the idle connection",
    steps: success,
    closesIdle: true,
    only: "reused",
    carriedOut: true,
    ...resolves,
  },
];

const slow: Fault[] = [
  { name: "Silence before the headers", steps: [hang], carriedOut: true, ...late },
  { name: "Silence inside the headers", steps: [write("HTTP/1.1 202 Acc"), hang], carriedOut: true, ...late },
  {
    name: "Silence inside the body",
    steps: [head("202 Accepted", { "content-length": 100 }), write('{"job_id"'), hang],
    carriedOut: true,
    ...late,
  },
  {
    name: "A body that drips without end",
    steps: [head("202 Accepted", { "transfer-encoding": "chunked" }), drip],
    carriedOut: true,
    ...late,
  },
  {
    name: "An answer in small pieces, in time",
    steps: [
      head("202 Accepted", { "content-length": done.length }),
      ...[0, 10, 20, 30].flatMap((start) => [pause(20), write(done.slice(start, start + 10))]),
    ],
    carriedOut: true,
    ...resolves,
  },
  {
    name: "429 whose body never comes",
    steps: [head("429 Too Many Requests", { "content-length": 100 }), write('{"error_code'), hang],
    timeout,
    ...refusedForNow,
  },
];

const malformed: Fault[] = [
  { name: "Garbage before HTTP", steps: [write("SSH-2.0-OpenSSH\r\n"), close], carriedOut: true, ...lost },
  { name: "A status line without a status", steps: [write("HTTP/1.1 yes\r\n\r\n"), close], carriedOut: true, ...lost },
  {
    name: "Two lengths that differ",
    steps: [write("HTTP/1.1 202 Accepted\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n{"), close],
    carriedOut: true,
    ...lost,
  },
  {
    name: "A length that is not a number",
    steps: [write("HTTP/1.1 202 Accepted\r\ncontent-length: many\r\n\r\n{}"), close],
    carriedOut: true,
    ...lost,
  },
  {
    name: "A chunk size that is not a number",
    steps: [head("202 Accepted", { "transfer-encoding": "chunked" }), write("many\r\n{}\r\n"), close],
    carriedOut: true,
    ...lost,
  },
  {
    name: "A gzip body that is cut",
    steps: [
      head("202 Accepted", { "content-encoding": "gzip", "content-length": gzipped.length - 20 }),
      write(gzipped.subarray(0, -20)),
    ],
    carriedOut: true,
    ...unexpected,
  },
  {
    name: "A body that claims to be gzip and is not",
    steps: inOnePiece(answer(202, done, { "content-encoding": "gzip" })),
    carriedOut: true,
    ...lost,
  },
  {
    name: "A body that claims to be gzip and is not, after the headers",
    steps: [
      head("202 Accepted", { "content-encoding": "gzip", "content-length": done.length }),
      // The client has to see the headers alone, on a busy machine too.
      pause(timeout),
      write(done),
    ],
    carriedOut: true,
    ...lost,
    timeout: 2 * timeout,
  },
  {
    name: "Headers of a megabyte",
    steps: [head("202 Accepted", { "x-long": "x".repeat(2 ** 20), "content-length": 0 }), close],
    carriedOut: true,
    ...lost,
  },
  {
    name: "Headers of a megabyte, many short ones",
    steps: [
      head(
        "202 Accepted",
        Object.fromEntries(Array.from({ length: 2 ** 14 }, (_, index) => [`x-${index}`, "x".repeat(56)])),
      ),
      close,
    ],
    carriedOut: true,
    ...lost,
  },
];

const unlikely: Fault[] = [
  {
    name: "103 Early Hints before the answer",
    steps: [write("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"), ...success],
    carriedOut: true,
    ...resolves,
  },
  {
    name: "100 Continue before the answer",
    steps: [write("HTTP/1.1 100 Continue\r\n\r\n"), ...success],
    carriedOut: true,
    ...resolves,
  },
  {
    name: "HTTP/1.0, the end of the connection ends the body",
    steps: [write(`HTTP/1.0 202 Accepted\r\naccess-control-allow-origin: *\r\n\r\n${done}`), close],
    carriedOut: true,
    ...resolves,
  },
  {
    name: "Chunks with extensions and a trailer",
    steps: [
      head("202 Accepted", { "transfer-encoding": "chunked" }),
      write(`${done.length.toString(16)};a=b\r\n${done}\r\n0\r\nx-trailer: x\r\n\r\n`),
    ],
    carriedOut: true,
    ...resolves,
  },
  {
    name: "A success compressed with gzip",
    steps: answer(202, gzipped, { "content-encoding": "gzip" }),
    carriedOut: true,
    ...resolves,
  },
  { name: "200 in place of 202", steps: answer(200, done), carriedOut: true, ...resolves },
  { name: "202 with nothing", steps: answer(202, ""), carriedOut: true, ...unexpected },
  { name: "204", steps: [head("204 No Content")], carriedOut: true, ...unexpected },
  { name: "202 with other JSON", steps: answer(202, '{"job_id":7}'), carriedOut: true, ...unexpected },
  { name: "202 with null", steps: answer(202, "null"), carriedOut: true, ...unexpected },
  { name: "202 with a page of a proxy", steps: page(202), carriedOut: true, ...unexpected },
  {
    name: "202 with JSON that is cut (content-length too short)",
    steps: answer(202, done.slice(0, 20)),
    carriedOut: true,
    ...unexpected,
  },
  {
    name: "202 with a body of 2 MB",
    steps: answer(202, JSON.stringify("x".repeat(2 ** 21))),
    carriedOut: true,
    ...unexpected,
  },
  {
    name: "202 with 64 MB in 64 kB of gzip",
    steps: answer(202, gzipSync(Buffer.alloc(2 ** 26)), { "content-encoding": "gzip" }),
    carriedOut: true,
    ...unexpected,
  },
  { name: "A redirect to the same host", steps: answer(302, "", { location: "/elsewhere" }), ...unexpected },
  { name: "A redirect to another host", steps: answer(307, "", { location: "http://other.invalid/" }), ...unexpected },
  { name: "304", steps: [head("304 Not Modified")], ...unexpected },
  { name: "A status of 600 or more", steps: answer(799, "{}"), ...unexpected },
];

/** The documented errors, one of each kind: the same status, and the same to be done about it. */
const documentedKinds = [
  ...new Map(errorRules.filter(({ code }) => code !== undefined).map((rule) => [kindOf(rule), rule])).values(),
];

function kindOf({ status, repeat, renew }: ErrorRule): string {
  return `${status} ${repeat} ${renew}`;
}

function endingOf({ status, repeat }: ErrorRule): Endings {
  if (repeat === "always") return refusedForNow;
  if (repeat === "if-idempotent") return failedForNow;
  return status < 500 ? refused : failed;
}

const tomorrow = new Date(Date.UTC(2099, 0, 1)).toUTCString();
const throttled = errorRules.find(({ status }) => status === 429)?.code;
const busy = errorRules.find(({ status, repeat }) => status === 403 && repeat === "always")?.code;
const tokenRefused = errorRules.find(({ status, renew }) => status === 401 && renew)?.code;

const answered: Fault[] = [
  ...documentedKinds.map((rule) => ({
    name: `${rule.status} ${rule.code}`,
    steps: refusal(rule.status, rule.code),
    ...endingOf(rule),
  })),
  { name: "401 of IAM", steps: answer(401, '{"error":{"code":401,"message":"x","title":"Unauthorized"}}'), ...refused },
  { name: "403 without a body", steps: answer(403, ""), ...refused },
  { name: "407", steps: answer(407, "{}"), ...refused },
  { name: "408", steps: [...answer(408, "{}", { connection: "close" }), close], ...failedForNow },
  { name: "409 without a code", steps: answer(409, "{}"), ...refused },
  { name: "421", steps: answer(421, "{}"), ...refused },
  { name: "425", steps: answer(425, "{}"), ...refused },
  { name: "429 without a body", steps: answer(429, ""), ...refusedForNow },
  { name: "429, Retry-After in seconds", steps: refusal(429, throttled, { "retry-after": "2" }), ...refusedForNow },
  {
    name: "429, Retry-After with a date that has passed",
    steps: refusal(429, throttled, { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }),
    ...refusedForNow,
  },
  {
    name: "429, Retry-After with a date far ahead",
    steps: refusal(429, throttled, { "retry-after": tomorrow }),
    ...refusedForLong,
  },
  {
    name: "429, Retry-After that is negative",
    steps: refusal(429, throttled, { "retry-after": "-5" }),
    ...refusedForNow,
  },
  {
    name: "429, Retry-After of a year",
    steps: refusal(429, throttled, { "retry-after": "31536000" }),
    ...refusedForLong,
  },
  { name: "431", steps: answer(431, ""), ...refused },
  { name: "500 with nothing", steps: answer(500, ""), carriedOut: true, ...failedForNow },
  { name: "501", steps: answer(501, "{}"), ...failed },
  { name: "502 with a page of a proxy", steps: page(502), carriedOut: true, ...failedForNow },
  { name: "503 with a page of a proxy", steps: page(503), ...failedForNow },
  { name: "504 with a page of a proxy", steps: page(504), carriedOut: true, ...failedForNow },
  {
    name: "500 whose body is cut",
    steps: [head("500 Error", { "content-length": 100 }), write("{"), pause(100), reset],
    carriedOut: true,
    ...failedForNow,
  },
  { name: "400 with a body of 2 MB", steps: answer(400, "x".repeat(2 ** 21)), ...refused },
  { name: "429 with a body of 2 MB", steps: answer(429, "x".repeat(2 ** 21)), ...refusedForNow },
  {
    name: "The instance is busy once",
    steps: refusal(403, busy),
    later: success,
    ...withRetries(refusedForNow, { result: "resolves", attempts: 2 }),
  },
];

/** A token of IAM, another one each time that it is asked. */
const token = answer(201, '{"token":{"expires_at":"2099-01-01T00:00:00.000000Z"}}', { "x-subject-token": "{another}" });
const noCredentials = { steps: success, unseen: true, ...endings.noCredentials };
const noCredentialsNow = { steps: success, unseen: true, ...endings.noCredentialsNow };

const credentials: Fault[] = [
  { name: "The token service refuses the connection", tokenAddress: "http://127.0.0.1:2", ...noCredentialsNow },
  { name: "The token service resets the connection", token: [reset], ...noCredentialsNow },
  { name: "The token service answers 401", token: answer(401, "{}"), ...noCredentials },
  { name: "The token service answers 429", token: answer(429, "{}"), ...noCredentialsNow },
  { name: "The token service answers 500", token: answer(500, "{}"), ...noCredentialsNow },
  { name: "The token service answers 201 without a token", token: answer(201, "{}"), ...noCredentials },
  {
    name: "The token service is silent",
    token: [hang],
    timeout,
    steps: success,
    unseen: true,
    ...endings.credentialsLate,
  },
  {
    name: "The token service is slow, but in time",
    token: [pause(150), ...token],
    steps: success,
    carriedOut: true,
    ...resolves,
  },
  { name: "Every token is refused", token, steps: refusal(401, tokenRefused), ...endings.refusedTwice },
  {
    name: "The token is refused, and another is accepted",
    token,
    steps: refusal(401, tokenRefused),
    later: success,
    ...endings.resolvesAtTheSecond,
  },
];

const caller: Fault[] = [
  { name: "The caller aborted before the call", steps: success, abortAfter: 0, unseen: true, ...stopped },
  {
    name: "The caller aborts while the token is awaited",
    token: [hang],
    steps: success,
    abortAfter: timeout,
    unseen: true,
    ...stopped,
  },
  {
    name: "The caller aborts while the answer is awaited",
    steps: [hang],
    abortAfter: timeout,
    carriedOut: true,
    ...stopped,
  },
  {
    name: "The caller aborts inside the body",
    steps: [head("202 Accepted", { "content-length": 100 }), write('{"job_id"'), hang],
    abortAfter: timeout,
    carriedOut: true,
    ...stopped,
  },
  {
    name: "The caller's deadline passes during the wait before a retry",
    steps: refusal(429, throttled, { "retry-after": "30" }),
    abortAfter: timeout,
    ...withRetries(refusedForNow, stopped.create.withTwo),
  },
];

/** The sections of the table. */
export const faults: Readonly<Record<string, readonly Fault[]>> = {
  "No connection": connecting,
  "The connection breaks": breaking,
  "No answer in time": slow,
  "No HTTP": malformed,
  "An answer that fails": answered,
  "An answer that is not as described": unlikely,
  "The credentials": credentials,
  "The caller ends the call": caller,
};
