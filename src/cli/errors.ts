/** The usage or the input is wrong. Nothing was sent. */
export class UsageError extends Error {}

/** There are no credentials, or they must not be used. Nothing was sent. */
export class CredentialsError extends Error {}
