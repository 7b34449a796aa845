import createOpenapiClient, { type Client as OpenapiClient } from "openapi-fetch";
import { packageVersion } from "../../generated/operations.js";
import type { paths } from "../../generated/schema.js";
import { checkUrl } from "./base-url.js";
import { Call } from "./call.js";
import { untilAborted } from "./deadline.js";
import { invalid, segmentIssue } from "./input.js";
import { parseJson } from "./json.js";
import { type Config, type RawOptions, splitRawOptions } from "./options.js";
import { ownRequestClass, prepareRequest } from "./outgoing.js";
import { reportErrors } from "./report-errors.js";
import { encodeSegment, findRoute, isSafePath } from "./route.js";
import { sendWithRetries } from "./transport.js";
import { unexpectedBody } from "./unexpected-body.js";

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
  return createOpenapiClient<paths, "application/json">({
    baseUrl: config.baseUrl,
    headers: defaultHeaders(config),
    Request: ownRequestClass(),
    pathSerializer: (url, values) => config.baseUrl + fillPath(url.slice(config.baseUrl.length), values),
  });
}

/** Makes a call with openapi-fetch, which hands its request to our transport. */
export async function callFetch(openapi: Raw, call: Call, path: string, init: CallInit): Promise<FetchResult> {
  // Only documented paths tell by themselves which part is the project.
  const project_id = init.params?.path?.project_id ?? call.config.project_id;
  // openapi-fetch takes a falsy reason, with which a middleware's signal may abort, for no error.
  let falsy: { reason: unknown } | undefined;
  const send = (request: Request) =>
    sendChecked(request, path, call, project_id).catch((reason: unknown) => {
      if (!reason) falsy = { reason };
      throw reason;
    });
  try {
    // A middleware may hang, so the abort of the caller is heard here as well.
    return await untilAborted(call.signal, () =>
      // The path is only known at run time, so the types of openapi-fetch cannot check it.
      Reflect.apply(openapi.request, undefined, [call.method, path, { ...init, fetch: send }]),
    );
  } catch (error) {
    throw falsy ? falsy.reason : error;
  }
}

/** The options of a call of openapi-fetch, as far as they matter here. */
interface CallInit {
  params?: { path?: Readonly<Record<string, unknown>> };
  [option: string]: unknown;
}

const verbs = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/** The client's `raw`: openapi-fetch as it is, except that it refuses what a URL would resolve away. */
export function createRaw(openapi: Raw, config: Config): Raw {
  const request = async (method: string, path: string, init: RawOptions = {}) => {
    const { own, rest } = splitRawOptions(init);
    const { baseUrl, ...options } = rest;
    if (baseUrl !== undefined && checkUrl("option baseUrl", baseUrl, true) !== config.baseUrl) {
      throw new TypeError("option baseUrl names another host than the client's, which would receive the credentials");
    }
    const call = new Call(config, operationOf(method, path), method.toUpperCase(), own);
    // Without path parameters openapi-fetch would leave the braces in the path.
    const params = { ...options.params, path: { ...options.params?.path } };
    return reportErrors(call, async () => {
      checkPath(call.operation, path, params.path);
      if (options.parseAs !== undefined && options.parseAs !== "json")
        return callFetch(openapi, call, path, { ...options, params });
      return parsed(await callFetch(openapi, call, path, { ...options, params, parseAs: "text" }), call);
    });
  };
  const methods = verbs.map((verb) => [verb, (path: string, init?: RawOptions) => request(verb, path, init)]);
  return { ...openapi, ...Object.fromEntries([...methods, ["request", request]]) };
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

/** A path as messages may show it: a query may hold a credential. */
function withoutQuery(path: string): string {
  return path.split("?", 1)[0] ?? "";
}

const placeholder = /\{([^{}]+)\}/g;

/** Fills a path template. Each value stays within its segment. */
function fillPath(template: string, values: Record<string, unknown>): string {
  return template.replace(placeholder, (_, name: string) => encodeSegment(values[name]) ?? "");
}

/**
 * Checks a path template and its values before they become a URL, which would resolve some of them away.
 * @throws {ValidationError} when a value, or a segment of the template itself, would not arrive as it is written
 */
function checkPath(operation: string, template: string, values: Record<string, unknown>): void {
  const names = [...template.matchAll(placeholder)].map(([, name = ""]) => name);
  const wrong = names.filter((name) => encodeSegment(values[name]) === undefined);
  // A parameter that nobody gave is named as it stands in the template.
  const issues = wrong.map((name) => segmentIssue(name in values ? name : `{${name}}`));
  if (!template.startsWith("/")) issues.push({ path: "the path", keyword: "pattern", message: 'must begin with "/"' });
  if (issues.length === 0 && !isSafePath(fillPath(template, values))) issues.push(segmentIssue("each segment"));
  if (issues.length > 0) throw invalid(operation, issues);
}

/** Sends a request, if it is still the one of the call after the middleware. */
async function sendChecked(request: Request, path: string, call: Call, project_id: unknown): Promise<Response> {
  const { baseUrl } = call.config;
  if (!request.url.startsWith(`${baseUrl}/`))
    throw call.notSentError("a middleware changed the URL to one outside of baseUrl");
  const sentPath = request.url.slice(baseUrl.length);
  if (!isSafePath(sentPath)) throw invalid(call.operation, [segmentIssue("each segment")]);
  const expected = findRoute(call.method, path);
  const found = findRoute(request.method, sentPath);
  const isOther = request.method !== call.method || (expected && expected.operationId !== found?.operationId);
  if (isOther) {
    throw call.notSentError(`a middleware made it another request: ${request.method} ${withoutQuery(sentPath)}`);
  }
  const project = found?.parameters.project_id ?? encodeSegment(project_id);
  return sendWithRetries(await prepareRequest(request, call, project), call);
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
