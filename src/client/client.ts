import createFetchClient, { type Client as RawClient } from "openapi-fetch";
import { type Operation, type OperationId, operations } from "../../generated/operations.js";
import type { operations as Operations, paths } from "../../generated/schema.js";
import * as validators from "../../generated/validators.js";
import { ApiError, describe, type Issue, UnexpectedResponseError, ValidationError } from "./errors.js";
import { isRetryable, readFailure } from "./failure.js";
import { fillPath, segmentIssue } from "./match.js";
import { type ClientOptions, checkOptions } from "./options.js";
import { type CallOptions, requestClass, transport } from "./transport.js";

type Flat<T> = { [K in keyof T]: T[K] } & {};
type JsonOf<T> = T extends { content: { "application/json": infer Body } } ? Body : undefined;
type ParametersOf<Id extends OperationId> = Operations[Id]["parameters"] extends infer P
  ? ("path" extends keyof P ? NonNullable<P["path"]> : unknown) &
      ("query" extends keyof P ? ([P["query"]] extends [undefined] ? unknown : NonNullable<P["query"]>) : unknown)
  : never;
type BodyOf<Id extends OperationId> = Operations[Id] extends { requestBody?: infer Body }
  ? [Body] extends [undefined]
    ? unknown
    : JsonOf<NonNullable<Body>>
  : unknown;
type Preset<Values, Names extends PropertyKey> = Omit<Values, Names> &
  Partial<Pick<Values, Extract<Names, keyof Values>>>;
type Success<Responses> = {
  [Status in keyof Responses]: `${Status & number}` extends `2${string}` ? JsonOf<Responses[Status]> : never;
}[keyof Responses];

/** What an operation takes: its path parameters and the properties of its body, in one object. */
export type Input<Id extends OperationId, Names extends PropertyKey = never> = Flat<
  Preset<ParametersOf<Id>, Names> & BodyOf<Id>
>;

/** What an operation answers. */
export type Output<Id extends OperationId> = Success<Operations[Id]["responses"]>;

/**
 * The operations of the spec as methods, and openapi-fetch as `raw`. A method resolves to the body of the success.
 * `Names` are the parameters that the client knows already.
 */
export type Client<Names extends PropertyKey = never> = {
  /**
   * @throws {ValidationError} when the input breaks the spec, with every reason; nothing was sent
   * @throws {ApiError} when the service refuses; branch on its `code`
   * @throws {AuthenticationError} when no token can be had; nothing was sent
   * @throws {ConnectionError | TimeoutError} when no answer came
   * @throws {UnexpectedResponseError} when the answer is not one that the spec describes
   */
  readonly [Id in OperationId]: (input: Input<Id, Names>, options?: CallOptions) => Promise<Output<Id>>;
} & {
  /** openapi-fetch as it is, over the same transport: `{ data, error, response }`, and no validation of bodies. */
  readonly raw: RawClient<paths, "application/json">;
};

/**
 * A client of the API described in `openapi/`.
 * @throws {TypeError} that names the option, when the options are wrong
 * @example
 * const geminidb = createClient({ region: "ap-southeast-1", project_id, auth: process.env.TOKEN });
 * const { backup_id } = await geminidb.createManualBackup({ instance_id, name: "nightly", description: "" });
 */
export function createClient<const Options extends ClientOptions>(
  options: Options & { [Unknown in Exclude<keyof Options, keyof ClientOptions>]: never },
): Client<Options extends { project_id: string } ? "project_id" : never> {
  const config = checkOptions(options);
  const send = transport(config);
  const raw = createFetchClient<paths, "application/json">({
    baseUrl: config.baseUrl,
    pathSerializer: fillPath,
    // openapi-fetch hands over what its own Request option made.
    Request: requestClass(config.baseUrl) as unknown as typeof Request,
    fetch: send as unknown as (request: Request) => Promise<Response>,
  });
  const presets = config.project_id === undefined ? {} : { project_id: config.project_id };
  const methods = Object.keys(operations).map((key) => {
    const id = key as OperationId;
    return [id, (input: object, call?: CallOptions) => perform(raw, id, presets, input, call)];
  });
  return Object.freeze({ ...Object.fromEntries(methods), raw });
}

/** Calls one operation: checks the input, sends, and turns the answer into a value or an error. */
async function perform(
  raw: RawClient<paths, "application/json">,
  id: OperationId,
  presets: Record<string, unknown>,
  input: object,
  { signal, timeout, retries }: CallOptions = {},
): Promise<unknown> {
  const operation: Operation = operations[id];
  const { params, body } = arrange(id, operation, presets, input);
  signal?.throwIfAborted();
  // The path is one of the spec's: the types of openapi-fetch cannot follow it out of a table.
  const request = raw.request as unknown as (method: string, path: string, init: object) => ReturnType<typeof raw.GET>;
  const { response, data, error } = (await request(operation.method.toLowerCase(), operation.path, {
    params,
    body,
    signal,
    timeout,
    retries,
    parseAs: "text",
    textOnly: true,
  })) as { response: Response; data?: string; error?: unknown };
  if (!response.ok) throw refusal(id, operation, response, error);

  const validate = validator(id, "success");
  if (!validate) return undefined;
  const { status } = response;
  const unexpected = (what: string, body: unknown) =>
    new UnexpectedResponseError(`${status}, but ${what}. The call was accepted: look before you repeat it`, {
      operation: id,
      status,
      body,
    });
  let value: unknown;
  try {
    value = JSON.parse(data ?? "");
  } catch {
    throw unexpected("without JSON", data);
  }
  const issues = check(validate, value);
  if (issues.length) throw unexpected(describe(issues, "the body"), value);
  return value;
}

/**
 * Sorts a flat input into parameters and body, as the operation table says, and checks both.
 * @throws {ValidationError} with every reason at once
 */
function arrange(id: OperationId, operation: Operation, presets: Record<string, unknown>, input: object) {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new ValidationError([{ path: "", keyword: "type", message: "must be an object" }], { operation: id });
  }
  const entries = Object.entries(input).filter(([, value]) => value !== undefined);
  const locations = operation.parameters;
  const isParameter = ([name]: [string, unknown]) => Object.hasOwn(locations, name) || operation.body === undefined;
  const values: Record<string, unknown> = Object.fromEntries([
    ...Object.entries(presets).filter(([name]) => Object.hasOwn(locations, name)),
    ...entries.filter(isParameter),
  ]);
  const properties = Object.fromEntries(entries.filter((entry) => !isParameter(entry)));
  const body = operation.body === "properties" ? properties : operation.body && properties.body;

  const issues = [
    ...check(validator(id, "parameters"), values),
    ...check(validator(id, "body"), body, operation.hints),
  ];
  const params: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of Object.entries(values)) {
    const place = locations[name];
    if (!place) continue;
    const group = params[place] ?? {};
    params[place] = group;
    group[name] = value;
    const issue = place === "path" && !issues.some(({ path }) => path === name) && segmentIssue(name, value);
    if (issue) issues.push(issue);
  }
  if (issues.length) throw new ValidationError(issues, { operation: id });
  return { params, body };
}

function validator(id: OperationId, part: "parameters" | "body" | "success") {
  return (validators as Record<string, validators.Validator | undefined>)[`${id}_${part}`];
}

function check(validate: validators.Validator | undefined, value: unknown, hints: Operation["hints"] = {}): Issue[] {
  if (!validate || validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, keyword, params, message = "" }) => {
    const key = params.missingProperty ?? params.additionalProperty;
    const path = `${instancePath}${key === undefined ? "" : `/${key}`}`
      .slice(1)
      .replace(/\/(\d+)/g, "[$1]")
      .replaceAll("/", ".");
    const rule = params.missingProperty
      ? "is missing"
      : params.additionalProperty === undefined
        ? message
        : "is not known";
    return { path, keyword, message: keyword === "pattern" && hints[path] ? `${rule}. ${hints[path]}` : rule };
  });
}

function refusal(id: OperationId, { method }: Operation, response: Response, body: unknown): ApiError {
  const { status, headers } = response;
  const failure = readFailure(status, headers, typeof body === "string" ? body : JSON.stringify(body ?? null));
  const { code, message = "an answer that is not documented", requestId, advice } = failure;
  const help =
    advice?.advice ??
    (status === 431 ? "The token is too long: start the server's Node with --max-http-header-size=65536." : "");
  const text = [status, code, message.replace(/\.?$/, "."), help, requestId && `Request ${requestId}.`];
  return new ApiError(text.filter(Boolean).join(" "), {
    operation: id,
    status,
    code,
    requestId,
    retryable: isRetryable(status, failure, method),
    body,
    response,
  });
}
