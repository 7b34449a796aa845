/** A typed client for creating and deleting manual backups of Huawei Cloud GeminiDB instances. */
export type { ErrorCode, OperationId, Region } from "../../generated/operations.js";
export type { components, operations, paths } from "../../generated/schema.js";
export { type AccessKeyOptions, accessKey } from "./access-key.js";
export type { Auth, Signer, TokenContext, TokenProvider } from "./auth.js";
export { type Client, createClient, type Input, type Output } from "./client.js";
export {
  ApiError,
  AuthenticationError,
  ConnectionError,
  GeminiDBError,
  type Issue,
  TimeoutError,
  UnexpectedResponseError,
  ValidationError,
} from "./errors.js";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./hooks.js";
export type { ClientOptions } from "./options.js";
export { type PasswordTokenOptions, passwordToken } from "./password-token.js";
export type { CallOptions } from "./transport.js";
