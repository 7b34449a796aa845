/** A typed client for creating and deleting manual backups of Huawei Cloud GeminiDB instances. */
export type { ErrorCode, OperationId, Region } from "../../generated/operations.js";
export type { components, operations, paths } from "../../generated/schema.js";
export { type AccessKeys, type AccessKeysContext, type AccessKeysProvider, accessKey } from "./auth/access-key.js";
export { type Environment, type EnvironmentOptions, fromEnvironment } from "./auth/environment.js";
export { type InstanceCredentialsOptions, instanceCredentials } from "./auth/instance.js";
export { type PasswordTokenOptions, passwordToken } from "./auth/password-token.js";
export type { Auth, Signable, Signer, SignerContext, TokenContext, TokenProvider } from "./auth/types.js";
export { type Client, createClient, type Method, type ProjectClient } from "./client.js";
export {
  ApiError,
  AuthenticationError,
  ConnectionError,
  GeminiDBError,
  type Issue,
  type OperationName,
  type Outcome,
  TimeoutError,
  UnexpectedResponseError,
  ValidationError,
} from "./errors.js";
export { ignoreGone, isGone } from "./gone.js";
export type { AbortEvent, CallEvent, ErrorEvent, Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./hooks.js";
export type { Input, Output } from "./operation-types.js";
export type { CallOptions, ClientOptions } from "./options.js";
export type { Raw } from "./raw.js";
export type { Fetch } from "./send.js";
