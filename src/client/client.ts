import { type Operation, type OperationId, type OperationTypes, operations } from "../../generated/operations.js";
import { Call } from "./call.js";
import { callOperation } from "./method.js";
import type { Input, Output } from "./operation-types.js";
import { type CallOptions, type ClientOptions, type Config, checkCallOptions, checkOptions } from "./options.js";
import { createOpenapiFetch, createRaw, type Raw } from "./raw.js";
import { reportErrors } from "./report-errors.js";

/**
 * The operations of the description as methods, and openapi-fetch as `raw`.
 *
 * A method takes its parameters and the properties of the request body in one object, and resolves to the body of the
 * successful response. `Known` names the parameters that the client knows already: `Client<"project_id">` is a client that was
 * made with a project.
 */
export type Client<Known extends PropertyKey = never> = {
  readonly [Id in keyof OperationTypes]: object extends Input<Id, Known>
    ? MethodWithoutInput<Id, Known>
    : Method<Id, Known>;
} & {
  /**
   * openapi-fetch as it is: `{ data, error, response }`. Bodies are not validated, but a success that is not JSON is an
   * `UnexpectedResponseError`. It shares everything else with the methods: credentials, timeouts, retries, redaction, and the
   * middleware of `raw.use`. `parseAs` may be `json` or `text`, and there is no `pathSerializer`.
   */
  readonly raw: Raw;
};

/** The method of an operation. */
export interface Method<Id extends OperationId, Known extends PropertyKey = never> {
  /**
   * @param input the parameters and the properties of the request body
   * @param options what differs from the client's options for this call
   * @returns the body of the successful response
   * @throws {ValidationError} when the input does not fit the description, with every reason; nothing was sent
   * @throws {ApiError} when the service refuses; branch on its `code`
   * @throws {AuthenticationError} when no credentials can be obtained
   * @throws {ConnectionError | TimeoutError} when no answer comes; `outcome` says what is known
   * @throws {UnexpectedResponseError} when the answer is not one that the description knows
   */
  // biome-ignore lint/style/useShorthandFunctionType: editors show the doc comment of a call signature, not that of a type
  (input: Input<Id, Known>, options?: CallOptions): Promise<Output<Id>>;
}

/** The method of an operation without mandatory parameters, which can be called without any. */
interface MethodWithoutInput<Id extends OperationId, Known extends PropertyKey> extends Method<Id, Known> {
  (input?: Input<Id, Known>, options?: CallOptions): Promise<Output<Id>>;
}

/** A client with a project of its own, so that no call has to name one. */
export type ProjectClient = Client<"project_id">;

/** The parameters that a client with these options knows. A project_id whose type includes undefined does not count. */
type KnownFrom<Options> = [Options] extends [{ readonly project_id: string }] ? "project_id" : never;

/** Refuses options with a misspelled name, also where they are not a literal. */
type NoOtherThan<Known, Given> = { [Name in Exclude<keyof Given, keyof Known>]: never };

/**
 * Makes a client of the GeminiDB backup API.
 * @throws {TypeError} that names the option which is wrong
 * @example
 * const geminidb = createClient({ region: "ap-southeast-1", project_id, auth: process.env.TOKEN });
 * const { backup_id } = await geminidb.createManualBackup({ instance_id, name: "nightly", description: "Before the upgrade" });
 */
export function createClient<const Options extends ClientOptions>(
  // ClientOptions once more, so that an editor shows the doc comments of its properties.
  options: Options & ClientOptions & NoOtherThan<ClientOptions, Options>,
): Client<KnownFrom<Options>> {
  const config = checkOptions(options);
  const openapi = createOpenapiFetch(config);
  const methods = Object.entries(operations).map(([operationId, operation]) => [
    operationId,
    createMethod(openapi, config, operationId as OperationId, operation),
  ]);
  return { ...Object.fromEntries(methods), raw: createRaw(openapi, config) };
}

function createMethod(openapi: Raw, config: Config, operationId: OperationId, { method }: Operation) {
  return async (input: unknown, options: CallOptions = {}) => {
    const checked = checkCallOptions(options);
    const call = new Call(config, operationId, method, checked);
    return reportErrors(call, () => callOperation(openapi, call, operationId, input, checked.headers));
  };
}
