import type { Region } from "../../generated/operations.js";
import type { Auth } from "./auth/types.js";
import { checkUrl, regionalUrl } from "./base-url.js";
import type { Hooks } from "./hooks.js";
import { nearest, refuseUnknown } from "./names.js";
import {
  authFault,
  booleanFault,
  type Check,
  credentialsIn,
  functionFault,
  headersFault,
  parseAsFault,
  rawHeadersFault,
  signalFault,
  textFault,
  wholeNumberFault,
} from "./option-checks.js";
import { type BodySource, type Fetch, type HeadersSource, type Send, sendWith } from "./send.js";
import { isObject } from "./untrusted.js";

/** What `createClient` takes. */
export interface ClientOptions extends Hooks {
  /** The region of the instance, of the project and of the token. It gives the host. */
  region?: Region | (string & {}) | undefined;
  /**
   * The URL of the service in place of `region`: for a region that is newer than this package, a gateway of your own, or the
   * mock. It may have a path. Wins over `region`.
   * @example "http://127.0.0.1:4010"
   */
  baseUrl?: string | undefined;
  /** The project, for every call that names no other. */
  project_id?: string | undefined;
  /**
   * The credentials: a token, `passwordToken({…})`, `accessKey({…})`, `instanceCredentials()`, `fromEnvironment()`, or a
   * function that returns a token. Without this key, `createClient` throws, so that none is forgotten. Pass undefined for a
   * client that never calls the service.
   */
  auth?: Auth | { auth: Auth } | undefined;
  /**
   * Sends a request, in place of the global `fetch`. It must keep to all that the request says: its signal, and `redirect:
   * "manual"`, because a redirect would carry the credentials away.
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /** Headers for every request to the service. They cannot replace a credential. */
  headers?: HeadersSource | undefined;
  /**
   * Milliseconds for one attempt, from getting the credentials to the last byte of the answer.
   * @default 30000
   */
  timeout?: number | undefined;
  /**
   * How often a failed call is repeated, where that is safe and may help.
   * @default 2
   */
  retries?: number | undefined;
  /**
   * How many bytes of a response body are read. A longer success is an `UnexpectedResponseError`; a longer error body is cut.
   * @default 1048576
   */
  maxResponseBytes?: number | undefined;
  /**
   * Allows plain http to a host that is not this machine. Credentials can then be read on the way.
   * @default false
   */
  allowInsecure?: boolean | undefined;
}

/** What a caller may set for one call. */
export interface CallOptions {
  /** Ends the call at any moment. The call then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, in place of the client's. */
  timeout?: number | undefined;
  /** How often a failed call is repeated, in place of the client's. */
  retries?: number | undefined;
  /** Sends the requests of this call, in place of the client's. */
  fetch?: Fetch | undefined;
  /** Headers for this call, beside the client's. They cannot replace a credential. */
  headers?: HeadersSource | undefined;
  /** Called once when `signal` has ended this call, beside the client's. */
  onAbort?: Hooks["onAbort"];
}

/** The options of a client, checked and complete. */
export interface Config extends Hooks {
  baseUrl: string;
  project_id: string | undefined;
  auth: Auth | undefined;
  send: Send;
  headers: HeadersSource | undefined;
  timeout: number;
  retries: number;
  maxResponseBytes: number;
}

const clientOptions: Record<keyof ClientOptions, Check> = {
  region: textFault,
  baseUrl: textFault,
  project_id: textFault,
  auth: authFault,
  fetch: functionFault,
  headers: headersFault,
  timeout: wholeNumberFault(1),
  retries: wholeNumberFault(0),
  maxResponseBytes: wholeNumberFault(1),
  allowInsecure: booleanFault,
  onRequest: functionFault,
  onResponse: functionFault,
  onRetry: functionFault,
  onError: functionFault,
  onAbort: functionFault,
};

const callOptions: Record<keyof CallOptions, Check> = {
  signal: signalFault,
  timeout: wholeNumberFault(1),
  retries: wholeNumberFault(0),
  fetch: functionFault,
  headers: headersFault,
  onAbort: functionFault,
};

/** What holds where an option is not given: milliseconds, a number of retries, and bytes. */
export const defaults = { timeout: 30_000, retries: 2, maxResponseBytes: 2 ** 20 };

/**
 * Checks the options of a client and fills in the defaults.
 * @throws {TypeError} that names the option and what is allowed, and never shows a secret
 */
export function checkOptions(given: ClientOptions): Config {
  refuseUnknown("createClient", given, Object.keys(clientOptions));
  const options: ClientOptions = readOptions(given, clientOptions);
  const {
    region,
    baseUrl,
    project_id,
    auth,
    headers,
    timeout = defaults.timeout,
    retries = defaults.retries,
    maxResponseBytes = defaults.maxResponseBytes,
  } = options;
  const { onRequest, onResponse, onRetry, onError, onAbort } = options;
  const url =
    baseUrl === undefined ? regionalUrl(region, "api") : checkUrl("option baseUrl", baseUrl, options.allowInsecure);
  if (!("auth" in given)) {
    throw new TypeError(
      "option auth is missing: a token, passwordToken(), accessKey(), instanceCredentials(), fromEnvironment(), or a function",
    );
  }
  return {
    baseUrl: url,
    project_id,
    auth: credentialsIn(auth),
    send: sendWith(options.fetch),
    headers,
    timeout,
    retries,
    maxResponseBytes,
    onRequest,
    onResponse,
    onRetry,
    onError,
    onAbort,
  };
}

/**
 * Checks the options of a call.
 * @returns the options that were checked, to be used in place of the given ones
 * @throws {TypeError} that names the option and what is allowed
 */
export function checkCallOptions(given: CallOptions): CallOptions {
  refuseUnknown("call", given, Object.keys(callOptions));
  return readOptions(given, callOptions);
}

/** The options of a call through `raw` that are ours. The others are those of openapi-fetch, and so are the headers. */
type OwnRawOptions = Omit<CallOptions, "headers">;
const { headers: _, ...ownRawOptions } = callOptions;

/** Writes a request body, as openapi-fetch asks for it. */
export type BodySerializer = (body: unknown, headers?: Headers) => NonNullable<BodySource>;

/** The options of a call through `raw`, as far as they are known here. */
export interface RawOptions extends OwnRawOptions {
  baseUrl?: string;
  headers?: unknown;
  params?: { path?: Readonly<Record<string, unknown>>; header?: unknown };
  body?: unknown;
  bodySerializer?: BodySerializer;
  parseAs?: unknown;
  [option: string]: unknown;
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
    const meant = Object.hasOwn(ownRawOptions, name) ? undefined : ownOptionLike(name);
    if (meant !== undefined) throw new TypeError(`raw: option ${name} is not known: did you mean ${meant}?`);
  }
  refuse("parseAs", parseAsFault(given.parseAs));
  const isOwnPath = given.pathSerializer !== undefined;
  refuse("pathSerializer", isOwnPath ? "is not supported: the client keeps each value within its segment" : undefined);
  refuse("headers", rawHeadersFault(given.headers));
  refuse("params.header", rawHeadersFault(given.params?.header));
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !Object.hasOwn(ownRawOptions, name)));
  return { own: readOptions(given, ownRawOptions), rest };
}

/** Reads each option once, by its name, because an option may also come from a prototype or a getter, and checks it. */
function readOptions(given: object, checks: Record<string, Check>) {
  const values = Object.keys(checks).map((name) => [name, Reflect.get(given, name)] as const);
  const options = values.filter(([, value]) => value !== undefined);
  for (const [name, value] of options) refuse(name, checks[name]?.(value));
  return Object.fromEntries(options);
}

/** The option of ours that a name looks like. None of the runtime's fetch does. */
function ownOptionLike(name: string): string | undefined {
  const own = Object.keys(ownRawOptions);
  return nearest(name, own) ?? own.find((one) => one.slice(0, 4) === name.slice(0, 4));
}

function refuse(name: string, fault: string | undefined): void {
  if (fault) throw new TypeError(`option ${name} ${fault}`);
}
