import type { QuerySerializer, QuerySerializerOptions } from "openapi-fetch";
import { nearest } from "./names.js";
import { isIterable, parseAsFault, pathSerializerFault, rawHeadersFault } from "./option-checks.js";
import { type CallOptions, callOptionChecks } from "./options.js";
import { type Checks, readOptions, refuse } from "./read-options.js";
import type { BodySource } from "./send.js";
import { isObject } from "./untrusted.js";

/** The options of a call through `raw` that are ours. The others are those of openapi-fetch, and so are the headers. */
type OwnRawOptions = Omit<CallOptions, "headers">;
const { headers: _, ...ownChecks } = callOptionChecks;
const ownRawOptionChecks: Checks<OwnRawOptions> = ownChecks;

/** Writes a request body, as openapi-fetch asks for it. */
export type BodySerializer = (body: unknown, headers?: Headers) => NonNullable<BodySource>;

/** How a query is written, as openapi-fetch takes it. */
export type QuerySerializing = QuerySerializer<unknown> | QuerySerializerOptions;

/** The options of a call through `raw`, as far as they are known here. */
export interface RawOptions extends OwnRawOptions {
  baseUrl?: string;
  headers?: unknown;
  params?: { path?: Readonly<Record<string, unknown>>; header?: unknown };
  body?: unknown;
  bodySerializer?: BodySerializer;
  querySerializer?: QuerySerializing;
  parseAs?: unknown;
  [option: string]: unknown;
}

/** What the method of a request can be, as RFC 9110 says. */
const methodName = /^[\w!#$%&'*+.^`|~-]+$/;

/** @throws {TypeError} when no request can have this method or path, whoever sends it */
export function checkTarget(method: unknown, path: unknown): void {
  if (typeof method !== "string" || !methodName.test(method)) {
    throw new TypeError("raw: the method must be one of HTTP, such as POST");
  }
  if (typeof path !== "string") throw new TypeError("raw: the path must be a string that begins with a slash");
}

/**
 * Checks the options of a call through `raw`. A credential among its headers is replaced when the request is sent.
 * @returns the options that are ours, and the rest for openapi-fetch
 * @throws {TypeError} that names the option and what is allowed
 */
export function splitRawOptions(given: RawOptions): { own: OwnRawOptions; rest: RawOptions } {
  if (!isObject(given)) throw new TypeError("raw: the options must be an object");
  for (const name of Object.keys(given)) {
    // Any option of the runtime's fetch is taken, and a slip would go unnoticed.
    const meant = isOwn(name) ? undefined : ownOptionLike(name);
    if (meant !== undefined) throw new TypeError(`raw: option ${name} is not known: did you mean ${meant}?`);
  }
  refuse("parseAs", parseAsFault(given.parseAs));
  refuse("pathSerializer", pathSerializerFault(given.pathSerializer));
  const rest: RawOptions = Object.fromEntries(Object.entries(given).filter(([name]) => !isOwn(name)));
  rest.headers = readHeaders("headers", given.headers);
  rest.params = { ...given.params, header: readHeaders("params.header", given.params?.header) };
  return { own: readOptions<OwnRawOptions>(given, ownRawOptionChecks), rest };
}

/** Headers in a form that openapi-fetch takes: of a list, it would take the places for names. */
function readHeaders(option: string, given: unknown): unknown {
  // Read once, because an iterator is empty after that.
  const headers = isIterable(given) ? [...given] : given;
  refuse(option, rawHeadersFault(headers));
  return Array.isArray(headers) ? new Headers(headers) : headers;
}

function isOwn(name: string): boolean {
  return Object.hasOwn(ownRawOptionChecks, name);
}

/** A name that begins with so many letters of one of our options is a slip of it, such as `retry`. No option of fetch does. */
const tellingLetters = 4;

/** The option of ours that a name looks like. */
function ownOptionLike(name: string): string | undefined {
  const own = Object.keys(ownRawOptionChecks);
  const beginning = name.slice(0, tellingLetters);
  return nearest(name, own) ?? own.find((one) => one.slice(0, tellingLetters) === beginning);
}
