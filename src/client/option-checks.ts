import { credentialHeaders, isVisibleAscii, visibleAsciiRule } from "./auth/credential.js";
import type { Auth } from "./auth/types.js";
import { longestTimer } from "./deadline.js";
import { connectionHeaders } from "./http.js";
import { projectFault } from "./input.js";
import type { HeadersSource } from "./send.js";

/** Says what is allowed, if a value is not; otherwise nothing. */
export type Check = (value: unknown) => string | undefined;

export function projectIdFault(value: unknown): string | undefined {
  return textFault(value) ?? projectFault(String(value));
}

export function textFault(value: unknown): string | undefined {
  return typeof value === "string" ? undefined : "must be a string";
}

export function functionFault(value: unknown): string | undefined {
  return typeof value === "function" ? undefined : "must be a function";
}

export function booleanFault(value: unknown): string | undefined {
  return typeof value === "boolean" ? undefined : "must be a boolean";
}

export function wholeNumberFault(least: number): Check {
  return (value) => {
    if (typeof value !== "number") return "must be a number";
    const fits = Number.isInteger(value) && value >= least && value <= longestTimer;
    return fits ? undefined : `must be a whole number, ${least} or more, and at most ${longestTimer}`;
  };
}

/** Of a call through `raw`. */
export function parseAsFault(value: unknown): string | undefined {
  if (value === undefined || value === "json" || value === "text") return undefined;
  return "must be json or text: the client reads each body as text, to take secrets out of it";
}

/** Of a call through `raw`. */
export function pathSerializerFault(value: unknown): string | undefined {
  return value === undefined ? undefined : "is not supported: the client keeps each value within its segment";
}

export function signalFault(value: unknown): string | undefined {
  const { aborted, addEventListener, removeEventListener } = Object(value);
  const listens = typeof addEventListener === "function" && typeof removeEventListener === "function";
  // The call rejects with the reason, which early implementations do not have.
  const fits = typeof aborted === "boolean" && listens && "reason" in Object(value);
  return fits ? undefined : "must be an AbortSignal, with a reason";
}

export function authFault(value: unknown): string | undefined {
  const auth = credentialsIn(value);
  if (auth === "") return "must not be empty: it is a token, or what gives one";
  if (typeof auth === "string" && !isVisibleAscii(auth)) return visibleAsciiRule;
  if (isCredentials(auth)) return undefined;
  return "must be a string (a token), a function that gives one, a signer such as accessKey(), or fromEnvironment()";
}

/** fromEnvironment() gives options, with the credentials among them. */
export function credentialsIn(value: unknown): Auth | undefined {
  return isCredentials(value) ? value : Object(value).auth;
}

function isCredentials(value: unknown): value is Auth {
  return typeof value === "string" || typeof value === "function" || typeof Object(value).sign === "function";
}

export function headersFault(value: unknown): string | undefined {
  if (typeof Object(value).next === "function") return "must not be an iterator, which can be read only once";
  // What else `new Headers()` takes would be sent as something that nobody meant.
  if (!isIterable(value) && !isRecordOfText(value)) return wrongHeaders;
  const names = namesOf(value as HeadersSource);
  if (!names) return wrongHeaders;
  const credential = names.find((name) => credentialHeaders.includes(name));
  if (credential) return `must not hold ${credential}: auth sets it`;
  return connectionFault(names);
}

/** Whether headers are given one after another: in a list, a Map, or as Headers. */
export function isIterable(headers: unknown): headers is Iterable<[string, string]> {
  return typeof Object(headers)[Symbol.iterator] === "function";
}

/** Of a call through `raw`: a list, or an object that may also hold lists, numbers, and null for a header that is left out. */
export function rawHeadersFault(value: unknown): string | undefined {
  const names = namesOf(Array.isArray(value) ? value : linesOf(Object(value)));
  return names ? connectionFault(names) : wrongHeaders;
}

/** The headers that are sent, one line each. */
function linesOf(headers: object): [name: string, line: string][] {
  const lines = Object.entries(headers).flatMap(([name, values]) => [values].flat().map((line) => [name, line]));
  return lines.filter(([, line]) => line !== null && line !== undefined) as [string, string][];
}

function isRecordOfText(value: unknown): boolean {
  const isAction = typeof value === "function" || typeof Object(value).then === "function";
  return (
    !isAction && Object.values(Object(value)).every((item) => typeof item === "string" || typeof item === "number")
  );
}

/** The runtime's own message would show the value. */
const wrongHeaders = "must hold names and values that HTTP headers can have";

/** The names of headers; undefined where one of them cannot be sent. */
function namesOf(headers: HeadersSource): string[] | undefined {
  try {
    return [...new Headers(headers).keys()];
  } catch {
    return undefined;
  }
}

function connectionFault(names: readonly string[]): string | undefined {
  const reserved = names.find((name) => connectionHeaders.includes(name));
  return reserved === undefined ? undefined : `must not hold ${reserved}: the runtime sets it`;
}
