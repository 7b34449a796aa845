import type { Region } from "../../generated/operations.js";
import type { Auth } from "./auth/types.js";
import { checkUrl, regionalUrl } from "./base-url.js";
import type { Hooks } from "./hooks.js";
import { refuseUnknown } from "./names.js";
import {
  authFault,
  booleanFault,
  credentialsIn,
  functionFault,
  headersFault,
  projectIdFault,
  signalFault,
  textFault,
  wholeNumberFault,
} from "./option-checks.js";
import { type Checks, readOptions } from "./read-options.js";
import { type Fetch, type HeadersSource, type Send, sendWith } from "./send.js";

/** What `createClient` takes. */
export interface ClientOptions extends Hooks {
  /** The region of the instance, of the project and of the token. It gives the host. */
  region?: Region | (string & {}) | undefined;
  /**
   * The URL of the service in place of `region`: for a region that is newer than this package, a gateway of your own, or the
   * mock. It may have a path, and wins over `region`.
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
  auth: Auth | { auth: Auth } | undefined;
  /**
   * Sends a request, in place of the global `fetch`. It must keep to all that the request says: its signal, and `redirect:
   * "manual"`, because a redirect would carry the credentials away. It must make no other request: if that
   * one fails to connect, the client believes that its own was not sent.
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

const clientOptionChecks: Checks<ClientOptions> = {
  region: textFault,
  baseUrl: textFault,
  project_id: projectIdFault,
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

export const callOptionChecks: Checks<CallOptions> = {
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
  refuseUnknown("createClient", given, Object.keys(clientOptionChecks));
  const options = readOptions(given, clientOptionChecks);
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
  if (signalFault(given) === undefined) throw new TypeError("call: the options must be an object: { signal }");
  refuseUnknown("call", given, Object.keys(callOptionChecks));
  return readOptions(given, callOptionChecks);
}
