import { UnusableResponse } from "./response-checks.js";
import { describeValue, isInstance, propertyOf, textOf } from "./untrusted.js";

/** Why there was no answer, as far as the runtime tells it. */
export interface NoAnswerReason {
  /** The message and code of the innermost cause, without secrets. It holds nothing else of what was thrown. */
  cause: Error & { code?: string };
  /** Whether it failed before a connection existed, so that the request cannot have left. */
  neverConnected: boolean;
  /** Whether another attempt would fail in the same way. */
  permanent: boolean;
  /** What to do about it, where that is known. */
  advice: string | undefined;
}

/** Finds out why a fetch threw, whatever it threw. */
export function explainNoAnswer(thrown: unknown, redact: (text: string) => string): NoAnswerReason {
  const chain = causesOf(thrown);
  const innermost = chain.at(-1);
  const code = textOf(innermost, "code");
  // The innermost cause says most, but some have no words, such as that of a 407 in Node.
  const messages = chain.map(messageOf).filter(Boolean);
  const message = messages.at(-1) ?? code ?? describeValue(innermost);
  const cause: NoAnswerReason["cause"] = new Error(
    redact(code && !message.includes(code) ? `${message} (${code})` : message),
  );
  if (code) cause.code = redact(code);
  // The place where this error was made says nothing about the failure.
  cause.stack = `Error: ${cause.message}`;
  const tries = triesOf(thrown);
  const isFromFetch = "Bun" in globalThis || says(thrown, ["fetch failed"]);
  const isHandshake = (link: unknown) => isFromFetch && handshakeCodes.has(textOf(link, "code") ?? "");
  return {
    cause,
    neverConnected: tries.every((links) => links.some((link) => isEarlyFault(link) || isHandshake(link))),
    permanent: isInstance(thrown, UnusableResponse) || tries.some((links) => links.some(isPermanentFault)),
    advice: says(thrown, [requestUnknown])
      ? "The option fetch must take a Request of this runtime, as the global fetch does"
      : undefined,
  };
}

/** The message of an error, unless it quotes what may be a secret that nobody knows here. */
function messageOf(link: unknown): string | undefined {
  const name = textOf(link, "name");
  if (name === "SyntaxError") return "it is not valid JSON";
  if (name === "TypeError" && says(link, quotingMessages)) return "a request has a URL or header that is not valid";
  return textOf(link, "message");
}

/** What runtimes say of a request that cannot be made, with the URL or the header in the same message. */
const quotingMessages = [
  "header value", // Node, Firefox: "is an invalid header value"; Deno: "Invalid header value"; node-fetch
  "header name",
  "has invalid value: '", // Bun, Safari
  "URL that includes credentials", // Node, Chromium
  "with embedded credentials", // Firefox, node-fetch
  "to parse URL", // Node, Chromium
  "cannot be parsed as a URL", // Bun, Safari
  "Invalid URL: ", // Deno
];

/** undici and Bun, where they name no call of the system: the connection was never made. */
const connectCodes = new Set([
  "ECONNREFUSED",
  "ConnectionRefused", // Bun before 1.3
  "FailedToOpenSocket", // Bun before 1.3
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_NODATA",
  "EAI_NONAME",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_PROXY_TUNNEL", // Bun: the proxy answered CONNECT with a failure
]);

/** Node: the calls of the system that come before a connection. Whatever goes wrong in them, the connection was never made. */
const connectCalls = new Set(["getaddrinfo", "connect"]);

/** undici: the request itself cannot be sent, so another attempt would fail in the same way. */
const requestCodes = new Set(["UND_ERR_INVALID_ARG", "UND_ERR_NOT_SUPPORTED"]);

/**
 * undici, Bun: the TLS handshake failed, which happens before the request is written. From node:https, the same codes also come
 * later, when something else than TLS arrives on the connection.
 */
const handshakeCodes = new Set([
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_UNSUPPORTED_PROTOCOL",
]);

/**
 * Node, undici, Bun: how the codes end with which a server refuses the handshake. They begin with ERR_SSL_ and a name that each
 * version of OpenSSL spells in another way: SSLV3, TLSV1, or SSL/TLS.
 */
const handshakeAlerts = [
  "_ALERT_HANDSHAKE_FAILURE",
  "_ALERT_PROTOCOL_VERSION",
  "_UNRECOGNIZED_NAME",
  "_ALERT_CERTIFICATE_REQUIRED",
];

/** Node, undici, Bun: how the codes begin which say that the certificate of the server was not accepted. */
const certificateCodes = [
  "CERT_", // CERT_HAS_EXPIRED and twenty others of OpenSSL
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT", // also with _LOCALLY
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "INVALID_PURPOSE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
];

/** What runtimes say, where there is no code, or one that is also used later: the connection was never made. */
const connectMessages = [
  "client error (Connect)", // Deno
  "Client network socket disconnected before secure TLS connection was established", // Node, with ECONNRESET
  "Was there a typo in the url or port", // Bun, with ENETUNREACH and the like
  "The TLS handshake failed", // Bun, with EPROTO
  "when HTTP Tunneling", // undici's ProxyAgent: "Proxy response (407) !== 200 when HTTP Tunneling"
];

const certificateMessages = [
  "invalid peer certificate", // Deno
];

/** What fetch says of a request that it does not even try to send. */
const refusedByFetch = [
  "bad port", // Node and browsers: the ports of some old protocols
  "Requests to port", // Deno: "Requests to port 9 are blocked"
  "Requires net access", // Deno, where the program may not connect to the host
];

/** What the fetch of another copy of undici says, which does not know the Request of the runtime and takes it for a URL. */
const requestUnknown = "Failed to parse URL from [object Request]";

/** Whether it happened before the request was written. */
function isEarlyFault(link: unknown): boolean {
  const code = textOf(link, "code") ?? "";
  // A reset proves that somebody was reached. Linux reports one from connect() or from read(), by chance.
  if (connectCalls.has(textOf(link, "syscall") ?? "") && code !== "ECONNRESET") return true;
  const isAlert = handshakeAlerts.some((end) => code.endsWith(end));
  return isAlert || connectCodes.has(code) || says(link, connectMessages) || isPermanentFault(link);
}

function isPermanentFault(link: unknown): boolean {
  return (
    isCertificateFault(link) ||
    says(link, [requestUnknown, ...refusedByFetch]) ||
    requestCodes.has(textOf(link, "code") ?? "")
  );
}

function isCertificateFault(link: unknown): boolean {
  const code = textOf(link, "code") ?? "";
  return certificateCodes.some((start) => code.startsWith(start)) || says(link, certificateMessages);
}

function says(link: unknown, phrases: readonly string[]): boolean {
  const message = textOf(link, "message") ?? "";
  return phrases.some((phrase) => message.includes(phrase));
}

/** What each try came to, with its causes: Node tries every address of a host name, and collects the failures. */
function triesOf(thrown: unknown): unknown[][] {
  const chain = causesOf(thrown);
  const failures = propertyOf(chain.at(-1), "errors");
  return Array.isArray(failures) && failures.length > 0 ? failures.map(causesOf) : [chain];
}

/** Runtimes nest two or three causes. A chain without an end must not hold up the call. */
const deepestChain = 10;

/** What was thrown and its causes, the innermost last. */
function causesOf(thrown: unknown): unknown[] {
  const chain = [thrown];
  while (chain.length < deepestChain) {
    const cause = propertyOf(chain.at(-1), "cause");
    if (cause === undefined || cause === null || chain.includes(cause)) break;
    chain.push(cause);
  }
  return chain;
}
