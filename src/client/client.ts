import createFetchClient, { createQuerySerializer, type Client as RawClient } from "openapi-fetch";
import { type Operation, type OperationId, operations } from "../../generated/operations.js";
import type { operations as Operations, paths } from "../../generated/schema.js";
import { validators } from "../../generated/validators.js";
import { ApiError, describe, UnexpectedResponseError } from "./errors.js";
import { longHeaders } from "./failure.js";
import { checkTarget, fillPath } from "./match.js";
import { type ClientOptions, type Config, checkOptions } from "./options.js";
import { type Call, type CallOptions, OutgoingRequest, transport } from "./transport.js";

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
  /**
   * openapi-fetch as it is, over the same transport: `{ data, error, response }`, and no validation of bodies. Its
   * middleware is its own.
   */
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
    headers: { accept: "application/json" },
    pathSerializer: fillPath,
    // openapi-fetch hands over what its own Request option made.
    Request: OutgoingRequest as unknown as typeof Request,
    fetch: async (request) => {
      checkTarget(request.url, config.baseUrl);
      return (await send(request as unknown as Call)).response();
    },
  });
  const methods = Object.keys(operations).map((id) => [
    id,
    (input: object, call?: CallOptions) => perform(send, config, id as OperationId, input, call),
  ]);
  return { ...Object.fromEntries(methods), raw };
}

const serializeQuery = createQuerySerializer();

/** Calls one operation: checks the input, sends, and turns the answer into a value or an error. */
async function perform(
  send: ReturnType<typeof transport>,
  { baseUrl, project_id }: Config,
  operation: OperationId,
  input: object,
  options?: CallOptions,
): Promise<unknown> {
  const { method, path, parameters, form, mediaType }: Operation = operations[operation];
  const { input: check, success } = validators[operation];
  const values: Record<string, unknown> = { ...input };
  if (parameters.project_id) values.project_id ??= project_id;
  const url = fillPath(baseUrl + path, values, check(values), operation);
  // What is no parameter is the body.
  const pick = (place: string) =>
    Object.fromEntries(
      Object.entries(values).filter(([name, value]) => value !== undefined && (parameters[name] ?? "body") === place),
    );
  const query = serializeQuery(pick("query"));
  const { status, text, failure, requestId, response } = await send({
    ...options,
    url: query ? `${url}?${query}` : url,
    method,
    headers: new Headers({
      accept: "application/json",
      ...(mediaType && { "content-type": mediaType }),
      ...pick("header"),
    }),
    body: JSON.stringify(form === "properties" ? pick("body") : values.body),
  });
  if (failure) {
    const { code, message = "unknown", advice, retryable, body } = failure;
    const help =
      status === 431 ? longHeaders : advice && `${advice} See geminidb-backup/generated/reference.md#${code}.`;
    const said = [status, code, message.replace(/\.?$/, "."), help, requestId && `Request ${requestId}.`];
    const details = { operation, status, code, requestId, retryable, body, response: response() };
    throw new ApiError(said.filter(Boolean).join(" "), details);
  }
  if (!success) return undefined;
  let value: unknown = text;
  let fault = "without JSON";
  try {
    value = JSON.parse(text);
    fault = describe(success(value));
  } catch {}
  if (!fault) return value;
  throw new UnexpectedResponseError(
    `${status}, but ${fault}. It may have been carried out: look before you repeat it`,
    {
      operation,
      status,
      body: value,
    },
  );
}
