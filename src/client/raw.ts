import createOpenapiClient, {
  createQuerySerializer,
  defaultBodySerializer,
  type Client as OpenapiClient,
  type QuerySerializer,
} from "openapi-fetch";
import { packageVersion } from "../../generated/operations.js";
import type { paths } from "../../generated/schema.js";
import { checkUrl } from "./base-url.js";
import { Call } from "./call.js";
import { untilAborted } from "./deadline.js";
import { parseJson } from "./json.js";
import type { Config } from "./options.js";
import { ImpossibleRequest, ownRequestClass } from "./own-request.js";
import { checkPath, fillPath } from "./path.js";
import {
  type BodySerializer,
  checkTarget,
  type QuerySerializing,
  type RawOptions,
  splitRawOptions,
} from "./raw-options.js";
import { reportErrors } from "./report-errors.js";
import { findRoute, withoutQuery } from "./route.js";
import { sendChecked } from "./send-checked.js";
import { unexpectedBody } from "./unexpected-response.js";
import { isInstance, reasonOf } from "./untrusted.js";
import { BodyUsed, usedBodyError, withUsedBody } from "./used-body.js";

/** openapi-fetch, typed by the paths of the description. */
export type Raw = OpenapiClient<paths, "application/json">;

/** What a call of openapi-fetch resolves to. */
export interface FetchResult {
  data?: unknown;
  error?: unknown;
  response: Response;
}

/** openapi-fetch with the settings of a client. All its calls are made by `callFetch`. */
export function createOpenapiFetch(config: Config): Raw {
  const openapi = createOpenapiClient<paths, "application/json">({
    baseUrl: config.baseUrl,
    headers: defaultHeaders(config),
    Request: ownRequestClass(),
    pathSerializer: (url, values) => config.baseUrl + fillPath(url.slice(config.baseUrl.length), values),
  });
  // The first middleware is the last one that sees the response.
  openapi.use({
    onResponse: ({ response }) => (response.bodyUsed || response.body?.locked ? withUsedBody(response) : undefined),
  });
  return openapi;
}

/** Makes a call with openapi-fetch, which hands its request to our transport. */
export async function callFetch(openapi: Raw, call: Call, path: string, init: CallInit): Promise<FetchResult> {
  // Only documented paths tell by themselves which part is the project.
  const project_id = init.params?.path?.project_id ?? call.config.project_id;
  // openapi-fetch drops a reason that is falsy, with which the signal of a middleware may abort, so it is kept here.
  let dropped: { reason: unknown } | undefined;
  const send = (request: Request) =>
    sendChecked(request, path, call, project_id).catch((reason: unknown) => {
      if (!reason) dropped = { reason };
      throw reason;
    });
  try {
    // A middleware may hang, so the abort of the caller is heard here as well.
    return await untilAborted(call.signal, () =>
      // The path is only known at run time, so the types of openapi-fetch cannot check it.
      Reflect.apply(openapi.request, undefined, [call.method, path, { ...init, fetch: send }]),
    );
  } catch (error) {
    if (isInstance(error, BodyUsed)) throw usedBodyError(error, call);
    if (isInstance(error, ImpossibleRequest)) throw call.notSentError(error.message);
    throw dropped ? dropped.reason : error;
  }
}

/** The options of a call of openapi-fetch, as far as they matter here. */
interface CallInit {
  params?: { path?: Readonly<Record<string, unknown>> };
  [option: string]: unknown;
}

const verbs = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/** The client's `raw`: openapi-fetch as it is, except for what could not be sent safely, or be read without secrets. */
export function createRaw(openapi: Raw, config: Config): Raw {
  const request = async (method: string, path: string, init: RawOptions = {}) => {
    checkTarget(method, path);
    const { own, rest } = splitRawOptions(init);
    const { baseUrl, ...options } = rest;
    if (baseUrl !== undefined && checkUrl("option baseUrl", baseUrl, true) !== config.baseUrl) {
      throw new TypeError(
        "option baseUrl names another host or path than the client's, which would receive the credentials",
      );
    }
    const call = new Call(config, operationOf(method, path), method.toUpperCase(), own);
    // Without path parameters openapi-fetch would leave the braces in the path.
    const params = { ...options.params, path: { ...options.params?.path } };
    return reportErrors(call, async () => {
      checkPath(call.shownOperation, path, params.path);
      checkMethod(call, options.body);
      const bodySerializer = serializerFor(call, options.bodySerializer);
      const querySerializer = querySerializerFor(call, options.querySerializer);
      const init = { ...options, params, bodySerializer, querySerializer, parseAs: "text" };
      const result = await callFetch(openapi, call, path, init);
      return options.parseAs === "text" ? result : parsed(result, call);
    });
  };
  const methods = verbs.map((verb) => [verb, (path: string, init?: RawOptions) => request(verb, path, init)]);
  return { ...openapi, ...Object.fromEntries([...methods, ["request", request]]) };
}

/** The methods whose requests have no body. */
const withoutBody = new Set(["GET", "HEAD"]);
/** The methods that no fetch sends. */
const neverSent = new Set(["CONNECT", "TRACE", "TRACK"]);

/** @throws {GeminiDBError} when no request can be made with the method. The runtime would refuse it too, but with a bare error. */
function checkMethod(call: Call, body: unknown): void {
  if (neverSent.has(call.method)) throw call.notSentError(`no fetch sends a ${call.method}`);
  // openapi-fetch writes null as JSON.
  if (withoutBody.has(call.method) && body !== undefined)
    throw call.notSentError(`a ${call.method} cannot have a body`);
}

/** Writes a body as the caller does, or else openapi-fetch. What cannot be written is an error of the call. */
function serializerFor(call: Call, serialize: BodySerializer = defaultBodySerializer): BodySerializer {
  return (body, headers) => {
    try {
      return serialize(body, headers);
    } catch (error) {
      throw call.notSentError(`the body cannot be written: ${reasonOf(error)}`);
    }
  };
}

/** Writes a query as the caller does, or else openapi-fetch. */
function querySerializerFor(call: Call, given: QuerySerializing = {}): QuerySerializer<unknown> {
  const serialize = typeof given === "function" ? given : createQuerySerializer(given);
  return (query) => {
    try {
      return serialize(query as Record<string, unknown>);
    } catch (error) {
      throw call.notSentError(`the query cannot be written: ${reasonOf(error)}`);
    }
  };
}

/** A success whose text is parsed. By itself, openapi-fetch throws a bare SyntaxError where that is not JSON. */
function parsed(result: FetchResult, call: Call): FetchResult {
  const { data, response } = result;
  if (typeof data !== "string") return result;
  if (data === "") return { ...result, data: undefined };
  const json = parseJson(data);
  if (!json) throw unexpectedBody(response.status, "without JSON", data, call);
  return { ...result, data: json.value };
}

function operationOf(method: string, path: string): string {
  return findRoute(method.toUpperCase(), path)?.operationId ?? `${method.toUpperCase()} ${withoutQuery(path)}`;
}

function defaultHeaders({ headers }: Config): Headers {
  const defaults = new Headers({ accept: "application/json" });
  // In a browser the header would be ignored, or trigger a CORS preflight request.
  if (!isBrowser) defaults.set("user-agent", `geminidb-backup/${packageVersion}`);
  new Headers(headers).forEach((value, name) => {
    defaults.set(name, value);
  });
  return defaults;
}

const isBrowser = "document" in globalThis || "importScripts" in globalThis;
